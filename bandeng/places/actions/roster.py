"""A roster file: looked at, put away, taken in whole or not at all."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.bulk import copy_in
from bandeng.kit.errors import Refused
from bandeng.places.models import (
    Building,
    BuildingAlias,
    Estate,
    Home,
    HomeState,
    RosterImport,
    RosterUpload,
)
from bandeng.places.parameters import UPLOAD_KEPT_HOURS
from bandeng.places.rules.calendar import local_day
from bandeng.places.rules.roster import Change, Plan, Roster, RosterHome, plan
from bandeng.trail.actions import record

BATCH = 10_000  # rows sent to the database at a time
# Of two that exclude each other, the file's ends the other.
EXCLUDES = {"sold": "unsold", "unsold": "sold"}


class RosterRefused(Refused):
    """The file has problems; nothing of it was taken."""


@action
def keep_upload(
    *, estate: Estate, file_name: str, content: bytes, by: UUID, at: datetime
) -> RosterUpload:
    """Keep a file, encrypted, until it is taken in or a day has passed."""
    upload = RosterUpload.objects.create(
        estate=estate,
        file_name=file_name[-200:],
        content=content,
        sha256=sha256(content).digest(),
        by=by,
        at=at,
    )
    _tell(upload, "roster.uploaded", by, at)
    return upload


@action
def discard_upload(*, upload: RosterUpload, by: UUID, at: datetime) -> None:
    """Put a file away: it is gone, the trail keeps its hash."""
    _tell(upload, "roster.discarded", by, at)
    RosterUpload.objects.filter(pk=upload.pk).delete()


@action
def discard_abandoned_uploads(*, by: UUID, at: datetime) -> None:
    """Put away every file that nobody took in for a day."""
    limit = at - timedelta(hours=UPLOAD_KEPT_HOURS)
    for old in RosterUpload.objects.filter(at__lt=limit).defer("content"):
        discard_upload(upload=old, by=by, at=at)


@action
def import_roster(
    *,
    estate: Estate,
    roster: Roster,
    file_name: str,
    content_hash: bytes,
    upload: RosterUpload | None = None,
    told: Mapping[str, int] | None = None,
    by: UUID,
    at: datetime,
) -> RosterImport:
    """Take in a roster whole: buildings, homes, areas, other numbers, states.

    What the file leaves out stays as it is. `told` is what a room above adds to the one
    trail entry; `upload` is put away. One import of an estate at a time.

    Raises:
        RosterRefused: the file has a problem, or holds no home.
    """
    if roster.is_refused or not roster.homes:
        raise RosterRefused(_("This file has problems; nothing was taken."))
    Estate.objects.select_for_update().get(pk=estate.pk)
    plans = plan(homes=roster.homes, known=Home.objects.known_in(estate))
    buildings = _buildings(estate, roster.homes)
    _copy(plans.new, buildings)
    _update(plans.changed)
    _add_aliases(estate, roster.homes, buildings)
    _add_states(estate, roster.homes, _source(file_name), local_day(at=at))
    if upload:
        RosterUpload.objects.filter(pk=upload.pk).delete()
    taken = _note(estate, roster, plans, file_name, content_hash, by, at)
    record(
        thread=estate.thread,
        verb="roster.imported",
        by=by,
        subject=estate.token,
        at=at,
        public=_counts(taken, plans) | dict(told or {}) | {"sha256": content_hash.hex()},
        private={"file": file_name},
    )
    return taken


def _source(file_name: str) -> str:
    return f"名册 {file_name}"[:120]


def _tell(upload: RosterUpload, verb: str, by: UUID, at: datetime) -> None:
    record(
        thread=upload.estate.thread,
        verb=verb,
        by=by,
        subject=upload.estate.token,
        at=at,
        public={"sha256": bytes(upload.sha256).hex()},
        private={"file": upload.file_name},
    )


def _note(
    estate: Estate,
    roster: Roster,
    plans: Plan,
    file_name: str,
    content_hash: bytes,
    by: UUID,
    at: datetime,
) -> RosterImport:
    return RosterImport.objects.create(
        estate=estate,
        sha256=content_hash,
        file_name=file_name[-200:],
        mapping=[
            {"sheet": c.sheet, "column": c.letter, "label": c.label, "field": c.field}
            for c in roster.columns
        ],
        homes_new=len(plans.new),
        homes_changed=len(plans.changed),
        homes_same=plans.same,
        missing=[home.pk for home in plans.missing],
        by=by,
        at=at,
    )


def _counts(taken: RosterImport, plans: Plan) -> dict[str, Any]:
    return {
        "new": taken.homes_new,
        "changed": taken.homes_changed,
        "same": taken.homes_same,
        "missing": len(plans.missing),
    }


def _buildings(estate: Estate, homes: Iterable[RosterHome]) -> dict[str, Building]:
    """Give the estate's buildings by number, with those that are new."""
    known = {building.number.upper(): building for building in estate.buildings.all()}
    named = {home.building.upper(): home.building for home in homes}
    new = [Building(estate=estate, number=n) for upper, n in named.items() if upper not in known]
    Building.objects.bulk_create(new)
    return known | {building.number.upper(): building for building in new}


