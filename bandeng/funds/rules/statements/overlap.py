"""A new statement beside what is held, aligned on what moved and what was left.

Not on the numbers of bookings: banks use them again every year. Two truly equal lines stay two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bandeng.funds.rules.statements.model import Line, Statement


class Fit(StrEnum):
    """How a statement fits to what is held; the last three are refused."""

    FIRST = "first"
    CONTINUES = "continues"
    OVERLAPS = "overlaps"
    HELD = "held"
    EARLIER = "earlier"
    GAP = "gap"
    DIFFERS = "differs"
    UNCLEAR = "unclear"


REFUSED = frozenset({Fit.GAP, Fit.DIFFERS, Fit.UNCLEAR})


@dataclass(frozen=True, slots=True)
class Held:
    """One line that is in the books already. Units: fen."""

    on: date
    amount: int
    balance_after: int
    at: datetime | None = None


@dataclass(frozen=True)
class Alignment:
    """What of a statement is new: `before` the held lines (only `EARLIER`), `after` them.

    For a gap: from `gap_since` to `gap_until` something is missing that moved `gap_sum`
    fen in all. For a difference: `differs` is the first line that is not as held.
    """

    fit: Fit
    after: tuple[Line, ...] = ()
    before: tuple[Line, ...] = ()
    gap_since: date | None = None
    gap_until: date | None = None
    gap_sum: int = 0
    differs: Line | None = None

    @property
    def is_refused(self) -> bool:
        """Whether nothing may be taken."""
        return self.fit in REFUSED


def align(*, held: Sequence[Held], new: Statement) -> Alignment:
    """Fit a statement to all lines that the account already holds, in their order.

    A file taken twice is `HELD`: it brings nothing. A statement that neither follows nor
    overlaps leaves a gap and is refused with its days and its sum.
    """
    lines = new.lines
    if not held:
        return Alignment(Fit.FIRST, after=lines)
    offsets = [o for o in _offsets(held, lines) if _days_agree(held, lines, o)]
    if not offsets:
        return _refused(held, new)
    best = _clearest(held, lines, offsets)
    if best is None:
        return Alignment(Fit.UNCLEAR)
    return _placed(len(held), lines, best)


def _placed(count: int, lines: tuple[Line, ...], offset: int) -> Alignment:
    before, after = lines[: max(0, -offset)], lines[max(0, count - offset) :]
    if before:
        return Alignment(Fit.EARLIER, after=after, before=before)
    if not after:
        return Alignment(Fit.HELD)
    return Alignment(Fit.CONTINUES if offset == count else Fit.OVERLAPS, after=after)


def _offsets(held: Sequence[Held], lines: Sequence[Line]) -> Iterator[int]:
    """Give every place (counted in held lines) where the statement's first line may lie."""
    mine = [(line.amount, line.balance_after) for line in lines]
    theirs = [(line.amount, line.balance_after) for line in held]
    for start, fits in _meetings(theirs, mine):
        if fits:
            yield start
    for start, fits in _meetings(mine, theirs):
        if fits and start:
            yield -start
    opening = mine[0][1] - mine[0][0]
    if theirs[-1][1] == opening:
        yield len(theirs)
    if theirs[0][1] - theirs[0][0] == mine[-1][1]:
        yield -len(mine)


def _meetings(
    text: list[tuple[int, int]], pattern: list[tuple[int, int]]
) -> Iterator[tuple[int, bool]]:
    """Tell of each place in `text` whether `pattern` runs along it to the end of one of both.

    By the Z function: linear, whatever repeats.
    """
    joined: list[tuple[int, int] | None] = [*pattern, None, *text]
    reach = [0] * len(joined)
    left = right = 0
    for i in range(1, len(joined)):
        if i < right:
            reach[i] = min(right - i, reach[i - left])
        while i + reach[i] < len(joined) and joined[reach[i]] == joined[i + reach[i]]:
            reach[i] += 1
        if i + reach[i] > right:
            left, right = i, i + reach[i]
    for start in range(len(text)):
        yield start, reach[len(pattern) + 1 + start] >= min(len(pattern), len(text) - start)


def _pairs(held: Sequence[Held], lines: Sequence[Line], offset: int) -> Iterator[tuple[Held, Line]]:
    return zip(held[max(0, offset) :], lines[max(0, -offset) :], strict=False)


def _days_agree(held: Sequence[Held], lines: Sequence[Line], offset: int) -> bool:
    """Tell whether days contradict: the same line may be booked a few days apart, not weeks."""
    if any(abs((old.on - new.on).days) > 3 for old, new in _pairs(held, lines, offset)):
        return False
    if offset == len(held):
        return lines[0].on >= held[-1].on
    return offset != -len(lines) or lines[-1].on <= held[0].on


def _clearest(held: Sequence[Held], lines: Sequence[Line], offsets: list[int]) -> int | None:
    """Choose between several places by days, then by times of day; None if they do not tell."""
    if len(offsets) == 1:
        return offsets[0]
    ranked = sorted((_strangeness(held, lines, offset), offset) for offset in offsets)
    return ranked[0][1] if ranked[0][0] < ranked[1][0] else None


def _strangeness(held: Sequence[Held], lines: Sequence[Line], offset: int) -> int:
    """Count what speaks against a place: other days, other times, a seam within a day.

    Banks give out whole days: a file that begins on a day holds all of it.
    """
    against = 0
    for old, new in _pairs(held, lines, offset):
        against += old.on != new.on
        against += bool(old.at and new.at and old.at != new.at)
    if offset > 0:
        against += not _later(held[offset - 1], lines[0])
    if offset < 0:
        against += not _later(lines[-offset - 1], held[0])
    return against


def _later(first: Held | Line, second: Held | Line) -> bool:
    if first.at and second.at:
        return first.at < second.at
    return first.on < second.on


def _refused(held: Sequence[Held], new: Statement) -> Alignment:
    """Say what is missing between the two, or which line is not as held."""
    first, last = held[0], held[-1]
    if new.since > last.on:
        missing = new.opening - last.balance_after
        return Alignment(Fit.GAP, gap_since=last.on, gap_until=new.since, gap_sum=missing)
    if new.until < first.on:
        missing = first.balance_after - first.amount - new.closing
        return Alignment(Fit.GAP, gap_since=new.until, gap_until=first.on, gap_sum=missing)
    known = {(line.amount, line.balance_after) for line in held}
    inside = [line for line in new.lines if first.on <= line.on <= last.on]
    odd = next((line for line in inside if (line.amount, line.balance_after) not in known), None)
    if odd is None:
        missing = new.opening - last.balance_after
        return Alignment(Fit.GAP, gap_since=last.on, gap_until=new.lines[0].on, gap_sum=missing)
    return Alignment(Fit.DIFFERS, differs=odd)
