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
    Transfer,
)
from bandeng.funds.rules import outgoing
from bandeng.funds.rules.statements import Fit, Held, align
from bandeng.funds.rules.statements import Line as Told
from bandeng.funds.rules.statements import Statement as Parsed


class Became(StrEnum):
    """What a line is in the books."""

    MATCHED = "matched"
    PART = "part"
    WAITING = "waiting"
    CAME_BACK = "came_back"
    ORDER = "order"
    RETURNED = "returned"
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
    rows = Line.objects.filter(statement__account=account).order_by("statement", "n")
    held = [Held(*row) for row in rows.values_list("day", "amount", "balance_after")]
    found = align(held=held, new=parsed)
    receipts = [line.amount for line in found.after if line.amount > 0]
    gap = (found.gap_since, found.gap_until, found.gap_sum) if found.fit == Fit.GAP else None
    return Preview(
        parsed=parsed, fit=found.fit, new=found.after, outs=list(_outs(account, found.after)),
        received=sum(receipts), receipts=len(receipts), gap=gap, first_differing=found.differs,
        opening_wrong=found.fit == Fit.FIRST and bool(parsed.opening),
    )  # fmt: skip


def _outs(account: SupervisedAccount, lines: Sequence[Told]) -> Iterable[tuple[Told, Became]]:
    held = _held(account)
    limit = account.policy().rules["fee_limit"]
    for line in lines:
        if line.amount > 0:
            continue
        said = outgoing.Out(-line.amount, line.memo, line.counterparty, line.counterparty_account)
        if order := outgoing.fitting(out=said, held=held):
            held.remove(order)
            yield line, Became.ORDER
        elif outgoing.is_return(out=said):
            yield line, Became.RETURNED
        elif outgoing.is_fee(out=said) and said.amount <= limit:
            yield line, Became.FEE
        else:
            yield line, Became.UNEXPLAINED


def _held(account: SupervisedAccount) -> list[outgoing.Held]:
    holds = Transfer.objects.filter(
        phase=Phase.HOLD, resolution=None, order__account=account
    ).select_related("order__terms_kept")
    return [
        outgoing.held(
            number=hold.number, amount=hold.amount, order=hold.order.token,
            terms=bytes(hold.order.terms_kept.private),
        )
        for hold in holds
        if hold.order
    ]  # fmt: skip


def lines_of(*, statement: Statement) -> QuerySet[Line]:
    """Give a statement's lines with how they are booked and `matched` fen."""
    standing = Sum("allocations__amount", filter=Q(allocations__paid__reversal=None), default=0)
    homes = Allocation.objects.filter(paid__reversal=None).select_related(
        "receivable__home__building", "receivable__account"
    )
    return (
        statement.lines.annotate(matched=standing)
        .select_related("booking__debit", "booking__credit", "booking__order", "booking__reversal")
        .prefetch_related(Prefetch("allocations", queryset=homes, to_attr="standing"))
        .order_by(F("n"))
    )


def became(*, line: Line) -> Became:
    """Say what a line is in the books; it comes from `lines_of`."""
    if line.amount > 0:
        return _receipt(line)
    booking = line.booking
    if booking.phase == Phase.SETTLE:
        return Became.ORDER
    if booking.reverses_id is not None:
        return Became.RETURNED
    return Became.UNEXPLAINED if booking.debit.chart == Chart.UNEXPLAINED else Became.FEE


def _receipt(line: Line) -> Became:
    if hasattr(line.booking, "reversal"):
        return Became.CAME_BACK
    matched = line.matched  # type: ignore[attr-defined]
    if matched >= line.amount:
        return Became.MATCHED
    return Became.PART if matched else Became.WAITING
