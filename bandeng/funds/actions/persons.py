"""A person is forgotten by the money: what binds them ends first, what the law keeps stays."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bandeng.funds.models import (
    Advance,
    Dispute,
    Order,
    PaidClaim,
    Phase,
    Plan,
    Receivable,
    Transfer,
)
from bandeng.funds.permissions import supervised
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record
from bandeng.trail.models import Entry

ERASED = "—"  # where a text must stand
SAID = ("due.claimed_paid", "due.disputed")


class MoneyBinds(Refused):
    """Somebody on whom payments still depend cannot be forgotten yet."""


@action
def forget_in_money(*, person: Person, by: UUID, at: datetime) -> None:
    """Remove what the books keep in a person's own words; the person's name goes with the person.

    Approvals with their keys, sheets and signatures, orders, the receipts of advances that the
    account repaid, signed statements of account and receipts for cash are vouchers: they stay for as
    long as the law keeps them.

    Raises:
        MoneyBinds: they supervise an account, an order of theirs is under way, an advance is not
            repaid, or something they said about dues is not answered yet.
    Source: 个人信息保护法 art. 47; 会计档案管理办法 (vouchers are kept for 30 years).
    """
    _refuse_bound(person)
    claims, disputes = _said_by(person)
    plans = Plan.objects.filter(by=person.token, own=True)
    open_ = (
        claims.filter(answered_at=None),
        disputes.filter(decided_at=None),
        plans.filter(answered_at=None, ended_at=None),
    )
    if any(rows.exists() for rows in open_):
        raise MoneyBinds(_("Something they said about dues is not answered yet."))
    gone = Advance.objects.filter(payer=person, order=None)
    counts = {
        "claims": claims.update(text=ERASED),
        "disputes": disputes.update(reason=ERASED),
        "plans": plans.exclude(reason=None).update(reason=ERASED),
        "advances": gone.update(what=ERASED, receipt=None),
    }
    record(
        thread=person.thread, verb="money.forgotten", by=by, subject=person.token, at=at,
        public=counts,
    )  # fmt: skip


def _refuse_bound(person: Person) -> None:
    if supervised(person=person):
        raise MoneyBinds(_("They supervise an account; let its rules of approval change first."))
    if _orders_under_way(person):
        raise MoneyBinds(_("A payment order of theirs is still under way."))
    if Advance.objects.filter(_unpaid(), payer=person).exists():
        raise MoneyBinds(_("An advance of theirs has not been repaid yet."))


def _orders_under_way(person: Person) -> bool:
    holds = Transfer.objects.filter(phase=Phase.HOLD, resolution=None)
    return Order.objects.filter(maker=person, transfers__in=holds).exists()


def _unpaid() -> Q:
    """Give which advances are neither repaid nor settled by an order."""
    settled = Transfer.objects.filter(phase=Phase.SETTLE, reversal=None)
    return Q(repaid_at=None) & ~Q(order__transfers__in=settled)


def _said_by(person: Person) -> tuple[QuerySet[PaidClaim], QuerySet[Dispute]]:
    """Find what a person said about dues: the trail knows who spoke, for which home and when."""
    told = Entry.objects.filter(actor=person.token, verb__in=SAID)
    moments = list(told.values_list("subject", "at"))
    places = Receivable.objects.filter(token__in=[subject for subject, _at in moments])
    at = [moment for _subject, moment in moments]
    return (
        PaidClaim.objects.filter(receivable__in=places, at__in=at),
        Dispute.objects.filter(due__receivable__in=places, at__in=at),
    )