def _copy(homes: Iterable[RosterHome], buildings: Mapping[str, Building]) -> None:
    copy_in(
        model=Home,
        fields=("token", "building", "entrance", "floor", "number", "floor_area", "area_source"),
        rows=(
            (
                uuid.uuid4(),
                buildings[home.building.upper()].pk,
                home.entrance,
                home.floor,
                home.number,
                home.area,
                home.area_source,
            )
            for home in homes
        ),
    )


def _update(changes: tuple[Change, ...]) -> None:
    sql = f"""
        UPDATE {Home._meta.db_table} home
        SET floor = new.floor, floor_area = new.area, area_source = new.source
        FROM unnest(%s::bigint[], %s::smallint[], %s::int[], %s::text[])
            AS new (id, floor, area, source)
        WHERE home.id = new.id
    """  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(changes), BATCH):
            some = changes[start : start + BATCH]
            rows = [(c.known.pk, c.floor, c.area, c.area_source) for c in some]
            cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])


def _add_aliases(
    estate: Estate, homes: Iterable[RosterHome], buildings: Mapping[str, Building]
) -> None:
    """Enter the other numbers; one that already means another building refuses the file."""
    means = {(a.kind, a.number): a.building_id for a in estate.buildingalias_set.all()}
    new: dict[tuple[str, str], BuildingAlias] = {}
    for home in homes:
        building = buildings[home.building.upper()]
        for kind, number in home.aliases:
            if means.setdefault((kind, number), building.pk) != building.pk:
                told = _("%(number)s already means another building.")
                raise RosterRefused(told % {"number": number})
            if (kind, number) not in new:
                new[kind, number] = BuildingAlias(
                    estate=estate, building=building, kind=kind, number=number
                )
    BuildingAlias.objects.bulk_create(new.values(), ignore_conflicts=True)


def _add_states(estate: Estate, homes: Iterable[RosterHome], source: str, on: date) -> None:
    """Enter what the file says of the homes from today on, where it is not known yet."""
    wanted = {home.key: home.conditions for home in homes if home.conditions}
    if not wanted:
        return
    ids = Home.objects.ids_in(estate)
    current: dict[int, dict[str, HomeState]] = {}
    for state in HomeState.objects.filter(home__building__estate=estate, period__contains=on):
        current.setdefault(state.home_id, {})[state.condition] = state
    new, ended = [], []
    for key, conditions in wanted.items():
        known = current.get(ids[key], {})
        for condition in conditions:
            if opposite := known.get(EXCLUDES.get(condition, "")):
                opposite.period = DateRange(opposite.period.lower, on)  # of today: never true
                ended.append(opposite)
            if condition not in known:
                new.append((ids[key], condition, f"[{on},)", source))
    HomeState.objects.bulk_update(ended, ["period"], batch_size=BATCH // 10)
    copy_in(model=HomeState, fields=("home", "condition", "period", "source"), rows=new)
