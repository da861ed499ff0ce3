"""A home's own page in the books: what it owes and why, what it has paid, what is disputed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch

from bandeng.funds.models import (
    ACKNOWLEDGES,
    Allocation,
    Cash,
    Dispute,
    Due,
    PaidClaim,
    Plan,
    Receivable,
    Reckoning,
    Reminder,
)

CHUNK = 500  # homes read at once


@dataclass(frozen=True)
class DueSight:
    """A due with what was paid of it, oldest first; in fen.

    `signed_on`: since when a signed statement of account covers it; None: none does.
    """

    due: Due
    paid: int
    dispute: Dispute | None
    withdrawn: bool
    signed_on: date | None = None

    @property
    def open(self) -> int:
        """Give what is still owed of it."""
        return 0 if self.withdrawn else self.due.amount - self.paid


@dataclass(frozen=True)
class HomeSight:
    """A home's statement of account (对账单); in fen."""

    receivable: Receivable
    dues: list[DueSight]
    payments: list[Allocation]
    reminders: list[Reminder]
    claims: list[PaidClaim]
    owed: int
    reckonings: list[Reckoning] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    cash: list[Cash] = field(default_factory=list)

    @property
    def plan(self) -> Plan | None:
        """Give the plan by instalments that was asked for or is agreed, and has not ended."""
        return next((plan for plan in self.plans if plan.ended_at is None), None)


def home_sight(*, receivable: Receivable) -> HomeSight:
    """Give everything about one home's account; payments pay the oldest due first."""
    return home_sights(receivables=[receivable])[0]


def home_sights(*, receivables: Sequence[Receivable]) -> list[HomeSight]:
    """Give the same about many homes, in a few questions for all of them together."""
    sights = []
    for start in range(0, len(receivables), CHUNK):
        asked = receivables[start : start + CHUNK]
        found = _read([place.pk for place in asked])
        sights += [_sight(place, found[place.pk]) for place in asked]
    return sights


def _read(keys: list[int]) -> dict[int, Any]:
    """Read homes with all that hangs on them, as lists `…_read`: no query and no copy for each."""
    dues = Due.objects.select_related("billing__reversal").order_by("period")
    payments = Allocation.objects.filter(paid__reversal=None).order_by("paid__number")
    reckonings = Reckoning.objects.select_related("paper").defer("said", "paper__content")
    cash = Cash.objects.filter(voided_at=None, deposit__line=None).select_related("deposit")
    lists = {
        "dues": dues,
        "dues_read__disputes": Dispute.objects.order_by("pk"),
        "allocations": payments.select_related("paid", "line__statement"),
        "reminders": Reminder.objects.order_by("delivered_on", "pk").prefetch_related("dues"),
        "claims": PaidClaim.objects.order_by("pk"),
        "reckonings": reckonings.order_by("pk").prefetch_related("dues"),
        "plans": Plan.objects.defer("paper").order_by("pk")
        .prefetch_related("dues", "instalments"),
        "cash": cash.order_by("pk"),
    }  # fmt: skip
    found: Any = Receivable.objects.select_related("ledger_account__balance").prefetch_related(
        *(
            Prefetch(path, rows, to_attr=f"{path.rpartition('__')[2]}_read")
            for path, rows in lists.items()
        )
    )
    return dict(found.in_bulk(keys))


def _sight(receivable: Receivable, read: Any) -> HomeSight:
    paid = sum(payment.amount for payment in read.allocations_read)
    return HomeSight(
        receivable=receivable,
        dues=_oldest_first(read.dues_read, _signed(read.reckonings_read), paid),
        payments=read.allocations_read,
        reminders=read.reminders_read,
        claims=read.claims_read,
        owed=read.ledger_account.balance.amount,
        reckonings=read.reckonings_read,
        plans=read.plans_read,
        cash=read.cash_read,
    )


def _signed(reckonings: list[Reckoning]) -> dict[int, date]:
    """Give for each due since when a signed statement of account covers it."""
    days: dict[int, date] = {}
    for each in reckonings:
        for row in each.dues.all() if each.paper else ():
            signed = each.paper.signed_on  # type: ignore[union-attr]
            days[row.due_id] = min(signed, days.get(row.due_id, signed))
    return days


def acknowledged(*, reckoning: Reckoning) -> bool:
    """Tell whether the household itself signed, which acknowledges the debt."""
    return bool(reckoning.paper and reckoning.paper.signature in ACKNOWLEDGES)


def _oldest_first(dues: list[Any], signed: dict[int, date], money: int) -> list[DueSight]:
    seen = []
    for due in dues:
        withdrawn = getattr(due.billing, "reversal", None) is not None
        paid = 0 if withdrawn else min(money, due.amount)
        money -= paid
        dispute = due.disputes_read[-1] if due.disputes_read else None
        seen.append(DueSight(due, paid, dispute, withdrawn, signed.get(due.pk)))
    return seen
