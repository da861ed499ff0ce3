"""Homes: taken up, corrected, and what is true of them in which period."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.places.models import AreaSource, Building, Home, HomeCondition, HomeState
from bandeng.trail.actions import record


class HomeTaken(Refused):
    """The building has this home already."""


class StateKnown(Refused):
    """The same is already true of the home."""


class StateEnded(Refused):
    """A state ends once, and not before it began."""


@action
def add_home(
    *,
    building: Building,
    entrance: str,
    number: str,
    floor: int | None = None,
    floor_area: int | None = None,
    area_source: str = AreaSource.UNKNOWN,
    by: UUID,
    at: datetime,
) -> Home:
    """Take up one home.

    Units: `floor_area` in 0.01 m².

    Raises:
        HomeTaken: the building has it already.
    """
    if building.homes.filter(entrance=entrance, number=number).exists():
        raise HomeTaken(_("%(building)s already has this home.") % {"building": building})
    home = Home.objects.create(
        building=building,
        entrance=entrance,
        number=number,
        floor=floor,
        floor_area=floor_area,
        area_source=area_source,
    )
    _tell(home, "home.added", by, at, {})
    return home


@action
def change_home(
    *,
    home: Home,
    floor: int | None,
    floor_area: int | None,
    area_source: str,
    by: UUID,
    at: datetime,
) -> Home:
    """Correct a home's floor and area, and say which document the area comes from.

    Units: `floor_area` in 0.01 m².
    """
    changed = Home.objects.select_for_update().get(pk=home.pk)
    changed.floor, changed.floor_area, changed.area_source = floor, floor_area, area_source
    changed.save(update_fields=["floor", "floor_area", "area_source"])
    private = {"floor": floor, "floor_area": floor_area, "area_source": area_source}
    _tell(changed, "home.changed", by, at, private)
    return changed


@action
def set_state(
    *,
    home: Home,
    condition: HomeCondition,
    since_on: date,
    source: str,
    by: UUID,
    at: datetime,
) -> HomeState:
    """Say that something is true of a home from a day on, and who says so.

    Raises:
        StateKnown: it is already entered for that day or later.
    """
    period = DateRange(since_on, None)
    if home.states.filter(condition=condition, period__overlap=period).exists():
        raise StateKnown(_("This is already entered."))
    state = HomeState.objects.create(home=home, condition=condition, period=period, source=source)
    private = {"condition": condition, "since": str(since_on), "source": source}
    _tell(home, "home.state_set", by, at, private)
    return state


@action
def end_state(*, state: HomeState, until_on: date, by: UUID, at: datetime) -> HomeState:
    """Say that something is no longer true; `until_on` is the first day without it.

    Raises:
        StateEnded: it has ended already, or had not begun.
    """
    ended = HomeState.objects.select_for_update().get(pk=state.pk)
    since = ended.period.lower
    if ended.period.upper is not None or (since and until_on <= since):
        raise StateEnded(_("This has already ended, or had not begun by that day."))
    ended.period = DateRange(since, until_on)
    ended.save(update_fields=["period"])
    private = {"condition": ended.condition, "until": str(until_on)}
    _tell(ended.home, "home.state_ended", by, at, private)
    return ended


def _tell(home: Home, verb: str, by: UUID, at: datetime, private: dict[str, Any]) -> None:
    thread = home.building.estate.thread
    record(thread=thread, verb=verb, by=by, subject=home.token, at=at, private=private)
