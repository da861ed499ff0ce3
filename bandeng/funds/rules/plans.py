"""How a plan by instalments goes: payments fill its parts in their order. Sums in fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bandeng.funds.rules.dues import Instalment, progress


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment with what has come of it."""

    on: date
    amount: int
    paid: int

    @property
    def open(self) -> int:
        """Give what is missing."""
        return self.amount - self.paid


@dataclass(frozen=True, slots=True)
class Course:
    """Where a plan stands on a day: `behind` should have come before this day and has not."""

    parts: tuple[Part, ...]
    behind: int
    paid: int
    left: int

    @property
    def next(self) -> Part | None:
        """Give the first instalment that is not complete."""
        return next((part for part in self.parts if part.open), None)

    @property
    def missed(self) -> tuple[Part, ...]:
        """Give the instalments that are behind, as far as `behind` goes."""
        missed, rest = [], self.behind
        for part in self.parts:
            if part.open and rest > 0:
                missed.append(part)
                rest -= part.open
        return tuple(missed)


def course(*, plan: Sequence[Instalment], paid: int, on: date) -> Course:
    """Fill the instalments in their order. An instalment of today is not late yet."""
    rest, parts = paid, []
    for one in plan:
        came = min(rest, one.amount)
        rest -= came
        parts.append(Part(one.on, one.amount, came))
    before = date.fromordinal(on.toordinal() - 1)
    total = sum(one.amount for one in plan)
    found = progress(plan=plan, paid=paid, on=before)
    return Course(tuple(parts), found.behind, min(paid, total), max(0, total - paid))


class NoPlan(Exception):  # noqa: N818
    """The instalments are no plan: `code` says why, `expected` what would do."""

    def __init__(self, code: str, expected: object = "") -> None:
        super().__init__(code)
        self.code, self.expected = code, expected


def check(*, plan: Sequence[Instalment], total: int, on: date, most: int) -> None:
    """Ask whether these instalments pay exactly a sum, one after the other, from a day on.

    Raises:
        NoPlan: none or too many, a sum of nothing, days that go back, or another total.
    """
    if not 1 <= len(plan) <= most:
        raise NoPlan("number", most)
    if any(one.amount <= 0 for one in plan):
        raise NoPlan("nothing")
    days = [one.on for one in plan]
    if days != sorted(set(days)):
        raise NoPlan("order")
    if days[0] < on:
        raise NoPlan("past", on)
    if (given := sum(one.amount for one in plan)) != total:
        raise NoPlan("sum", given)
