"""Lists of transfers for the bank: made of orders whose money is held, or withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bandeng.funds.actions._ledger import _alone
from bandeng.funds.models import (
    ListedOrder,
    Order,
    OrderKind,
    Phase,
    SupervisedAccount,
    Transfer,
    TransferList,
)
from bandeng.funds.permissions import can_collect
from bandeng.funds.rules import bank_batch
from bandeng.funds.rules.bank_batch import PROFILES, BatchRefused, Fault, Wrong, transfer_list
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record

WRONG = {
    Wrong.NAME_MISSING: gettext_lazy("the payee's name is missing"),
    Wrong.ACCOUNT_UNCLEAR: gettext_lazy("the payee's account number is none"),
    Wrong.BANK_MISSING: gettext_lazy("the payee's bank is missing"),
    Wrong.BANK_CODE_UNCLEAR: gettext_lazy("the bank's code is none"),
    Wrong.AMOUNT_UNCLEAR: gettext_lazy("the sum is none"),
    Wrong.TOO_LONG: gettext_lazy("a text is longer than the bank takes"),
    Wrong.ODD_CHARACTER: gettext_lazy("a text has a character that the bank would misread"),
    Wrong.TWICE: gettext_lazy("it stands here twice"),
    Wrong.EMPTY: gettext_lazy("choose at least one order"),
}


class ListRefused(Refused):
    """The list cannot be made or withdrawn so."""


@action
def make_transfer_list(
    *,
    account: SupervisedAccount,
    orders: Sequence[Order],
    profile: str,
    by: Person,
    at: datetime,
) -> TransferList:
    """Write the list that the bank's batch transfer takes; it is kept with its hash.

    Raises:
        ListRefused: an order's money is not held, it is on a list already, or the bank would
            misread something; then there is no list at all.
    """
    if not can_collect(person=by, account=account):
        raise ListRefused(_("You may not hand payments of this account to the bank."))
    _alone(account=account)
    _free(account, orders)
    try:
        batch = transfer_list(
            transfers=[_transfer(order) for order in orders], profile=PROFILES[profile], at=at
        )
    except BatchRefused as refused:
        raise ListRefused(_faults(refused.faults)) from refused
    made = TransferList.objects.create(
        account=account, profile=profile, content=batch.content, sha256=batch.sha256,
        count=batch.count, total=batch.total, by=by, at=at,
    )  # fmt: skip
    ListedOrder.objects.bulk_create(
        ListedOrder(list=made, order=order, n=n) for n, order in enumerate(orders, start=1)
    )
    tokens = [order.token for order in orders]
    _tell(made, "list.made", by, at, file=batch.sha256.hex(), total=batch.total, orders=tokens)
    return made


@action
def withdraw_list(*, listed: TransferList, by: Person, at: datetime) -> TransferList:
    """Withdraw a list: what the bank has not carried out may go on another one.

    Raises:
        ListRefused: not allowed, or nothing of it waits for the bank any more.
    """
    if not can_collect(person=by, account=listed.account):
        raise ListRefused(_("You may not hand payments of this account to the bank."))
    _alone(account=listed.account)
    waiting = listed.listed.filter(is_withdrawn=False, order__in=_held(listed.account))
    tokens = [each.order.token for each in waiting.select_related("order")]
    if not tokens:
        raise ListRefused(_("Nothing of this list waits for the bank any more."))
    waiting.update(is_withdrawn=True)
    listed.withdrawn_at = at
    listed.save(update_fields=["withdrawn_at"])
    _tell(listed, "list.withdrawn", by, at, file=bytes(listed.sha256).hex(), orders=tokens)
    return listed


def _held(account: SupervisedAccount) -> list[int]:
    holds = Transfer.objects.filter(
        phase=Phase.HOLD, resolution=None, order__account=account, order__kind=OrderKind.PAYMENT
    )
    return list(holds.values_list("order", flat=True))


def _free(account: SupervisedAccount, orders: Sequence[Order]) -> None:
    held = set(_held(account))
    if any(order.pk not in held for order in orders):
        raise ListRefused(_("Only orders whose money is held for the bank go on a list."))
    if ListedOrder.objects.filter(order__in=orders, is_withdrawn=False).exists():
        raise ListRefused(_("One of these orders is on another list already."))


def _transfer(order: Order) -> bank_batch.Transfer:
    said = order.said()
    return bank_batch.Transfer(
        order=order.token, payee=said["payee"], account=said["payee_account"],
        bank=said["payee_bank"], amount=order.amount or 0,
        purpose=" ".join(said["purpose"].split()),
    )  # fmt: skip


def _faults(faults: Sequence[Fault]) -> str:
    numbers = [each.order.hex[:8].upper() if each.order else "" for each in faults]
    sentences = [
        f"{number}: {WRONG[each.why]}" if number else str(WRONG[each.why])
        for number, each in zip(numbers, faults, strict=True)
    ]
    return _("No list was made: %(why)s.") % {"why": "; ".join(sentences)}


def _tell(made: TransferList, verb: str, by: Person, at: datetime, /, **public: object) -> None:
    account = made.account
    record(
        thread=account.thread, verb=verb, by=by.token, subject=made.token, at=at,
        public={"account": account.code, **public},
    )  # fmt: skip
