"""Persons: taken up, related to homes."""

from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from bandeng.kit.act import action
from bandeng.kit.crypto import keyed_hash
from bandeng.people.models import HomeRelation, Person, RelationKind
from bandeng.places.models import Home
from bandeng.trail.actions import record
from bandeng.trail.models import Thread


@action
def enrol_person(
    *, name: str, phone: str = "", verified: bool = False, by: UUID, at: datetime
) -> Person:
    """Take a person up; `by` is a token, because the first is enrolled by the house itself.

    `phone` in E.164, verified when somebody has proved to hold it.
    """
    person = Person.objects.create(
        name=name,
        phone=phone or None,
        phone_key=keyed_hash(text=phone, context="phone") if phone else None,
        phone_verified_at=at if verified else None,
        thread=Thread.objects.create(),
    )
    record(
        thread=person.thread,
        verb="person.enrolled",
        by=by,
        subject=person.token,
        at=at,
        private={"name": name, "phone": phone},
    )
    return person


@action
def relate_home(
    *,
    person: Person,
    home: Home,
    kind: RelationKind,
    since_on: date,
    source: str,
    by: UUID,
    at: datetime,
) -> HomeRelation:
    """Say that `person` owns, occupies or pays for `home`, and who says so."""
    relation = HomeRelation.objects.create(
        person=person, home=home, kind=kind, period=DateRange(since_on, None), source=source
    )
    record(
        thread=person.thread,
        verb="home.related",
        by=by,
        subject=person.token,
        at=at,
        public={"kind": kind},
        private={"home": str(home.token), "source": source},
    )
    return relation
