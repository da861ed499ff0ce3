"""Areas, estates, buildings and homes: taken up."""

from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from bandeng.kit.act import action
from bandeng.places.models import Area, AreaSource, Building, Estate, Home
from bandeng.trail.actions import record
from bandeng.trail.models import Thread


@action
def add_area(*, code: str, name: str, since_on: date, by: UUID, at: datetime) -> Area:
    """Take up a division of the country under its 12-digit code."""
    area = Area.objects.create(
        code=code, name=name, period=DateRange(since_on, None), thread=Thread.objects.create()
    )
    record(
        thread=area.thread,
        verb="area.added",
        by=by,
        subject=area.token,
        at=at,
        public={"code": code},
        names={"name": name},
    )
    return area


@action
def add_estate(*, name: str, area: Area, address: str, by: UUID, at: datetime) -> Estate:
    """Take up an estate and start its story."""
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
    """Take up a building by the number on its wall."""
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
    """
    home = Home.objects.create(
        building=building,
        entrance=entrance,
        number=number,
        floor=floor,
        floor_area=floor_area,
        area_source=area_source,
    )
    record(thread=building.estate.thread, verb="home.added", by=by, subject=home.token, at=at)
    return home
