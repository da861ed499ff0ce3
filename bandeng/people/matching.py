"""A roster's people against those on record: what an import would do, and then does."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bandeng.kit.crypto import keyed_hash
from bandeng.people.models import HomeRelation, Person
from bandeng.people.rules.roster import (
    Acquaintance,
    Candidate,
    HomeKey,
    Match,
    Relation,
    candidates,
    match,
)
from bandeng.places.models import Estate
from bandeng.places.rules.roster import Roster, home_key

BATCH = 5_000  # keys asked for at a time


@dataclass(frozen=True)
class People:
    """Everybody in a roster, and the relations of the estate that hold already."""

    matches: list[Match]
    held: set[tuple[int, Relation]]

    @property
    def new(self) -> list[Match]:
        """Those whom nobody knows yet."""
        return [person for person in self.matches if not person.known]

    @property
    def changed(self) -> list[Match]:
        """Those known of whom the file tells a new number."""
        return [p for p in self.matches if p.known and (p.new_phone or p.new_id)]

    def relations(self) -> Iterator[tuple[Match, Relation]]:
        """Give the relations that are not on record."""
        for person in self.matches:
            for relation in person.relations:
                if not person.known or (person.known.pk, relation) not in self.held:
                    yield person, relation

    def counts(self) -> dict[str, int]:
        """Count what an import does, for the preview and for the trail."""
        return {
            "persons_new": len(self.new),
            "persons_changed": len(self.changed),
            "relations_new": sum(1 for _each in self.relations()),
        }


def match_people(*, estate: Estate, roster: Roster, on: date) -> People:
    """Find whom the roster names; what is wrong with a number joins its findings."""
    named = candidates(
        homes=roster.homes,
        on=on,
        hash_phone=lambda text: keyed_hash(text=text, context="phone"),
        hash_id=lambda text: keyed_hash(text=text, context="id"),
        findings=roster.findings,
    )
    at_home: dict[tuple[HomeKey, str], Acquaintance] = {}
    held: set[tuple[int, Relation]] = set()
    for home, kind, person in _related(estate, on):
        held.add((person.pk, (home, kind)))
        at_home.setdefault((home, person.name), person)
    known = [*_by_keys(named), *at_home.values()]
    matches = match(named=named, known=known, at_home=at_home, findings=roster.findings)
    return People(matches, held)


def _related(estate: Estate, on: date) -> Iterator[tuple[HomeKey, str, Acquaintance]]:
    places = ("home__building__number", "home__entrance", "home__number", "kind")
    persons = ("person_id", "person__name", "person__phone_key", "person__id_key")
    held = HomeRelation.objects.filter(home__building__estate=estate, period__contains=on)
    rows: Any = held.values_list(*places, *persons, "person__phone_verified_at")
    for row in rows.iterator(chunk_size=BATCH):
        key = home_key(building=row[0], entrance=row[1], number=row[2])
        yield key, row[3], _acquaintance(*row[4:])


def _by_keys(named: list[Candidate]) -> Iterator[Acquaintance]:
    columns = ("pk", "name", "phone_key", "id_key", "phone_verified_at")
    for field in ("id_key", "phone_key"):
        keys = sorted({key for candidate in named if (key := getattr(candidate, field))})
        for start in range(0, len(keys), BATCH):
            some = {f"{field}__in": keys[start : start + BATCH]}
            for row in Person.objects.filter(erased_at=None, **some).values_list(*columns):
                yield _acquaintance(*row)


def _acquaintance(
    pk: int, name: str, phone_key: bytes | None, id_key: bytes | None, verified_at: object
) -> Acquaintance:
    return Acquaintance(
        pk, name, bytes(phone_key or b""), bytes(id_key or b""), verified_at is not None
    )
