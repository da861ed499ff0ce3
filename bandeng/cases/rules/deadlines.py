"""How long a body has, counted and explained. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bandeng.places.rules.calendar import Calendar, Explanation, Unit, local_day


@dataclass(frozen=True)
class Limit:
    """A number of units and who says so."""

    n: int
    unit: Unit
    source: str


def due(*, calendar: Calendar, start: datetime, limit: Limit) -> Explanation:
    """Give the last moment in time; the day of the event is not counted."""
    return calendar.add(start=start, n=limit.n, unit=limit.unit)


def after_pause(*, calendar: Calendar, start: datetime, limit: Limit, paused: int) -> Explanation:
    """Give the last moment in time when the clock rested for `paused` of the limit's units."""
    return calendar.add(start=start, n=limit.n + paused, unit=limit.unit)


def units_between(*, calendar: Calendar, start: datetime, end: datetime, unit: Unit) -> int:
    """Count the units of a limit that a pause took: whole ones, begun ones included."""
    if unit is Unit.WORKING_HOURS:
        seconds = calendar.working_time_between(start=start, end=end).total_seconds()
        return -int(-seconds // 3600)
    if unit is Unit.HOURS:
        return -int(-(end - start).total_seconds() // 3600)
    first, last = local_day(at=start), local_day(at=end)
    if unit is Unit.WORKING_DAYS:
        return calendar.working_days_between(start=first, end=last)
    return (last - first).days


def stored(*, explanation: Explanation, limit: Limit, calendar: Calendar) -> dict[str, Any]:
    """Give what is kept beside a case, so that its date can be understood and recomputed."""
    return {
        "start": explanation.start.isoformat(),
        "n": explanation.n,
        "unit": explanation.unit,
        "source": limit.source,
        "end": explanation.end.isoformat(),
        "skipped": [
            {"day": off.day.isoformat(), "why": off.why, "name": off.name}
            for off in explanation.skipped
        ],
        "rolled_from": explanation.rolled_from and explanation.rolled_from.isoformat(),
        "unknown_years": list(explanation.unknown_years),
        "calendar": sorted({calendar.years[y] for y in _years(explanation) if y in calendar.years}),
    }


def _years(explanation: Explanation) -> range:
    return range(local_day(at=explanation.start).year, explanation.last_day.year + 1)
