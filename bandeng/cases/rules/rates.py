"""Rates that say what they were counted from. Pure: no database, no clock.

A rate is of cases and their reporters' answers, never of a person. Without a denominator
there is no rate: "no data", not 0 %.

Source: 北京市接诉即办工作条例 art. 32 names 响应率, 解决率, 满意率 and gives no formula; these are
plain shares of the reporters reached, with everyone left out counted and named.
"""

from collections.abc import Collection, Iterable, Mapping
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
    """Why a report is not in a rate's denominator."""

    NOT_ASKED = "not_asked"
    NO_ANSWER = "no_answer"
    NOT_REACHED = "not_reached"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"  # answered, but not this question


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


def rate(*, said: Iterable[bool | Excluded]) -> Rate:
    """Count: True and False make the denominator, everything else is left out by its reason."""
    numerator = denominator = 0
    excluded: dict[Excluded, int] = {}
    for one in said:
        if isinstance(one, Excluded):
            excluded[one] = excluded.get(one, 0) + 1
        else:
            numerator, denominator = numerator + one, denominator + 1
    return Rate(numerator, denominator, excluded)


def three_rates(*, reports: Iterable[Said]) -> dict[str, Rate]:
    """Give the response, solved and satisfied rates over the reports of a period.

    Returns: {"response", "solved", "satisfied"}; "satisfied" counts very satisfied and
    satisfied, "solved" only a plain yes.
    """
    known = list(reports)
    return {
        "response": rate(said=[_told(one, one.contacted) for one in known]),
        "solved": rate(said=[_told(one, _is(one.solved, {Solved.YES})) for one in known]),
        "satisfied": rate(said=[_told(one, _is(one.satisfied, CONTENT)) for one in known]),
    }


def _is(answer: StrEnum | None, good: Collection[StrEnum]) -> bool | None:
    return None if answer is None else answer in good


def _told(one: Said, answer: bool | None) -> bool | Excluded:
    return one.excluded or (Excluded.SILENT if answer is None else answer)
