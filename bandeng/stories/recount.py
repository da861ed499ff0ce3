"""The page's numbers once more, by plain loops over rows.

Nothing is shared with the rooms' figures: where both agree, neither is likely to be wrong.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from bandeng.cases.models import Case, CaseBuilding, Report
from bandeng.funds.models import Due, Receivable, SupervisedAccount, Transfer
from bandeng.places.models import Building, Estate, Home, HomeState
from bandeng.stories.models import FigureKey

SHANGHAI = timezone(timedelta(hours=8))


def recount(*, key: FigureKey) -> Any:
    """Count again what stands behind a figure.

    Raises:
        KeyError: a figure was built, and nobody taught it here.
    """
    return COUNTS[key.source](key.subject)


def _rows(model: Any) -> list[Any]:
    return list(model.objects.all())


def _one(model: Any, token: UUID | None) -> Any:
    return next(row for row in _rows(model) if row.token == token)


def _buildings(token: UUID | None) -> int:
    estate = _one(Estate, token)
    return sum(1 for building in _rows(Building) if building.estate_id == estate.pk)


def _homes(token: UUID | None) -> int:
    estate = _one(Estate, token)
    mine = {building.pk for building in _rows(Building) if building.estate_id == estate.pk}
    return sum(1 for home in _rows(Home) if home.building_id in mine)


def _reported(case: Any) -> list[datetime]:
    return [
        report.at
        for report in _rows(Report)
        if report.case_id == case.pk and report.withdrawn_at is None
    ]


def _stuck_since(token: UUID | None) -> int | None:
    years = (at.astimezone(SHANGHAI).year for at in _reported(_one(Case, token)))
    return min(years, default=None)


def _homes_at_risk(token: UUID | None) -> int:
    case, today = _one(Case, token), datetime.now(UTC).astimezone(SHANGHAI).date()  # noqa: TID251
    affected = {row.building_id for row in _rows(CaseBuilding) if row.case_id == case.pk}
    lived_in = set()
    for state in _rows(HomeState):
        begun = state.period.lower is None or state.period.lower <= today
        ended = state.period.upper is not None and state.period.upper <= today
        if state.condition == "occupied" and begun and not ended:
            lived_in.add(state.home_id)
    return sum(1 for home in _rows(Home) if home.building_id in affected and home.pk in lived_in)


def _days_to_safe(token: UUID | None) -> int | None:
    case = _one(Case, token)
    if case.made_safe_at is None or not _reported(case):
        return None
    first = min(_reported(case)).astimezone(SHANGHAI).date()
    return int((case.made_safe_at.astimezone(SHANGHAI).date() - first).days)


def _owed(token: UUID | None) -> dict[int, int]:
    account = _one(SupervisedAccount, token)
    places = {row.pk for row in _rows(Receivable) if row.account_id == account.pk}
    back = {row.reverses_id for row in _rows(Transfer) if row.reverses_id is not None}
    owed: dict[int, int] = {}
    for due in _rows(Due):
        if due.receivable_id in places and due.billing_id not in back:
            owed[due.receivable_id] = owed.get(due.receivable_id, 0) + due.amount
    return owed


COUNTS: dict[str, Callable[[UUID | None], Any]] = {
    "places.buildings": _buildings,
    "places.homes": _homes,
    "cases.stuck_since": _stuck_since,
    "cases.homes_at_risk": _homes_at_risk,
    "cases.days_to_safe": _days_to_safe,
    "funds.homes_in_arrears": lambda token: len(_owed(token)),
    "funds.arrears": lambda token: sum(_owed(token).values()),
}
