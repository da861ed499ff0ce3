"""When a case may be closed, and as what. Pure: no database, no clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bandeng.cases.rules.rates import Solved


class Obstacle(StrEnum):
    """Why a case may not be closed like this."""

    NOT_ASKED = "not_asked"
    STILL_WAITING = "still_waiting"
    MOST_SAY_NO = "most_say_no"


@dataclass(frozen=True)
class Asked:
    """How far the question "was it solved?" has come for one case."""

    asked_at: datetime | None
    people: int
    answers: Collection[Solved]
    unreachable: int = 0

    @property
    def missing(self) -> int:
        """How many have neither answered nor been found unreachable."""
        return max(self.people - len(self.answers) - self.unreachable, 0)


def obstacle(*, asked: Asked, solved: bool, at: datetime, days: int) -> Obstacle | None:
    """Say what stands against closing, or None.

    The people concerned were asked and have answered, or `days` calendar days have passed.
    Solved is what more than half of those who answered call solved, in whole; whoever is
    silent is not counted on either side.

    Units: `days` in calendar days of 24 hours.
    """
    if asked.asked_at is None:
        return Obstacle.NOT_ASKED
    if asked.missing and at < asked.asked_at + timedelta(days=days):
        return Obstacle.STILL_WAITING
    yes = sum(answer is Solved.YES for answer in asked.answers)
    return (
        Obstacle.MOST_SAY_NO if solved and asked.answers and 2 * yes <= len(asked.answers) else None
    )


def can_reopen(*, closed_at: datetime | None, at: datetime, days: int) -> bool:
    """Tell whether it is still time to take a case up again.

    Units: `days` in calendar days of 24 hours.
    """
    return closed_at is None or at <= closed_at + timedelta(days=days)
