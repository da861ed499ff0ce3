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
from bandeng.funds.actions._notices import _ask_supervisors, _tell_maker, _tell_paper, _tell_signer
from bandeng.funds.actions.accounts import Terms, _spell, set_policy
from bandeng.funds.actions.keys import enrol_key
from bandeng.funds.models import (
    FUNDS,
    Approval,
    Balance,
    Chart,
    LedgerAccount,
    Order,
    OrderKind,
    OrderStop,
    OrderTerms,
    PaperApproval,
    Phase,
    Policy,
    SigningKey,
    Strength,
    SupervisedAccount,
    Transfer,
)
from bandeng.funds.parameters import house
from bandeng.funds.permissions import can_approve, can_carry_out, can_make_order, can_stop_order
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.kit.passkeys import (
    BACKUP_ELIGIBLE,
    Assertion,
    BadAssertion,
    is_known,
    relying_party,
    verify,
)
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
def approve_order(
    *, order: Order, assertion: Assertion, key: SigningKey, by: Person, at: datetime
) -> Approval:
    """Approve exactly this order with one's own key: the key has signed the order's digest.

    Raises:
        OrderRefused: not a supervisor, already given, a key of a kind that the independent verifier
            does not know, or the signature is not of this order.
    """
    _may_approve(order, by)
    if key.person_id != by.pk:
        raise OrderRefused(_("This is somebody else's key."))
    if not is_known(public_key=bytes(key.public_key)):
        sentence = _("This key signs in a way that the verifier does not know. Register another.")
        raise OrderRefused(sentence)
    try:
        verify(
            assertion=assertion, public_key=bytes(key.public_key), challenge=bytes(order.digest),
            party=relying_party(),
        )  # fmt: skip
    except BadAssertion as bad:
        raise OrderRefused(_("The key did not sign this order. Please try again.")) from bad
    approval = _approve(
        order, by, at, strength=_strength(key, assertion), key=key,
        authenticator_data=assertion.authenticator_data, client_data=assertion.client_data,
        signature=assertion.signature,
    )  # fmt: skip
    _tell(
        order, "order.approved", by, at, order=order.token, digest=bytes(order.digest).hex(),
        role=approval.role, strength=approval.strength, key=bytes(key.public_key),
        authenticator_data=assertion.authenticator_data, client_data=assertion.client_data,
        signature=assertion.signature,
    )  # fmt: skip
    _tell_maker(order, by, at)
    return approval


def _strength(key: SigningKey, assertion: Assertion) -> Strength:
    """Label a signature: a key that may lie copied elsewhere is none to be plugged in."""
    copied = assertion.authenticator_data[32] & BACKUP_ELIGIBLE
    plugged = key.strength == Strength.USB_KEY and not copied
    return Strength.USB_KEY if plugged else Strength.PASSKEY


@action
def approve_with_passkey(
    *,
    order: Order,
    assertion: Assertion,
    credential: bytes,
    public_key: bytes,
    name: str,
    strength: Strength = Strength.PASSKEY,
    by: Person,
    at: datetime,
) -> Approval:
    """Approve with a passkey of one's account; used for the first time, it is told to the log.

    Raises:
        OrderRefused: as for `approve_order`.
    """
    key = enrol_key(
        credential=credential, public_key=public_key, name=name, strength=strength, by=by, at=at
    )
    return approve_order(order=order, assertion=assertion, key=key, by=by, at=at)


@action
def enter_sheet(
    *, order: Order, person: Person, sheet: bytes, by: Person, at: datetime
) -> PaperApproval:
    """Enter a supervisor's signed and sealed sheet; a second person must check it.

    Raises:
        OrderRefused: the signer does not supervise this account, or one has been entered.
    """
    _may_approve(order, person)
    if not can_make_order(person=by, account=order.account):
        raise OrderRefused(_("You may not enter sheets for this account."))
    if order.sheets.filter(person=person).exists():
        raise OrderRefused(_("This sheet has already been entered."))
    digest = sha256(sheet).digest()
    with _refusals():
        entered = PaperApproval.objects.create(
            order=order, person=person, role=_role(order, person), sheet=sheet, sha256=digest,
            entered_by=by, at=at,
        )  # fmt: skip
    _tell(order, "order.sheet_entered", by, at, order=order.token, sheet=digest.hex())
    _tell_signer(order, person, by, at)
    return entered


@action
def check_sheet(*, sheet: PaperApproval, by: Person, at: datetime) -> Approval:
    """Confirm a sheet that another person entered: now it counts as an approval on paper.

    Raises:
        OrderRefused: one person would do both, or the order has been stopped since.
    """
    _may_approve(sheet.order, sheet.person)
    if by.pk in (sheet.entered_by_id, sheet.person_id):
        raise OrderRefused(_("A second person must check this sheet."))
    if not can_make_order(person=by, account=sheet.order.account):
        raise OrderRefused(_("You may not enter sheets for this account."))
    approval = _approve(
        sheet.order, sheet.person, at, strength=Strength.PAPER, sheet=sheet.sheet,
        sheet_sha256=bytes(sheet.sha256), entered_by=sheet.entered_by, checked_by=by,
    )  # fmt: skip
    _tell(
        sheet.order, "order.approved", sheet.person, at, order=sheet.order.token,
        digest=bytes(sheet.order.digest).hex(), role=approval.role, strength=approval.strength,
        sheet=bytes(sheet.sha256).hex(), entered_by=sheet.entered_by.token, checked_by=by.token,
    )  # fmt: skip
    _tell_paper(sheet.order, sheet.person, by, at)
    _tell_maker(sheet.order, by, at)
    return approval


def _may_approve(order: Order, person: Person) -> None:
    if not can_approve(person=person, order=order):
        raise OrderRefused(_("Only a supervisor who did not make the order approves it."))
    if order.approvals.filter(person=person).exists():
        raise OrderRefused(_("This person has already approved."))


def _role(order: Order, person: Person) -> str:
    """Give the role that is still needed most, of those a person holds."""
    held, needs = order.policy.roles_of(person), order.policy.needs(order)
    given = list(order.approvals.values_list("role", flat=True))
    return max(held, key=lambda role: needs.get(role, 0) - given.count(role)).value


def _approve(order: Order, person: Person, at: datetime, **proof: Any) -> Approval:
    with _refusals():
        return Approval.objects.create(
            order=order, digest=bytes(order.digest), maker=order.maker, person=person,
            role=_role(order, person), at=at, **proof,
        )  # fmt: skip


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
