"""The same numbers once more, by plain loops over rows: no code is shared with figures."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from bandeng.cases.models import Case, CaseBuilding, Report
from bandeng.places.models import Building, Estate, Home, HomeState

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _rows(model):
    return [model.objects.get(pk=pk) for pk in model.objects.values_list("pk", flat=True)]


def _buildings_of(estate):
    return {b.pk for b in _rows(Building) if b.estate_id == estate.pk}


def _homes_of(estate):
    mine = _buildings_of(estate)
    return [home for home in Home.objects.all() if home.building_id in mine]


def _estate(token):
    for estate in _rows(Estate):
        if estate.token == token:
            return estate
    raise LookupError(token)


def buildings(subject):
    return len(_buildings_of(_estate(subject)))


def homes(subject):
    return len(_homes_of(_estate(subject)))


def _case(token):
    for case in _rows(Case):
        if case.token == token:
            return case
    raise LookupError(token)


def _local_days_reported(case):
    mine = [r for r in _rows(Report) if r.case_id == case.pk and r.withdrawn_at is None]
    return sorted(report.at.astimezone(SHANGHAI).date() for report in mine)


def stuck_since(subject):
    days = _local_days_reported(_case(subject))
    return days[0].year if days else None


def homes_at_risk(subject):
    case, today = _case(subject), timezone.now().astimezone(SHANGHAI).date()
    affected = {row.building_id for row in _rows(CaseBuilding) if row.case_id == case.pk}
    occupied = set()
    for state in HomeState.objects.all():
        if state.condition == "occupied" and state.period.lower <= today:
            if state.period.upper is None or today < state.period.upper:
                occupied.add(state.home_id)
    return sum(
        1 for home in Home.objects.all() if home.building_id in affected and home.pk in occupied
    )


def days_to_safe(subject):
    case = _case(subject)
    days = _local_days_reported(case)
    if case.made_safe_at is None or not days:
        return None
    return (case.made_safe_at.astimezone(SHANGHAI).date() - days[0]).days


COUNTS = {
    "places.buildings": buildings,
    "places.homes": homes,
    "cases.stuck_since": stuck_since,
    "cases.homes_at_risk": homes_at_risk,
    "cases.days_to_safe": days_to_safe,
}
