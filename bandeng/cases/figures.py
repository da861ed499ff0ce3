"""What can be said of one case in one number."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bandeng.cases.models import Case, Report
from bandeng.kit.figures import Figure, Record
from bandeng.places.figures import home_record
from bandeng.places.models import Home, HomeCondition
from bandeng.places.rules.calendar import local_day
from bandeng.trail.reads import entries_of


def stuck_since(*, case: Case, at: datetime) -> Figure:
    """Give the year in which the matter was first reported.

    Returns: a year as number; no data where nobody reported it.
    """
    records = _reports(case, at)
    first = records.first()
    return Figure(
        value=local_day(at=first.at).year if first else None,
        unit="",
        definition=gettext_lazy("Year of the earliest report that follows the case."),
        as_of=at,
        records=records,
        called=_report,
        leaves=entries_of(threads=[case.thread], verbs=["report.received"]),
    )


def homes_at_risk(*, case: Case, at: datetime) -> Figure:
    """Count the homes in the affected buildings that were occupied on that day."""
    records = Home.objects.filter(
        building__casebuilding__case=case,
        states__condition=HomeCondition.OCCUPIED,
        states__period__contains=local_day(at=at),
    ).select_related("building")
    building = (Length("building__number"), "building__number")
    return Figure(
        value=records.count(),
        unit=gettext_lazy("households"),
        definition=gettext_lazy("Occupied homes, on that day, in the buildings the case affects."),
        as_of=at,
        records=records.order_by(*building, "entrance", "floor", "number"),
        called=lambda home: home_record(home=home),
        leaves=entries_of(
            threads=[case.thread, *([case.estate.thread] if case.estate else [])],
            verbs=["case.buildings_named", "roster.imported", "home.state_set", "home.state_ended"],
        ),
    )


def days_to_safe(*, case: Case, at: datetime) -> Figure:
    """Count the days from a hazard's first report to the moment it was made safe.

    Returns: calendar days, the day of the report not counted; no data while it is dangerous.
    """
    records = _reports(case, at)
    first, safe = records.first(), case.made_safe_at
    days = None
    if first and safe and safe <= at:
        days = (local_day(at=safe) - local_day(at=first.at)).days
    return Figure(
        value=days,
        unit=gettext_lazy("days"),
        definition=gettext_lazy(
            "Calendar days from the first report of the hazard to the moment it was made safe; "
            "the day of the report is not counted."
        ),
        as_of=at,
        records=records,
        called=_report,
        leaves=entries_of(threads=[case.thread], verbs=["report.received", "case.made_safe"]),
    )


def _reports(case: Case, at: datetime) -> QuerySet[Report]:
    return (
        Report.objects.filter(case=case, at__lte=at, withdrawn_at=None)
        .select_related("case")
        .order_by("at", "pk")
    )


def _report(report: Report) -> Record:
    day = date_format(localtime(report.at), "DATE_FORMAT")
    public = _("A report of %(day)s") % {"day": day}
    return Record(public=public, name=report.number, link=report.case.get_absolute_url())
