"""A roster with its people: homes and owners taken in together, or not at all."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from bandeng.kit.act import action
from bandeng.people.matching import People, match_people
from bandeng.people.models import HomeRelation, Person
from bandeng.people.rules.roster import HomeKey, Match
from bandeng.places.actions import import_roster as import_homes
from bandeng.places.models import Estate, Home, RosterImport, RosterUpload
from bandeng.places.rules.calendar import local_day
from bandeng.places.rules.roster import Roster
from bandeng.trail.models import Thread

BATCH = 2_000  # rows in one statement


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
    _relate(people, created, ids, local_day(at=at), f"roster {file_name}"[:120])
    return taken


def _create(new: list[Match], area_code: str) -> dict[int, int]:
    """Take up who is new. Returns: {id of the match: primary key}."""
    created: dict[int, int] = {}
    no_password = make_password(None)
    for start in range(0, len(new), BATCH):
        some = new[start : start + BATCH]
        threads = Thread.objects.bulk_create(Thread() for _match in some)
        persons = Person.objects.bulk_create(
            Person(
                name=match.name,
                phone=match.phone or None,
                phone_key=match.phone_key or None,
                id_number=match.id_number or None,
                id_key=match.id_key or None,
                password=no_password,
                area_code=area_code,
                thread=thread,
            )
            for match, thread in zip(some, threads, strict=True)
        )
        created |= {id(match): person.pk for match, person in zip(some, persons, strict=True)}
    return created


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
    period = DateRange(on, None)
    HomeRelation.objects.bulk_create(
        (
            HomeRelation(
                home_id=homes[home],
                person_id=person.known.pk if person.known else created[id(person)],
                kind=kind,
                period=period,
                source=source,
            )
            for person, (home, kind) in people.relations()
        ),
        batch_size=BATCH,
    )
