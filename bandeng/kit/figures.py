"""A named number as the rooms give it: what it says, what it means, what was counted.

A room's `figures.py` holds functions of one shape, which never write and take their
subject by name:

    def buildings(*, estate: Estate, at: datetime) -> Figure
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Value = int | float | str | date | None  # None: there is no data
Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row behind a figure, as it is called.

    `public` is what everybody may read of it (a home is "Building 3, a home"), `name` what
    those read who may see the row itself; `link` opens it and asks for permission again.
    """

    public: str
    name: str
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A named number, with its definition, its moment and the records behind it.

    `records` is what was counted: a QuerySet in a fixed order, or a list. `called`
    tells what one of them is called. `leaves` says what of the signed log stands behind it:
    a source of the log and the numbers of its rows.
    """

    value: Value
    unit: Words
    definition: Words
    as_of: datetime
    records: QuerySet[Any] | Sequence[Any]
    called: Callable[[Any], Record]
    leaves: tuple[str, QuerySet[Any, int]] | None = None

    @property
    def count(self) -> int:
        """How many records stand behind the figure."""
        if isinstance(self.records, QuerySet):
            return self.records.count()
        return len(self.records)


def share(*, part: int, whole: int) -> float | None:
    """Give part of whole, or no data where there is nothing to share."""
    return part / whole if whole else None
