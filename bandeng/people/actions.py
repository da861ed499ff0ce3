"""Everything that can happen to a person's record."""

from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from bandeng.kit.act import action
from bandeng.kit.crypto import keyed_hash
from bandeng.people.models import (
    Assignment,
    HomeRelation,
    Organisation,
    OrganisationKind,
    Person,
    RelationKind,
    Role,
)
from bandeng.places.models import Estate, Home
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
def add_organisation(
    *,
    name: str,
    kind: OrganisationKind,
    area_code: str = "",
    credit_code: str = "",
    telephone: str = "",
    by: UUID,
    at: datetime,
) -> Organisation:
    """Take up a body that can be asked and can promise."""
    organisation = Organisation.objects.create(
        name=name,
        kind=kind,
        area_code=area_code,
        credit_code=credit_code,
        telephone=telephone,
        thread=Thread.objects.create(),
    )
    record(
        thread=organisation.thread,
        verb="organisation.added",
        by=by,
        subject=organisation.token,
        at=at,
        public={"name": name, "kind": kind},
    )
    return organisation


@action
def assign_role(
    *,
    person: Person,
    organisation: Organisation,
    role: Role,
    since_on: date,
    area_code: str = "",
    estate: Estate | None = None,
    by: UUID,
    at: datetime,
) -> Assignment:
    """Give `person` a role in `organisation` for a scope, from a day on."""
    assignment = Assignment.objects.create(
        person=person,
        organisation=organisation,
        role=role,
        area_code=area_code or organisation.area_code,
        estate=estate,
        period=DateRange(since_on, None),
    )
    record(
        thread=person.thread,
        verb="role.assigned",
        by=by,
        subject=person.token,
        at=at,
        public={"role": role, "organisation": str(organisation.token)},
    )
    return assignment


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
