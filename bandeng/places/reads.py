"""Questions about places and working days."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bandeng.places.models import (
    Area,
    Building,
    BuildingAlias,
    CalendarYear,
    Estate,
    Management,
    ManagementStatus,
)
from bandeng.places.parameters import OFFICE_HOURS
from bandeng.places.rules.calendar import Calendar, Exceptional, Explanation, OfficeHours, Why
from bandeng.places.rules.roster.address import building_of
from bandeng.places.rules.roster.text import text_of


def calendar() -> Calendar:
    """Give the working days of every year that is known, in one query."""
    columns = ("year", "source", "days__day", "days__works", "days__name")
    rows = list(CalendarYear.objects.values_list(*columns))
    return Calendar(
        years={year: source for year, source, *_rest in rows},
        exceptions={day: Exceptional(works, name) for *_rest, day, works, name in rows if day},
        hours=tuple(OfficeHours(since_on, sessions) for since_on, sessions in OFFICE_HOURS),
    )


def why(*, explanation: Explanation) -> list[str]:
    """Say in sentences how a period came to its end."""
    said = []
    if explanation.skipped:
        words = {Why.WEEKEND: _("weekend")}
        named = (
            (off.day, off.name or words.get(off.why, _("day off"))) for off in explanation.skipped
        )
        days = _("; ").join(f"{day} {name}" for day, name in named)
        number = len(explanation.skipped)
        said.append(
            ngettext(
                "%(number)d day off does not count: %(days)s.",
                "%(number)d days off do not count: %(days)s.",
                number,
            )
            % {"number": number, "days": days}
        )
    if explanation.rolled:
        rolled = _("The last day, %(day)s, is a day off: the period ends on the next working day.")
        said.append(rolled % {"day": explanation.rolled_from})
    if explanation.uncertain:
        said.append(unknown_years(years=explanation.unknown_years))
    return said


def unknown_years(*, years: tuple[int, ...]) -> str:
    """Say that an answer rests on years whose holidays nobody has published or entered."""
    doubt = _(
        "The holidays of %(years)s are not entered yet: this counts weekdays alone and may change."
    )
    return doubt % {"years": _(", ").join(map(str, years))}


def area_on(*, code: str, on: date) -> Area | None:
    """Give an area as it was called on a day, or None if it did not exist."""
    return Area.objects.filter(code=code, period__contains=on).first()


def communities(*, on: date, typed: str = "") -> QuerySet[Area]:
    """Give the communities and villages of a day, all or those with `typed` in their name."""
    found = Area.objects.filter(period__contains=on, name__icontains=typed)
    return found.exclude(code__endswith="000").order_by("code")  # rules.areas: zeros are larger


def buildings_called(*, estate: Estate, number: str) -> QuerySet[Building]:
    """Find buildings by any number: the wall's, the sellers', the surveyors', the police's.

    Two parties may give the same number to two buildings: then both are found.
    """
    asked = building_of(text=text_of(cell=number))
    by_alias = BuildingAlias.objects.filter(estate=estate, number__in={asked, number})
    own = Q(number__iexact=asked) | Q(pk__in=by_alias.values("building"))
    return estate.buildings.filter(own).order_by("number")


def unmanaged_buildings(*, estate: Estate, on: date) -> QuerySet[Building]:
    """Give the buildings of which it is entered that nobody looked after them on a day."""
    nobody = Management.objects.filter(period__contains=on, status=ManagementStatus.NOBODY)
    return estate.buildings.filter(pk__in=nobody.values("building")).order_by("number")


def buildings_without_word(*, estate: Estate, on: date) -> QuerySet[Building]:
    """Give the buildings of which nothing is entered for a day: nobody knows."""
    known = Management.objects.filter(period__contains=on)
    return estate.buildings.exclude(pk__in=known.values("building")).order_by("number")
