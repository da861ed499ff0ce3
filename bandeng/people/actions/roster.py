"""A roster with its people: homes and owners taken in together, or not at all."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from bandeng.kit.act import action
from bandeng.kit.bulk import copy_in
from bandeng.people.matching import People, match_people
from bandeng.people.models import HomeRelation, Person
from bandeng.people.rules.roster import HomeKey, Match
from bandeng.places.actions import import_roster as import_homes
from bandeng.places.models import Estate, Home, RosterImport, RosterUpload
from bandeng.places.rules.calendar import local_day
from bandeng.places.rules.roster import Roster
from bandeng.trail.models import Thread

BATCH = 5_000  # rows in one statement
OWN = ("token", "name", "phone", "phone_key", "id_number", "id_key", "thread")
SAME = tuple(  # fields in which all who are new are alike
    field.name
    for field in Person._meta.concrete_fields
    if field.name not in OWN and not field.primary_key
)


@action
def import_roster(
    *,
    estate: Estate,
    roster: Roster,
    file_name: str,
    content_hash: bytes,
    upload: RosterUpload | None = None,
    by: UUID,
    at: datetime,
) -> RosterImport:
    """Take in an estate's roster: homes by `places`, then owners, occupants and payers.

    One trail entry, on the estate's thread. Nobody is taken from a home, no verified phone
    is changed. `upload` is put away.

    Raises:
        bandeng.places.actions.roster.RosterRefused: the file has problems.
    """
    Estate.objects.select_for_update().get(pk=estate.pk)
    people = match_people(estate=estate, roster=roster, on=local_day(at=at))
    taken = import_homes(
        estate=estate,
        roster=roster,
        file_name=file_name,
        content_hash=content_hash,
        upload=upload,
        told=people.counts(),
        by=by,
        at=at,
    )
    created = _create(people.new, estate.area.code)
    _change(people.changed)
    ids = Home.objects.ids_in(estate)
    _relate(people, created, ids, local_day(at=at), f"名册 {file_name}"[:120])
    return taken


def _create(new: list[Match], area_code: str) -> dict[int, int]:
    """Take up who is new. Returns: {id of the match: primary key}."""
    threads = [t.pk for t in Thread.objects.bulk_create((Thread() for _match in new), BATCH)]
    unset, fields = Person(password=make_password(None), area_code=area_code), (*SAME, *OWN)
    same = [getattr(unset, name) for name in SAME]
    copy_in(
        model=Person,
        fields=fields,
        rows=((*same, uuid.uuid4(), *_own(m), t) for m, t in zip(new, threads, strict=True)),
    )
    persons: dict[int, int] = {}
    for start in range(0, len(threads), BATCH):
        some = Person.objects.filter(thread__in=threads[start : start + BATCH])
        persons |= dict(some.values_list("thread_id", "pk"))
    return {id(match): persons[thread] for match, thread in zip(new, threads, strict=True)}


def _own(match: Match) -> tuple[Any, ...]:
    phone = (match.phone or None, match.phone_key or None)
    return match.name, *phone, match.id_number or None, match.id_key or None


def _change(changed: list[Match]) -> None:
    for start in range(0, len(changed), BATCH):
        some = {match.known.pk: match for match in changed[start : start + BATCH] if match.known}
        unverified = Person.objects.filter(pk__in=some, phone_verified_at=None)
        rows = [
            Person(pk=pk, phone=some[pk].phone, phone_key=some[pk].phone_key)
            for pk in unverified.select_for_update().values_list("pk", flat=True)
            if some[pk].new_phone
        ]
        Person.objects.bulk_update(rows, ["phone", "phone_key"], batch_size=BATCH)
        rows = [
            Person(pk=pk, id_number=match.id_number, id_key=match.id_key)
            for pk, match in some.items()
            if match.new_id
        ]
        Person.objects.bulk_update(rows, ["id_number", "id_key"], batch_size=BATCH)


def _relate(
    people: People,
    created: Mapping[int, int],
    homes: Mapping[HomeKey, int],
    on: date,
    source: str,
) -> None:
    copy_in(
        model=HomeRelation,
        fields=("home", "person", "kind", "period", "source"),
        rows=(
            (
                homes[home],
                person.known.pk if person.known else created[id(person)],
                kind,
                f"[{on},)",
                source,
            )
            for person, (home, kind) in people.relations()
        ),
    )
