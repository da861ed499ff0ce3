"""What a home owes for a period, how the sum was made, and what it is still worth in court.

Areas in 0.01 m², rates in fen a m² and month, sums in fen. Periods run from their first day
to the day before `until`.
"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until the day before another."""

    since: date
    until: date

    @property
    def months(self) -> Fraction:
        """Its length; a part of a month counts by the days of that month."""
        return months_of(since=self.since, until=self.until)


@dataclass(frozen=True, slots=True)
class Rate:
    """What is asked in a time. Units: fen a m² and month; `until` None: to this day."""

    since: date
    until: date | None
    fen: int


@dataclass(frozen=True, slots=True)
class Charge:
    """A sum with everything it is made of: area × rate × months, rounded once.

    Units: `area` 0.01 m², `rate` fen a m² and month, `fen`; `to` the step rounded to, in fen.
    """

    period: Period
    area: int
    rate: int
    months: Fraction
    exact: Fraction
    fen: int
    to: int

    @property
    def is_rounded(self) -> bool:
        """Whether the product had parts of the step."""
        return self.exact != self.fen


def months_of(*, since: date, until: date) -> Fraction:
    """Count months: whole ones as one, the rest by days of their month.

    Returns: 0 if `until` is not after `since`.
    """
    total, day = Fraction(0), since
    while day < until:
        length = calendar.monthrange(day.year, day.month)[1]
        following = day.replace(day=1) + timedelta(days=length)
        total += Fraction((min(until, following) - day).days, length)
        day = following
    return total


def parts_of(*, since: date, until: date) -> list[tuple[int, int]]:
    """Give the parts of months at the ends of a time: (days in it, days of that month)."""
    parts, day = [], since
    while day < until:
        length = calendar.monthrange(day.year, day.month)[1]
        following = day.replace(day=1) + timedelta(days=length)
        days = (min(until, following) - day).days
        if days < length:
            parts.append((days, length))
        day = following
    return parts


def plus_months(*, day: date, months: int) -> date:
    """Give the corresponding day of a later month, or its last. Source: 民法典 art. 202."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def charge(*, area: int, rate: int, period: Period, to: int = 1) -> Charge:
    """Give what a period costs: area × rate × months, rounded half up at the end, not monthly.

    Units: `to` is the step in fen: 1, 10 (角) or 100 (元), as the contract has it.
    """
    months = period.months
    exact = Fraction(area * rate, 100) * months
    steps = (exact / to * 2 + 1) // 2
    return Charge(period, area, rate, months, exact, int(steps) * to, to)


def managed(*, period: Period, terms: Iterable[tuple[date, date | None]]) -> list[Period]:
    """Give the parts of a period in which the company managed the building.

    `terms` are the times of its management (until None: it still does); nothing is owed for
    the rest. Source: 民法典 art. 949 (who has left and not handed over cannot charge).
    """
    cut = [
        Period(max(period.since, since), min(period.until, until or period.until))
        for since, until in terms
    ]
    joined: list[Period] = []
    for part in sorted((p for p in cut if p.since < p.until), key=lambda p: p.since):
        if joined and part.since <= joined[-1].until:
            last = joined.pop()
            joined.append(Period(last.since, max(last.until, part.until)))
        else:
            joined.append(part)
    return joined


def charges(
    *,
    area: int,
    rates: Sequence[Rate],
    period: Period,
    terms: Iterable[tuple[date, date | None]],
    to: int = 1,
) -> list[Charge]:
    """Bill a period: for each time under management and each rate one charge."""
    found = []
    for part in managed(period=period, terms=terms):
        for rate in rates:
            until = min(part.until, rate.until or part.until)
            if (since := max(part.since, rate.since)) < until:
                found.append(charge(area=area, rate=rate.fen, period=Period(since, until), to=to))
    return found


class Act(StrEnum):
    """What starts the limitation anew. Source: 民法典 art. 195, 时效规定 art. 8, 11, 12, 14."""

    DEMAND = "demand"
    PART_PAYMENT = "part_payment"
    ACKNOWLEDGED = "acknowledged"
    PLAN = "plan"
    MEDIATION = "mediation"
    SUIT = "suit"
    AGREED = "agreed"  # the debtor's own promise to pay, even after the limitation has run out


@dataclass(frozen=True, slots=True)
class Event:
    """An act on a day: a demand on the day it arrived. A suit or mediation ends on `ended_on`."""

    on: date
    act: Act
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Limitation:
    """Until when the debtor cannot refuse because of time; which acts counted, which came late."""

    ends_on: date
    counted: tuple[Event, ...]
    too_late: tuple[Event, ...]


def limitation(*, due_on: date, events: Iterable[Event], years: int, longest: int) -> Limitation:
    """Give the last day of the limitation of one period.

    Each period by itself: the earlier of two readings of art. 189, so that the warning never
    comes late. After the last day only the debtor's own promise counts (art. 192); whether a
    part payment or a demand then does is contested, so it does not here.

    `due_on` is the last day for paying; that day itself is not counted (art. 201).
    """
    ends, capped = _after(due_on, years), _after(due_on, longest)
    counted, late = [], []
    for event in sorted(events, key=lambda event: event.on):
        if event.on <= due_on:
            continue
        if event.on > ends and event.act is not Act.AGREED:
            late.append(event)
            continue
        counted.append(event)
        ends = max(ends, _after(event.ended_on or event.on, years))
    return Limitation(min(ends, capped), tuple(counted), tuple(late))


class Strength(StrEnum):
    """How a claim stands; the debtor may always pay, and what was paid stands (art. 192)."""

    WITHIN = "within"
    NEAR = "near"
    OVER = "over"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Dispute:
    """An objection to a period; `upheld` once somebody has decided: whether the objection stands."""

    reason: str
    decided_by: str = ""
    upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a period's claim is worth on a day, how many days are left, who decided."""

    strength: Strength
    days_left: int
    decided_by: str = ""

    @property
    def contested(self) -> bool:
        """Whether a payment must not be put on it by a guess."""
        return self.strength in (Strength.OVER, Strength.DISPUTED, Strength.REJECTED)


