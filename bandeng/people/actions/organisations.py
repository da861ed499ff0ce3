"""Organisations, and who works for them."""

from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from bandeng.kit.act import action
from bandeng.people.models import Assignment, Organisation, OrganisationKind, Person, Role
from bandeng.places.models import Estate
from bandeng.trail.actions import record
from bandeng.trail.models import Thread


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
