"""Payment orders: made, approved by supervisors, held, carried out by the bank, or stopped."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import Move, _alone, _post, _refusals
from bandeng.funds.actions._notices import _ask_supervisors, _tell_maker
from bandeng.funds.actions.accounts import Terms, _spell, set_policy
from bandeng.funds.models import (
    FUNDS,
    Balance,
    Chart,
    LedgerAccount,
    Order,
    OrderKind,
    OrderStop,
    OrderTerms,
    Phase,
    Policy,
    SupervisedAccount,
    Transfer,
)
from bandeng.funds.parameters import house
from bandeng.funds.permissions import can_carry_out, can_make_order, can_stop_order
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record
from bandeng.trail.models import Thread
from bandeng.trail.rules import canonical, commit

LIVES = timedelta(days=house(name="order_lives"))


class OrderRefused(Refused):
    """The order cannot be made, approved or carried out so."""


@dataclass(frozen=True)
class Payee:
    """Whom the money goes to, and what for; it stands in the order's private terms."""

    name: str
    bank: str
    number: str
    purpose: str
    basis: str


@action
def make_order(
    *,
    account: SupervisedAccount,
    fund: LedgerAccount,
    amount: int,
    payee: Payee,
    lives: timedelta = LIVES,
    by: Person,
    at: datetime,
) -> Order:
    """Ask the supervisors to pay `amount` (fen) out of a fund.

    Raises:
        OrderRefused: the account is not open, the fund holds too little, or nobody may approve it.
    """
    bank = account.ledger_accounts.get(chart=Chart.BANK)
    said = {
        "basis": payee.basis, "payee": payee.name, "payee_account": payee.number,
        "payee_bank": payee.bank, "purpose": payee.purpose,
    }  # fmt: skip
    return _make(account, OrderKind.PAYMENT, fund, bank, amount, said, lives, by, at)


@action
def order_earmark(
    *,
    account: SupervisedAccount,
    fund: LedgerAccount,
    purpose: LedgerAccount,
    amount: int,
    reason: str,
    by: Person,
    at: datetime,
) -> Order:
    """Ask the supervisors to set money aside for a purpose, or for emergencies.

    Raises:
        OrderRefused: as for `make_order`; or money set aside for one thing would go to another.
    """
    if fund.chart == Chart.EARMARK and purpose.chart != Chart.EMERGENCY:
        raise OrderRefused(_("Money set aside for one purpose does not go to another."))
    said = {"reason": reason}
    return _make(account, OrderKind.EARMARK, fund, purpose, amount, said, LIVES, by, at)


@action
def order_policy(*, account: SupervisedAccount, terms: Terms, by: Person, at: datetime) -> Order:
    """Ask the supervisors to change the rules of approval, under the rules that hold now.

    Raises:
        bandeng.funds.actions.AccountRefused: the new rules could never be fulfilled.
    """
    _may_make(account, by)
    version = account.policy().version + 1
    document = _spell(account=account, terms=terms, version=version, token=uuid4())
    order = _create(
        account, OrderKind.POLICY, None, None, None, sha256(document).digest(), LIVES, by, at
    )
    OrderTerms.objects.create(order=order, salt=b"", private=document)
    _made(order, by, at)
    return order


def _make(
    account: SupervisedAccount,
    kind: OrderKind,
    fund: LedgerAccount,
    target: LedgerAccount,
    amount: int,
    said: Mapping[str, str],
    lives: timedelta,
    by: Person,
    at: datetime,
) -> Order:
    _may_make(account, by)
    if fund.chart not in FUNDS or fund.account_id != account.pk:
        raise OrderRefused(_("Choose one of this account's funds."))
    if amount <= 0 or amount > Balance.objects.get(account=fund).free:
        raise OrderRefused(_("There is not enough free money in this fund."))
    salt, private = secrets.token_bytes(32), canonical(value=said)
    terms = commit(salt=salt, private=private)
    order = _create(account, kind, fund, target, amount, terms, lives, by, at)
    if not order.policy.needs(order):
        raise OrderRefused(_("The rules of approval let nobody approve so large a sum."))
    OrderTerms.objects.create(order=order, salt=salt, private=private)
    _made(order, by, at)
    return order