def standing(*, ends_on: date, on: date, near: int, dispute: Dispute | None = None) -> Standing:
    """Judge one period: an open objection first, then time. Units: `near` in days."""
    left = (ends_on - on).days
    if dispute and dispute.upheld is None:
        return Standing(Strength.DISPUTED, left)
    if dispute and dispute.upheld:
        return Standing(Strength.REJECTED, left, dispute.decided_by)
    decided = dispute.decided_by if dispute else ""
    if left < 0:
        return Standing(Strength.OVER, left, decided)
    if left <= near:
        return Standing(Strength.NEAR, left, decided)
    return Standing(Strength.CONFIRMED if decided else Strength.WITHIN, left, decided)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a plan. Units: fen."""

    on: date
    amount: int


def instalments(*, total: int, parts: int, first_on: date, every: int = 1) -> list[Instalment]:
    """Divide a sum: equal parts, `every` so many months, the odd fen with the first."""
    each, odd = divmod(total, parts)
    return [
        Instalment(plus_months(day=first_on, months=n * every), each + (odd if n == 0 else 0))
        for n in range(parts)
        if each or n == 0
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """How a plan goes: what should have come by now, how much is missing, what is next."""

    due: int
    behind: int
    following: Instalment | None


def progress(*, plan: Sequence[Instalment], paid: int, on: date) -> Progress:
    """Compare what was paid with what a plan asked for until a day, that day included."""
    due = sum(part.amount for part in plan if part.on <= on)
    ahead = 0
    for part in plan:
        ahead += part.amount
        if ahead > paid:
            return Progress(due, max(0, due - paid), part)
    return Progress(due, 0, None)


@dataclass(frozen=True, slots=True)
class Clause:
    """A late fee as a contract has it, word for word. Units: millionths of the sum a day."""

    ppm_per_day: int
    grace_days: int
    text: str
    agreed_on: date


def late_fee(*, sum_: int, clause: Clause | None, due_on: date, on: date) -> int:
    """Give the late fee of a sum: simple, by days; without a stored clause there is none.

    Source: 民法典 art. 585. Rounded half to even, to the fen.
    """
    if clause is None:
        return 0
    days = max(0, (on - due_on).days - clause.grace_days)
    return round(Fraction(sum_ * clause.ppm_per_day * days, 1_000_000))


def is_excessive(*, fee: int, loss: int, percent: int) -> bool:
    """Tell whether a late fee passes the loss by so much that a court would likely cut it."""
    return 100 * fee > (100 + percent) * loss


class Kind(StrEnum):
    """A line of a statement of account."""

    CHARGE = "charge"
    PAYMENT = "payment"
    REVERSAL = "reversal"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True)
class Entry:
    """One booking of a home's account. Units: fen, always above zero."""

    on: date
    kind: Kind
    amount: int
    about: str = ""


@dataclass(frozen=True)
class Account:
    """A statement of account (对账单): each entry with what was owed after it, and the sums.

    opening + charged − paid − waived = closing, always. Reversals take from what was paid.
    """

    opening: int
    entries: tuple[tuple[Entry, int], ...]
    charged: int
    paid: int
    waived: int
    closing: int


def account(*, entries: Iterable[Entry], since: date, until: date) -> Account:
    """Draw up a home's account from a day until the day before another.

    Entries before `since` are the opening balance. Of one day charges come first.
    """
    order = list(Kind)
    ordered = sorted(entries, key=lambda e: (e.on, order.index(e.kind)))
    opening = sum(_signed(entry) for entry in ordered if entry.on < since)
    owed, rows = opening, []
    for entry in ordered:
        if since <= entry.on < until:
            owed += _signed(entry)
            rows.append((entry, owed))
    sums = {kind: sum(e.amount for e, _ in rows if e.kind is kind) for kind in Kind}
    paid = sums[Kind.PAYMENT] - sums[Kind.REVERSAL]
    return Account(opening, tuple(rows), sums[Kind.CHARGE], paid, sums[Kind.WAIVER], owed)


def _signed(entry: Entry) -> int:
    return entry.amount if entry.kind in (Kind.CHARGE, Kind.REVERSAL) else -entry.amount


def _after(day: date, years: int) -> date:
    return plus_months(day=day, months=12 * years)


def years_of(*, period: Period) -> Iterator[Period]:
    """Cut a period at New Year, as bills are made out."""
    since = period.since
    while since < period.until:
        until = min(period.until, date(since.year + 1, 1, 1))
        yield Period(since, until)
        since = until
