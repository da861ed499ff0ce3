"""Which merchant's bills a lump sum on the bank's statement settles."""

from collections.abc import Sequence
from datetime import date

from bandeng.funds.rules.statements.model import Kind, Line, Statement

LATE_DAYS = 7  # a holiday's takings come together after it
TOGETHER = 10  # bills that one sum may settle


def settlements(*, bill: Statement) -> list[tuple[date, int]]:
    """Give what a bill sends to the bank: each lump sum with its day. Units: fen, above zero."""
    return [(line.on, -line.amount) for line in bill.lines if line.kind is Kind.SETTLEMENT]


def settled_by(*, line: Line, sums: Sequence[tuple[date, int]]) -> tuple[int, ...]:
    """Find the lump sums (by their places) that a bank line pays: one, or some that follow.

    They end on the line's day or up to a week before it. Several answers are none: a person
    looks, for the same takings two days running are nothing rare.
    """
    ordered = sorted(range(len(sums)), key=lambda place: sums[place][0])
    found = []
    for first in range(len(ordered)):
        total = 0
        for last in range(first, min(first + TOGETHER, len(ordered))):
            total += sums[ordered[last]][1]
            late = (line.on - sums[ordered[last]][0]).days
            if total == line.amount and 0 <= late <= LATE_DAYS:
                found.append(tuple(ordered[first : last + 1]))
    return found[0] if len(found) == 1 else ()
