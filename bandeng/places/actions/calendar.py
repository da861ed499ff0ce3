"""The working days of a year: taken from the published notice, corrected day by day."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.places.models import CalendarDay, CalendarYear
from bandeng.places.rules.calendar import Exceptional
from bandeng.trail.actions import record
from bandeng.trail.models import Thread


class WrongYear(Refused):
    """A day was entered under a year that it does not lie in."""


class UnknownYear(Refused):
    """Nobody has entered this year's notice yet."""


@action
def replace_year(
    *, year: int, source: str, days: Mapping[date, Exceptional], by: UUID, at: datetime
) -> CalendarYear:
    """Enter a year as its notice says, in place of what was known of it.

    Raises:
        WrongYear: a day of another year is among them.
    """
    for day in days:
        if day.year != year:
            raise WrongYear(_("%(day)s does not lie in %(year)s.") % {"day": day, "year": year})
    known = CalendarYear.objects.select_for_update().filter(year=year).first()
    row = known or CalendarYear(year=year, thread=Thread.objects.create())
    row.source = source
    row.save()
    row.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, year=row, works=said.works, name=said.name)
        for day, said in sorted(days.items())
    )
    _tell(row, "calendar.year_replaced" if known else "calendar.year_added", by, at, days, source)
    return row


@action
def set_day(
    *, day: date, works: bool | None, name: str, by: UUID, at: datetime
) -> CalendarDay | None:
    """Say that a day is off or worked, or (`works` None) that it is as its weekday says.

    Raises:
        UnknownYear: the year has to be entered first, with its source.
    """
    year = CalendarYear.objects.select_for_update().filter(year=day.year).first()
    if not year:
        raise UnknownYear(_("Enter the year %(year)s with its source first.") % {"year": day.year})
    row, said = None, {}
    year.days.filter(day=day).delete()
    if works is not None:
        row = CalendarDay.objects.create(day=day, year=year, works=works, name=name)
        said = {day: Exceptional(works, name)}
    _tell(year, "calendar.day_set", by, at, said, year.source, day=str(day))
    return row


def _tell(
    year: CalendarYear,
    verb: str,
    by: UUID,
    at: datetime,
    days: Mapping[date, Exceptional],
    source: str,
    **facts: str,
) -> None:
    record(
        thread=year.thread,
        verb=verb,
        by=by,
        subject=year.token,
        at=at,
        public={"year": year.year, "works": {str(day): said.works for day, said in days.items()}}
        | facts,
        names={"source": source, "days": {str(day): said.name for day, said in days.items()}},
    )
