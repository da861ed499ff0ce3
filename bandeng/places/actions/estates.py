"""Estates and their buildings: taken up, corrected, under which numbers, looked after by whom."""

from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.places.models import (
    AliasKind,
    Area,
    Building,
    BuildingAlias,
    Estate,
    Management,
    ManagementStatus,
)
from bandeng.trail.actions import record
from bandeng.trail.models import Thread


class NameTaken(Refused):
    """An estate of this name, or a building of this number, is there already."""


class AliasTaken(Refused):
    """The number already means another building."""


class ManagementIsLater(Refused):
    """Something that begins later is already entered."""


@action
def add_estate(*, name: str, area: Area, address: str, by: UUID, at: datetime) -> Estate:
    """Take up an estate and start its story.

    Raises:
        NameTaken: its area has one of this name.
    """
    if Estate.objects.filter(area__code=area.code, name=name).exists():
        raise NameTaken(_("%(name)s is already there.") % {"name": name})
    estate = Estate.objects.create(
        name=name, area=area, address=address, thread=Thread.objects.create()
    )
    record(
        thread=estate.thread,
        verb="estate.added",
        by=by,
        subject=estate.token,
        at=at,
        public={"area": area.code},
        names={"name": name},
    )
    return estate


@action
def add_building(*, estate: Estate, number: str, by: UUID, at: datetime) -> Building:
    """Take up a building by the number on its wall.

    Raises:
        NameTaken: the estate has one of this number.
    """
    if estate.buildings.filter(number=number).exists():
        raise NameTaken(_("%(name)s is already there.") % {"name": number})
    building = Building.objects.create(estate=estate, number=number)
    record(
        thread=estate.thread,
        verb="building.added",
        by=by,
        subject=building.token,
        at=at,
        names={"number": number},
    )
    return building


@action
def change_estate(
    *, estate: Estate, name: str, address: str, area: Area, by: UUID, at: datetime
) -> Estate:
    """Correct an estate's name, address or community."""
    if Estate.objects.filter(area__code=area.code, name=name).exclude(pk=estate.pk).exists():
        raise NameTaken(_("%(name)s is already there.") % {"name": name})
    changed = Estate.objects.select_for_update().get(pk=estate.pk)
    changed.name, changed.address, changed.area = name, address, area
    changed.save(update_fields=["name", "address", "area"])
    record(
        thread=changed.thread,
        verb="estate.changed",
        by=by,
        subject=changed.token,
        at=at,
        public={"area": area.code},
        names={"name": name},
    )
    return changed


@action
def add_alias(
    *, building: Building, kind: AliasKind, number: str, by: UUID, at: datetime
) -> BuildingAlias:
    """Enter the number under which sellers, surveyors or the police know a building.

    Raises:
        AliasTaken: it means another building of the estate.
    """
    estate = building.estate
    taken = BuildingAlias.objects.filter(estate=estate, kind=kind, number=number).first()
    if taken:
        told = _("%(number)s already means %(building)s.")
        raise AliasTaken(told % {"number": number, "building": taken.building})
    alias = BuildingAlias.objects.create(estate=estate, building=building, kind=kind, number=number)
    _tell(building, "alias.added", by, at, {"kind": kind}, number)
    return alias


@action
def remove_alias(*, alias: BuildingAlias, by: UUID, at: datetime) -> None:
    """Take back a number that was entered wrongly; the trail keeps it."""
    _tell(alias.building, "alias.removed", by, at, {"kind": alias.kind}, alias.number)
    alias.delete()


@action
def set_management(
    *,
    building: Building,
    status: ManagementStatus,
    since_on: date,
    company: UUID | None = None,
    company_name: str = "",
    by: UUID,
    at: datetime,
) -> Management:
    """Say who looks after a building from a day on; what was before ends there.

    Raises:
        ManagementIsLater: what is entered begins on that day or later.
    """
    Building.objects.select_for_update().get(pk=building.pk)
    last = building.managements.order_by("-period").first()
    if last and last.period.lower and last.period.lower >= since_on:
        later = _("From %(day)s on somebody is already entered.")
        raise ManagementIsLater(later % {"day": last.period.lower})
    if last and (last.period.upper is None or last.period.upper > since_on):
        last.period = DateRange(last.period.lower, since_on)
        last.save(update_fields=["period"])
    new = Management.objects.create(
        building=building,
        status=status,
        company=company,
        company_name=company_name,
        period=DateRange(since_on, None),
    )
    _tell(building, "management.set", by, at, {"status": status, "since": str(since_on)})
    return new


def _tell(
    building: Building,
    verb: str,
    by: UUID,
    at: datetime,
    facts: dict[str, str],
    number: str = "",
) -> None:
    names = {"building": building.number} | ({"number": number} if number else {})
    record(
        thread=building.estate.thread,
        verb=verb,
        by=by,
        subject=building.token,
        at=at,
        public=facts,
        names=names,
    )
