"""Advances: somebody pays at once from their own pocket, with a leader's consent, and is repaid."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db.models import Q
from django.utils.translation import gettext as _

from bandeng.cases.models import Case
from bandeng.funds.actions.orders import Payee, make_order
from bandeng.funds.models import Advance, Chart, Order, Phase, SupervisedAccount
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.kit.pictures import Picture
from bandeng.people.models import Organisation, Person
from bandeng.people.permissions import is_staff
from bandeng.trail.actions import attach, record
from bandeng.trail.models import Audience


class AdvanceRefused(Refused):
    """The advance cannot be entered or repaid so."""


@action
def make_advance(
    *,
    case: Case,
    amount: int,
    what: str,
    receipt: bytes,
    leader: Person,
    photos: Sequence[Picture] = (),
    by: Person,
    at: datetime,
) -> Advance:
    """Enter what somebody paid from their own pocket, and the leader who agreed; in fen.

    Photos of what was done hang on the case, for those who work on it.

    Raises:
        AdvanceRefused: not staff, no receipt, or the leader is the payer.
    """
    if not is_staff(person=by) or not is_staff(person=leader):
        raise AdvanceRefused(_("Payer and leader both work for the office."))
    if by.pk == leader.pk:
        raise AdvanceRefused(_("Somebody else must agree to an advance."))
    if amount <= 0 or not receipt:
        raise AdvanceRefused(_("An advance needs a sum and a receipt."))
    digest = sha256(receipt).digest()
    advance = Advance.objects.create(
        case=case, payer=by, leader=leader, amount=amount, what=what, receipt=receipt,
        receipt_sha256=digest, at=at,
    )  # fmt: skip
    _tell(advance, "advance.made", by, at, amount=amount, receipt=digest.hex(), leader=leader.token)
    for photo in photos:
        attach(thread=case.thread, file=photo, audience=Audience.INTERNAL, by=by.token, at=at)
    return advance


@action
def repay_advance(
    *, advance: Advance, organisation: Organisation, by: Person, at: datetime
) -> Advance:
    """Enter that the body liable has paid the advance back.

    Raises:
        AdvanceRefused: it is repaid, or an order for it is under way.
    """
    advance = Advance.objects.select_for_update().get(pk=advance.pk)
    _still_open(advance)
    advance.repaid_at, advance.repaid_by = at, organisation
    advance.save(update_fields=["repaid_at", "repaid_by"])
    _tell(advance, "advance.repaid", by, at, amount=advance.amount, body=organisation.token)
    return advance


@action
def order_repayment(
    *,
    advance: Advance,
    account: SupervisedAccount,
    bank: str,
    number: str,
    by: Person,
    at: datetime,
) -> Order:
    """Ask the supervisors to repay an advance out of the emergency purpose, never an earmark.

    Raises:
        AdvanceRefused: it is repaid, or an order for it is under way.
        bandeng.funds.actions.OrderRefused: there is too little set aside for emergencies.
    """
    advance = Advance.objects.select_for_update().get(pk=advance.pk)
    _still_open(advance)
    fund = account.ledger_accounts.get(chart=Chart.EMERGENCY)
    payee = Payee(
        name=advance.payer.name, bank=bank, number=number, purpose=advance.what,
        basis=str(advance.token),
    )  # fmt: skip
    order = make_order(account=account, fund=fund, amount=advance.amount, payee=payee, by=by, at=at)
    advance.order = order
    advance.save(update_fields=["order"])
    return order


def _still_open(advance: Advance) -> None:
    dead = Q(phase=Phase.VOID) | Q(phase=Phase.SETTLE, reversal__isnull=False)
    gone = advance.order and (
        hasattr(advance.order, "stopped") or advance.order.transfers.filter(dead).exists()
    )
    if advance.repaid_at or (advance.order and not gone):
        raise AdvanceRefused(_("This advance is already being repaid."))


def _tell(advance: Advance, verb: str, by: Person, at: datetime, /, **public: object) -> None:
    record(
        thread=advance.case.thread, verb=verb, by=by.token, subject=advance.token, at=at,
        public=public,
    )  # fmt: skip