def _may_make(account: SupervisedAccount, by: Person) -> None:
    if not account.opened_at:
        raise OrderRefused(_("This account is not open yet."))
    if not can_make_order(person=by, account=account):
        raise OrderRefused(_("You may not make payment orders on this account."))


def _create(
    account: SupervisedAccount,
    kind: OrderKind,
    fund: LedgerAccount | None,
    target: LedgerAccount | None,
    amount: int | None,
    terms: bytes,
    lives: timedelta,
    by: Person,
    at: datetime,
) -> Order:
    order = Order.objects.create(
        account=account, policy=account.policy(), kind=kind, debit=fund, credit=target,
        amount=amount, terms=terms, maker=by, expires_at=at + lives, at=at,
        thread=Thread.objects.create(),
    )  # fmt: skip
    order.refresh_from_db(fields=["document", "digest"])  # the database spells them
    return order


def _made(order: Order, by: Person, at: datetime) -> None:
    _tell(order, "order.made", by, at, **json.loads(bytes(order.document)))
    _ask_supervisors(order, by, at)


@action
def stop_order(*, order: Order, reason: str, by: Person, at: datetime) -> OrderStop:
    """Stop an order for good; money that is already held for it stays until the bank has spoken.

    Raises:
        OrderRefused: not a supervisor nor the maker, or it is already stopped or carried out.
    """
    if not can_stop_order(person=by, order=order):
        raise OrderRefused(_("Only a supervisor or the maker stops an order."))
    if OrderStop.objects.filter(order=order).exists():
        raise OrderRefused(_("This order has been stopped."))
    if order.transfers.exists():
        raise OrderRefused(_("This order has already been carried out."))
    with _refusals():
        stop = OrderStop.objects.create(order=order, by=by, reason=reason, at=at)
    _tell(order, "order.stopped", by, at, order=order.token)
    _tell_maker(order, by, at)
    return stop


@action
def carry_out(*, order: Order, by: Person, at: datetime) -> Transfer | Policy:
    """Do what all have approved: hold the money for the bank, set it aside, or change the rules.

    The database counts the approvals itself.

    Raises:
        OrderRefused: whoever asks neither supervises the account nor works for its holder.
        bandeng.funds.actions.LedgerRefused: approvals are missing, or something stands against it.
    """
    if not can_carry_out(person=by, order=order):
        raise OrderRefused(_("You may not make payment orders on this account."))
    if order.kind == OrderKind.POLICY:
        document = bytes(order.terms_kept.private)
        return set_policy(account=order.account, terms=document, order=order, by=by, at=at)
    pays = order.kind == OrderKind.PAYMENT
    _alone(account=order.account)
    debit, credit, amount = order.moves()
    move = Move(
        debit=debit, credit=credit, amount=amount, order=order.pk,
        key=f"order:{order.token}", phase=Phase.HOLD if pays else Phase.POST,
    )  # fmt: skip
    number = _post(moves=[move], at=at)[0]
    _tell(
        order, "order.held" if pays else "order.settled", by, at, order=order.token, transfer=number
    )
    return Transfer.objects.get(pk=number)


@action
def return_order(*, order: Order, by: Person, at: datetime) -> Transfer:
    """Free the money of an order that the bank did not carry out.

    Raises:
        OrderRefused: nothing is held for it, or it is already done.
    """
    if not can_make_order(person=by, account=order.account):
        raise OrderRefused(_("You may not make payment orders on this account."))
    held = order.transfers.filter(phase=Phase.HOLD, resolution=None).first()
    if held is None:
        raise OrderRefused(_("No money is held for this order."))
    move = Move(
        debit=held.debit, credit=held.credit, amount=held.amount, phase=Phase.VOID,
        hold=held.number, order=order.pk, key=f"void:{order.token}",
    )  # fmt: skip
    number = _post(moves=[move], at=at)[0]
    _tell(order, "order.returned", by, at, order=order.token, transfer=number)
    return Transfer.objects.get(pk=number)


def _tell(order: Order, verb: str, by: Person, at: datetime, /, **public: Any) -> None:
    record(thread=order.thread, verb=verb, by=by.token, subject=order.token, at=at, public=public)
