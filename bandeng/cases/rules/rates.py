"""Rates that say what they were counted from. Pure: no database, no clock.

A rate is of cases and their reporters' answers, never of a person. Without a denominator
there is no rate: "no data", not 0 %.

Source: 北京市接诉即办工作条例 art. 32 names 响应率, 解决率, 满意率 and gives no formula; these are
plain shares of the reporters reached, with everyone left out counted and named.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Solved(StrEnum):
    """Was it solved?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Satisfied(StrEnum):
    """Was the reporter content with how it was done?"""

    VERY = "very"
    YES = "yes"
    BASICALLY = "basically"
    NO = "no"


CONTENT = frozenset({Satisfied.VERY, Satisfied.YES})


class Excluded(StrEnum):
    """Why a report or a case is not in a rate's denominator."""

    NO_ANSWER = "no_answer"
    NOT_REACHED = "not_reached"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"  # answered, but not this question
    JOINED = "joined"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Rate:
    """A share with everything it was counted from."""

    numerator: int
    denominator: int
    excluded: Mapping[Excluded, int] = field(default_factory=dict)

    @property
    def share(self) -> Fraction | None:
        """The rate itself; None means "no data"."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True)
class Said:
    """What is known of one report when rates are counted."""

    excluded: Excluded | None = None
    contacted: bool | None = None
    solved: Solved | None = None
    satisfied: Satisfied | None = None


def rate(*, said: Iterable[tuple[bool | Excluded, int]]) -> Rate:
    """Count: True and False make the denominator, everything else is left out by its reason."""
    numerator = denominator = 0
    excluded: dict[Excluded, int] = {}
    for one, n in said:
        if isinstance(one, Excluded):
            excluded[one] = excluded.get(one, 0) + n
        else:
            numerator, denominator = numerator + one * n, denominator + n
    return Rate(numerator, denominator, excluded)


def three_rates(*, reports: Mapping[Said, int]) -> dict[str, Rate]:
    """Give the response, solved and satisfied rates; `reports` says how many said what.

    Returns: {"response", "solved", "satisfied"}; "satisfied" counts very satisfied and
    satisfied, "solved" only a plain yes.
    """
    questions: dict[str, Callable[[Said], bool | None]] = {
        "response": lambda one: one.contacted,
        "solved": lambda one: _is(one.solved, {Solved.YES}),
        "satisfied": lambda one: _is(one.satisfied, CONTENT),
    }
    return {
        name: rate(said=[(_told(one, ask(one)), n) for one, n in reports.items()])
        for name, ask in questions.items()
    }


def _is(answer: StrEnum | None, good: Collection[StrEnum]) -> bool | None:
    return None if answer is None else answer in good


def _told(one: Said, answer: bool | None) -> bool | Excluded:
    return one.excluded or (Excluded.SILENT if answer is None else answer)
