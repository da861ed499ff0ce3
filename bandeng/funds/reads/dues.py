"""A home's own page in the books: what it owes and why, what it has paid, what is disputed."""

from dataclasses import dataclass

from django.db.models import QuerySet

from bandeng.funds.models import Allocation, Dispute, Due, PaidClaim, Receivable, Reminder
from bandeng.funds.permissions import can_collect, my_receivables, visible_accounts
from bandeng.people.models import Person


@dataclass(frozen=True)
class DueSight:
    """A due with what was paid of it, oldest first; in fen."""

    due: Due
    paid: int
    dispute: Dispute | None
    withdrawn: bool

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


def visible_receivables(*, person: Person) -> QuerySet[Receivable]:
    """Give the homes whose books `person` may open: one's own, or those one collects for."""
    collecting = [
        account.pk
        for account in visible_accounts(person=person)
        if can_collect(person=person, account=account)
    ]
    return my_receivables(person=person) | Receivable.objects.filter(account__in=collecting)


def home_sight(*, receivable: Receivable) -> HomeSight:
    """Give everything about one home's account; payments pay the oldest due first."""
    dues = list(receivable.dues.select_related("billing").order_by("period"))
    disputes = {d.due_id: d for d in Dispute.objects.filter(due__in=dues).order_by("pk")}
    payments = list(
        receivable.allocations.filter(paid__reversal=None)
        .select_related("paid", "line__statement")
        .order_by("paid__number")
    )
    balance = receivable.ledger_account.balance
    return HomeSight(
        receivable=receivable,
        dues=_oldest_first(dues, disputes, sum(payment.amount for payment in payments)),
        payments=payments,
        reminders=list(receivable.reminders.order_by("delivered_on")),
        claims=list(receivable.claims.order_by("pk")),
        owed=balance.amount,
    )


def _oldest_first(dues: list[Due], disputes: dict[int, Dispute], money: int) -> list[DueSight]:
    seen = []
    for due in dues:
        withdrawn = hasattr(due.billing, "reversal")
        paid = 0 if withdrawn else min(money, due.amount)
        money -= paid
        seen.append(DueSight(due, paid, disputes.get(due.pk), withdrawn))
    return seen
