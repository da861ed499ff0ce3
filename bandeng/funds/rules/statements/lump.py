"""Which lump sums at the bank are a merchant's bill: day by day what was paid, less refunds and fee.

A service sends a day's takings one to several days later, after a holiday several days' in one
sum. Every sum of the bill must have arrived, to the fen; else the whole bill waits, and says why.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from bandeng.funds.rules.statements.model import Kind, Line, Statement
from bandeng.funds.rules.statements.words import SERVICES

LATE_DAYS = 7  # a holiday's takings come together after it
TOGETHER = 10  # days that one sum may hold
TRADE = (Kind.PAYMENT, Kind.REFUND)
Trade = tuple[str, date, int]  # the service's number, day, fen: what tells trades apart


class Waits(StrEnum):
    """Why a bill is not booked yet."""

    NOT_ARRIVED = "not_arrived"
    UNCLEAR = "unclear"
    KNOWN = "known"
    PART_KNOWN = "part_known"
    REFUND_UNKNOWN = "refund_unknown"

    @property
    def is_final(self) -> bool:
        """Tell whether waiting does not help."""
        return self in (Waits.KNOWN, Waits.PART_KNOWN)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A lump sum at the bank that no bill explains yet. Units: `amount` in fen."""

    key: int
    on: date
    amount: int


@dataclass(frozen=True)
class Judgement:
    """What may be booked of a bill, and the sums at the bank that it explains; or why it waits.

    `on` and `amount` (fen): of the day, or of the refund, for which it waits.
    """

    lines: tuple[Line, ...] = ()
    receipts: tuple[int, ...] = ()
    waits: Waits | None = None
    on: date | None = None
    amount: int = 0


def service_of(*, payer: str, memo: str) -> str:
    """Tell which payment service names itself in a bank's line; "" for none."""
    said = f"{payer} {memo}"
    return next((name for name, sign in SERVICES.items() if sign.search(said)), "")


def takings(*, lines: Sequence[Line]) -> list[tuple[date, int]]:
    """Give what each day leaves for the bank. Units: fen; below zero where more was refunded."""
    kept = sorted((line for line in lines if line.kind is not Kind.SETTLEMENT), key=lambda x: x.on)
    days = groupby(kept, key=lambda line: line.on)
    return [(day, sum(line.amount for line in of_day)) for day, of_day in days]


def judge(
    *, bill: Statement, known: Counter[Trade], payments: frozenset[str], receipts: Sequence[Receipt]
) -> Judgement:
    """Decide whether a bill can be booked: all of it that is new, or nothing.

    `known` are the trades in the books, `payments` the numbers of payments there, `receipts`
    the service's lump sums at the bank that wait for their bill.
    """
    lines, part_known = _new(bill, known)
    if part_known:
        return Judgement(waits=Waits.PART_KNOWN, on=part_known)
    if not lines:
        return Judgement(waits=Waits.KNOWN)
    there = payments | {line.bank_ref for line in lines if line.kind is Kind.PAYMENT}
    for line in lines:
        if line.kind is Kind.REFUND and line.bank_ref not in there:
            return Judgement(waits=Waits.REFUND_UNKNOWN, on=line.on, amount=-line.amount)
    return _met(lines, receipts)


def _new(bill: Statement, known: Counter[Trade]) -> tuple[tuple[Line, ...], date | None]:
    """Leave out the days that are in the books; one that is there in part is told."""
    lines: list[Line] = []
    left = Counter(known)
    kept = [line for line in bill.lines if line.kind is not Kind.SETTLEMENT]
    for day, of_day in groupby(kept, key=lambda line: line.on):
        rows = list(of_day)
        fresh = [not _took(left, row) for row in rows if row.kind in TRADE]
        if any(fresh) and not all(fresh):
            return (), day
        lines += rows if any(fresh) else []
    return tuple(lines), None


def _took(left: Counter[Trade], row: Line) -> bool:
    trade = (row.bank_ref, row.on, row.amount)
    left[trade] -= 1
    return left[trade] >= 0


def _met(lines: tuple[Line, ...], receipts: Sequence[Receipt]) -> Judgement:
    days = takings(lines=lines)
    ordered = sorted(receipts, key=lambda one: one.on)
    reached = [0]
    found: set[tuple[int, ...]] = set()
    for keys in _ways(days, ordered, 0, 0, reached):
        found.add(keys)
        if len(found) > 1:
            return Judgement(waits=Waits.UNCLEAR, on=days[0][0])
    if not found:
        on, amount = days[reached[0]]
        return Judgement(waits=Waits.NOT_ARRIVED, on=on, amount=amount)
    return Judgement(lines=lines, receipts=found.pop())


def _ways(
    days: Sequence[tuple[date, int]],
    receipts: Sequence[Receipt],
    first: int,
    after: int,
    reached: list[int],
) -> Iterator[tuple[int, ...]]:
    """Give the ways in which days from `first` on are sums of following days, each at the bank.

    Of equal sums the earliest is taken. What adds up to nothing sends nothing.
    """
    reached[0] = max(reached[0], min(first, len(days) - 1))
    if first == len(days):
        yield ()
    total = 0
    for last in range(first, min(first + TOGETHER, len(days))):
        on, amount = days[last]
        total += amount
        if total == 0:
            yield from _ways(days, receipts, last + 1, after, reached)
        found = _earliest(receipts, after, total, on)
        if found is not None:
            for rest in _ways(days, receipts, last + 1, found + 1, reached):
                yield (receipts[found].key, *rest)


def _earliest(receipts: Sequence[Receipt], after: int, total: int, on: date) -> int | None:
    return next(
        (
            place
            for place in range(after, len(receipts))
            if receipts[place].amount == total and 0 <= (receipts[place].on - on).days <= LATE_DAYS
        ),
        None,
    )
