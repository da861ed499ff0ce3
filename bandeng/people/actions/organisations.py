"""Organisations, and who works for them."""

from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Assignment, Organisation, OrganisationKind, Person, Role
from bandeng.places.models import Estate
from bandeng.trail.actions import record
from bandeng.trail.models import Thread


class RoleEnded(Refused):
    """A role ends once, and not before it began."""


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
        public={"kind": kind},
        names={"name": name},
    )
    return organisation


@action
def change_organisation(
    *,
    organisation: Organisation,
    name: str,
    kind: OrganisationKind,
    area_code: str = "",
    credit_code: str = "",
    telephone: str = "",
    by: UUID,
    at: datetime,
) -> Organisation:
    """Correct what is known of a body; the roles that its people hold keep their scope."""
    changed = Organisation.objects.get(pk=organisation.pk)
    changed.name, changed.kind, changed.area_code = name, kind, area_code
    changed.credit_code, changed.telephone = credit_code, telephone
    changed.save()
    record(
        thread=changed.thread,
        verb="organisation.changed",
        by=by,
        subject=changed.token,
        at=at,
        public={"kind": kind, "area_code": area_code},
        names={"name": name},
    )
    return changed


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
    person.__dict__.pop("held", None)
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
def end_role(*, assignment: Assignment, until_on: date, by: UUID, at: datetime) -> Assignment:
    """Let a role end; `until_on` is the first day on which it is no longer held.

    Raises:
        RoleEnded: it has already ended, or would end before it began.
    """
    held = Assignment.objects.select_related("person", "organisation").get(pk=assignment.pk)
    since = held.period.lower
    if held.period.upper is not None or (since and until_on < since):
        raise RoleEnded(_("This role has already ended, or had not begun by that day."))
    held.period = DateRange(since, until_on)
    held.save(update_fields=["period"])
    record(
        thread=held.person.thread,
        verb="role.ended",
        by=by,
        subject=held.person.token,
        at=at,
        public={"role": held.role, "organisation": str(held.organisation.token)},
    )
    return held
