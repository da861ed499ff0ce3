"""Bills of payment services: what one says, and what it still waits for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from bandeng.funds.models import BANK, Line, MerchantBill, Statement, SupervisedAccount, judged
from bandeng.funds.rules.statements import Judgement, Kind
from bandeng.funds.rules.statements import Statement as Parsed


@dataclass(frozen=True)
class BillSight:
    """A bill as it would be booked; sums in fen. `sums` are the bank's lines that it explains."""

    parsed: Parsed
    judged: Judgement
    service: str
    sums: Sequence[Line]

    @property
    def is_known(self) -> bool:
        """Tell whether nothing of it can be taken in, now or later."""
        return bool(self.judged.waits and self.judged.waits.is_final)

    def total(self, kind: Kind) -> int:
        """Give the sum of its lines of one kind."""
        return sum(line.amount for line in self.parsed.lines if line.kind is kind)

    @property
    def count(self) -> int:
        """Give how many payments it has."""
        return sum(line.kind is Kind.PAYMENT for line in self.parsed.lines)

    @property
    def paid(self) -> int:
        """Give what payers paid."""
        return self.total(Kind.PAYMENT)

    @property
    def refunded(self) -> int:
        """Give what went back to payers."""
        return -self.total(Kind.REFUND)

    @property
    def fee(self) -> int:
        """Give what the service kept."""
        return -self.total(Kind.FEE)

    @property
    def net(self) -> int:
        """Give what the bank receives."""
        return -self.total(Kind.SETTLEMENT)


def look_at_bill(*, account: SupervisedAccount, parsed: Parsed) -> BillSight:
    """Look at what a bill would bring, and change nothing."""
    found = judged(account=account, bill=parsed)
    sums = Line.objects.filter(pk__in=found.receipts).select_related("statement")
    return BillSight(parsed, found, parsed.profile.split(".")[0], list(sums.order_by("day", "pk")))


def waiting_bills(*, account: SupervisedAccount) -> list[tuple[MerchantBill, BillSight]]:
    """Give the bills that wait, the oldest first, each with the reason."""
    kept = account.bills.order_by("until_on", "pk")
    return [(bill, look_at_bill(account=account, parsed=bill.parsed())) for bill in kept]


def booked_bills(*, account: SupervisedAccount) -> QuerySet[Statement]:
    """Give the bills that are in the books, the newest first."""
    return account.statements.exclude(channel=BANK).defer("content").order_by("-pk")
