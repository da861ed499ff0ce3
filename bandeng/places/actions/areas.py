"""Areas: divisions of the country, as they were called in which period."""

from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.places.models import Area, Estate
from bandeng.trail.actions import record
from bandeng.trail.models import Thread


class CodeTaken(Refused):
    """The code already means an area in that period."""


class AreaInUse(Refused):
    """An abolished area must have handed over its estates."""


class WrongDay(Refused):
    """An area's period cannot end before it began."""


@action
def add_area(*, code: str, name: str, since_on: date, by: UUID, at: datetime) -> Area:
    """Take up a division of the country under its 12-digit code.

    Raises:
        CodeTaken: the code has a name on that day or later.
    """
    if Area.objects.filter(code=code, period__overlap=DateRange(since_on, None)).exists():
        raise CodeTaken(_("%(code)s already means an area.") % {"code": code})
    area = Area.objects.create(
        code=code, name=name, period=DateRange(since_on, None), thread=Thread.objects.create()
    )
    _tell(area, "area.added", by, at, since_on)
    return area


@action
def rename_area(*, area: Area, name: str, since_on: date, by: UUID, at: datetime) -> Area:
    """Give an area another name from a day on; the old name stays with the old days.

    Its estates move to the new name; whoever noted the old one keeps it.
    """
    old = _ended(area, since_on)
    new = Area.objects.create(
        code=old.code, name=name, period=DateRange(since_on, None), thread=Thread.objects.create()
    )
    Estate.objects.filter(area=old).update(area=new)
    _tell(old, "area.ended", by, at, since_on)
    _tell(new, "area.renamed", by, at, since_on)
    return new


@action
def end_area(*, area: Area, until_on: date, by: UUID, at: datetime) -> Area:
    """Let an area end; `until_on` is the first day without it.

    Raises:
        AreaInUse: estates still lie in it.
    """
    if Estate.objects.filter(area=area).exists():
        raise AreaInUse(_("Move its estates to another area first."))
    old = _ended(area, until_on)
    _tell(old, "area.ended", by, at, until_on)
    return old


def _ended(area: Area, until_on: date) -> Area:
    old = Area.objects.select_for_update().get(pk=area.pk)
    since = old.period.lower
    if old.period.upper is not None or (since and until_on <= since):
        raise WrongDay(_("This area has already ended, or had not begun by that day."))
    old.period = DateRange(since, until_on)
    old.save(update_fields=["period"])
    return old


def _tell(area: Area, verb: str, by: UUID, at: datetime, day: date) -> None:
    record(
        thread=area.thread,
        verb=verb,
        by=by,
        subject=area.token,
        at=at,
        public={"code": area.code, "day": day},
        names={"name": area.name},
    )
