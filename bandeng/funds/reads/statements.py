"""A statement before it is taken in, and its lines afterwards: what each one is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Prefetch, Q, QuerySet, Sum

from bandeng.funds.models import (
    Allocation,
    Chart,
    Line,
    Phase,
    Statement,
    SupervisedAccount,
    held_lines,
    orders_at_bank,
)
from bandeng.funds.reads.accounts import refunded
from bandeng.funds.rules import outgoing
from bandeng.funds.rules.statements import Fit, Kind, align
from bandeng.funds.rules.statements import Line as Told
from bandeng.funds.rules.statements import Statement as Parsed


class Became(StrEnum):
    """What a line is in the books."""

    MATCHED = "matched"
    PART = "part"
    WAITING = "waiting"
    CAME_BACK = "came_back"
    LUMP = "lump"
    ORDER = "order"
    BOUNCED = "bounced"
    RETURNED = "returned"
    REFUND = "refund"
    FEE = "fee"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Preview:
    """What taking a statement in would do; sums in fen."""

    parsed: Parsed
    fit: Fit
    new: Sequence[Told]
    outs: list[tuple[Told, Became]]
    received: int
    receipts: int
    gap: tuple[object, object, int] | None
    first_differing: Told | None
    opening_wrong: bool

    @property
    def known(self) -> int:
        """Give how many of the file's lines are in the books already."""
        return len(self.parsed.lines) - len(self.new)

    @property
    def is_refused(self) -> bool:
        """Tell whether nothing can be taken."""
        unfit = (Fit.GAP, Fit.DIFFERS, Fit.UNCLEAR, Fit.EARLIER, Fit.HELD)
        return self.fit in unfit or self.opening_wrong


def preview(*, account: SupervisedAccount, parsed: Parsed) -> Preview:
    """Look at what a statement would bring, and change nothing."""
    found = align(held=held_lines(account=account), new=parsed)
    receipts = [line.amount for line in found.after if line.amount > 0]
    gap = (found.gap_since, found.gap_until, found.gap_sum) if found.fit == Fit.GAP else None
    return Preview(
        parsed=parsed, fit=found.fit, new=found.after, outs=list(_outs(account, found.after)),
        received=sum(receipts), receipts=len(receipts), gap=gap, first_differing=found.differs,
        opening_wrong=found.fit == Fit.FIRST and bool(parsed.opening),
    )  # fmt: skip


def _outs(account: SupervisedAccount, lines: Sequence[Told]) -> Iterable[tuple[Told, Became]]:
    done = outgoing.executions(lines=lines, sent=orders_at_bank(account=account))
    orders = {id(each.line) for each in done}
    limit = account.policy().rules["fee_limit"]
    for line in lines:
        if line.amount > 0:
            continue
        if id(line) in orders:
            yield line, Became.ORDER
        elif outgoing.is_return(line=line):
            yield line, Became.RETURNED
        elif outgoing.is_fee(line=line) and -line.amount <= limit:
            yield line, Became.FEE
        else:
            yield line, Became.UNEXPLAINED


def lines_of(*, statement: Statement) -> QuerySet[Line]:
    """Give a statement's lines with how they are booked, `matched` and `refunded` fen."""
    standing = Sum("allocations__amount", filter=Q(allocations__paid__reversal=None), default=0)
    homes = Allocation.objects.filter(paid__reversal=None).select_related(
        "receivable__home__building", "receivable__account"
    )
    booked = ("debit", "credit", "order", "reversal", "reverses__order")
    return (
        statement.lines.annotate(matched=standing, refunded=refunded())
        .select_related("settlement", *(f"booking__{name}" for name in booked))
        .prefetch_related(Prefetch("allocations", queryset=homes, to_attr="standing"))
        .order_by(F("n"))
    )


def became(*, line: Line) -> Became:
    """Say what a line is in the books; it comes from `lines_of`."""
    if line.kind == Kind.REFUND:
        return Became.REFUND
    if line.amount > 0 and line.kind != Kind.FEE:
        return _receipt(line)
    booking = line.booking
    if booking.phase == Phase.SETTLE:
        return Became.ORDER
    if booking.reverses_id is not None:
        return Became.RETURNED
    return Became.UNEXPLAINED if booking.debit.chart == Chart.UNEXPLAINED else Became.FEE


def _receipt(line: Line) -> Became:
    if hasattr(line, "settlement"):
        return Became.LUMP
    if line.booking.reverses_id is not None:
        return Became.BOUNCED
    if hasattr(line.booking, "reversal"):
        return Became.CAME_BACK
    return _matched(line.matched, line.amount + line.refunded)  # type: ignore[attr-defined]


def _matched(matched: int, left: int) -> Became:
    if left <= 0:
        return Became.REFUND
    if matched >= left:
        return Became.MATCHED
    return Became.PART if matched else Became.WAITING
