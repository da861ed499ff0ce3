"""Questions about places and working days."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bandeng.places.models import CalendarYear
from bandeng.places.parameters import OFFICE_HOURS
from bandeng.places.rules.calendar import Calendar, Exceptional, Explanation, OfficeHours, Why


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
        days = _("; ").join(
            f"{off.day} {off.name or (_('weekend') if off.why is Why.WEEKEND else _('day off'))}"
            for off in explanation.skipped
        )
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
