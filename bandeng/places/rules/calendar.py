"""How a period of time runs out, and why on that day. Pure: no database, no clock.

The day of the event is not counted; a period of months ends on the corresponding day,
else on the month's last; an end on a day off rolls to the next working day where the rule
says so; the last day ends at 24:00, or when the office closes. Hours run from the event.

Source: 民法典 art. 201-203. That weekends are days off here, and make-up days are not, is
practice; whether a rule counts working days or rolls is said by the rule itself.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
SATURDAY = 5
DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a period is counted in."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class Why(StrEnum):
    """Why a day does not count."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Exceptional:
    """A day that the year's notice names: off, or made up for."""

    works: bool
    name: str


@dataclass(frozen=True)
class DayOff:
    """A day that did not count, and why."""

    day: date
    why: Why
    name: str = ""


@dataclass(frozen=True)
class OfficeHours:
    """When the office is open on a working day, from `since_on` on; sessions in order."""

    since_on: date
    sessions: tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class Explanation:
    """A period's end, and how it came about.

    `end` is the last moment that is still in time (24:00 is spelled as the day's last
    microsecond, so that its date is the last day). `unknown_years` are years without a
    published calendar that the answer rests on: then it is only what the weekdays say.
    """

    start: datetime
    n: int
    unit: Unit
    end: datetime
    skipped: tuple[DayOff, ...] = ()
    rolled_from: date | None = None
    unknown_years: tuple[int, ...] = ()

    @property
    def last_day(self) -> date:
        """The day on which the period ends, in local time."""
        return self.end.astimezone(ZONE).date()

    @property
    def rolled(self) -> bool:
        """Whether the end fell on a day off and moved on."""
        return self.rolled_from is not None

    @property
    def uncertain(self) -> bool:
        """Whether a year without a published calendar took part."""
        return bool(self.unknown_years)


@dataclass(frozen=True)
class Calendar:
    """The working days of the known years: `years` says where each is published."""

    years: Mapping[int, str]
    exceptions: Mapping[date, Exceptional]
    hours: tuple[OfficeHours, ...] = field(default=())

    def is_known(self, *, day: date) -> bool:
        """Tell whether the day's year is published; if not, the weekday alone speaks."""
        return day.year in self.years

    def day_off(self, *, day: date) -> DayOff | None:
        """Say why `day` is off, or give None for a working day."""
        named = self.exceptions.get(day)
        if named:
            return None if named.works else DayOff(day, Why.HOLIDAY, named.name)
        return DayOff(day, Why.WEEKEND) if day.weekday() >= SATURDAY else None

    def is_working_day(self, *, day: date) -> bool:
        """Tell whether offices work on `day`; ask `is_known` too."""
        return self.day_off(day=day) is None

    def add(self, *, start: datetime, n: int, unit: Unit, rolls: bool = True) -> Explanation:
        """End a period of `n` units that begins with an event at `start`.

        `rolls` matters for days and months alone.
        """
        if unit is Unit.WORKING_DAYS:
            return self.add_working_days(start=start, n=n)
        if unit is Unit.WORKING_HOURS:
            return self.add_working_hours(start=start, n=n)
        if unit is Unit.HOURS:
            return Explanation(start, _counted(n), unit, start + timedelta(hours=n))
        last = _months_on(local_day(at=start), n) if unit is Unit.MONTHS else None
        return self._by_calendar(start, n, unit, last or local_day(at=start) + n * DAY, rolls)

    def add_days(self, *, start: datetime, n: int, rolls: bool = True) -> Explanation:
        """End a period of calendar days; the day of the event is not counted."""
        return self.add(start=start, n=n, unit=Unit.DAYS, rolls=rolls)

    def add_months(self, *, start: datetime, n: int, rolls: bool = True) -> Explanation:
        """End a period of months on the corresponding day, else on the month's last."""
        return self.add(start=start, n=n, unit=Unit.MONTHS, rolls=rolls)

    def add_working_days(self, *, start: datetime, n: int) -> Explanation:
        """End a period of working days; the day of the event is not counted."""
        left, day, first = _counted(n), local_day(at=start), local_day(at=start)
        while left or not self.is_working_day(day=day):
            day += DAY
            left -= left > 0 and self.is_working_day(day=day)
        looked_at = first + DAY if n else first
        return self._explained(start, n, Unit.WORKING_DAYS, end_of(day=day), looked_at)

    def add_working_hours(self, *, start: datetime, n: int) -> Explanation:
        """End a period of hours that run only while the office is open."""
        left = timedelta(hours=_counted(n))
        for opens, closes in self._sessions(start):
            begins = max(opens, start.astimezone(ZONE))
            if begins + left <= closes:
                end, first = begins + left, local_day(at=start)
                return self._explained(start, n, Unit.WORKING_HOURS, end, first)
            left -= max(closes - begins, timedelta())
        raise ValueError("the calendar has no office hours")

    def working_days_between(self, *, start: date, end: date) -> int:
        """Count the working days after `start` up to and with `end`."""
        days = (start + n * DAY for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day=day) for day in days)

    def working_time_between(self, *, start: datetime, end: datetime) -> timedelta:
        """Sum the time for which the office was open from `start` to `end`."""
        total = timedelta()
        for opens, closes in self._sessions(start):
            if opens >= end:
                break
            total += max(min(closes, end) - max(opens, start), timedelta())
        return total

    def _sessions(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = local_day(at=start)
        while self.hours and day.year < date.max.year:
            if self.is_working_day(day=day):
                for opens, closes in self._hours_on(day):
                    yield datetime.combine(day, opens, ZONE), datetime.combine(day, closes, ZONE)
            day += DAY

    def _hours_on(self, day: date) -> tuple[tuple[time, time], ...]:
        valid = [hours for hours in self.hours if hours.since_on <= day]
        return max(valid, key=lambda hours: hours.since_on).sessions if valid else ()

    def _by_calendar(
        self, start: datetime, n: int, unit: Unit, last: date, rolls: bool
    ) -> Explanation:
        _counted(n)
        if not rolls:
            return Explanation(start, n, unit, end_of(day=last))
        day = last
        while not self.is_working_day(day=day):
            day += DAY
        rolled_from = last if day != last else None
        return self._explained(start, n, unit, end_of(day=day), last, rolled_from)

    def _explained(
        self,
        start: datetime,
        n: int,
        unit: Unit,
        end: datetime,
        looked_at: date,
        rolled_from: date | None = None,
    ) -> Explanation:
        """Name the days off among those looked at, and the years that nobody has published."""
        last = local_day(at=end)
        days = [looked_at + n * DAY for n in range((last - looked_at).days + 1)]
        skipped = tuple(off for day in days if (off := self.day_off(day=day)))
        unknown = sorted({day.year for day in days} - set(self.years))
        return Explanation(start, n, unit, end, skipped, rolled_from, tuple(unknown))


def local_day(*, at: datetime) -> date:
    """Give the day on which a moment falls here."""
    return at.astimezone(ZONE).date()


def end_of(*, day: date) -> datetime:
    """Give the day's last moment, 24:00."""
    return datetime.combine(day, time.max, ZONE)


def _counted(n: int) -> int:
    if n < 0:
        raise ValueError("a period does not run backwards")
    return n


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
