"""When something is to be done, as people say it."""

from datetime import datetime, timedelta
from enum import StrEnum


class Slot(StrEnum):
    """How soon."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


def slot(*, due_at: datetime, runs: bool, now: datetime, day_ends: datetime) -> Slot:
    """Say how soon a thing is due: by now, today, in the six days after, or later.

    `runs` is False while its clock rests or is over: then it is never overdue.
    """
    if runs and due_at < now:
        return Slot.OVERDUE
    if due_at <= day_ends:
        return Slot.TODAY
    return Slot.WEEK if due_at <= day_ends + timedelta(days=6) else Slot.LATER
