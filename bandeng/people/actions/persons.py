"""Persons: taken up, changed, related to homes, shown, erased."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.crypto import keyed_hash
from bandeng.kit.errors import Refused
from bandeng.people.models import Assignment, HomeRelation, Person, RelationKind
from bandeng.places.models import Home
from bandeng.post.actions import forget
from bandeng.trail.actions import erase_private, record
from bandeng.trail.models import Entry, Thread

SHOWN = {"name": "name", "phone": "phone", "id_number": "id_number"}
NOTHING = b"{}"  # the private part of an entry that keeps nothing back


class NumberTaken(Refused):
    """A number that belongs to somebody else."""


class StillBound(Refused):
    """Somebody whose details the house still needs by law cannot be forgotten."""


class RelationEnded(Refused):
    """A relation ends once, and not before it began."""


@action
def enrol_person(
    *,
    name: str,
    phone: str = "",
    id_number: str = "",
    area_code: str = "",
    verified: bool = False,
    by: UUID,
    at: datetime,
) -> Person:
    """Take a person up; `by` is a token, because the first is enrolled by the house itself.

    `phone` in E.164, verified when somebody has proved to hold it; `area_code` is where
    the office that takes them up answers.
    """
    _refuse_a_taken_number(id_number=id_number)
    person = Person.objects.create(
        name=name,
        phone=phone or None,
        phone_key=keyed_hash(text=phone, context="phone") if phone else None,
        phone_verified_at=at if verified else None,
        id_number=id_number or None,
        id_key=keyed_hash(text=id_number, context="id") if id_number else None,
        area_code=area_code,
        thread=Thread.objects.create(),
    )
    record(
        thread=person.thread,
        verb="person.enrolled",
        by=by,
        subject=person.token,
        at=at,
        private={"name": name, "phone": phone, "id_number": id_number},
    )
    return person


@action
def change_person(
    *,
    person: Person,
    name: str,
    phone: str = "",
    id_number: str = "",
    by: UUID,
    at: datetime,
) -> Person:
    """Correct what is known of a person; another number is no longer a verified one.

    Raises:
        NumberTaken: the identity number is somebody else's.
    """
    _refuse_a_taken_number(id_number=id_number, but=person)
    changed = Person.objects.get(pk=person.pk)
    if phone != (changed.phone or ""):
        changed.phone, changed.phone_verified_at = phone or None, None
        changed.phone_key = keyed_hash(text=phone, context="phone") if phone else None
    changed.name, changed.id_number = name, id_number or None
    changed.id_key = keyed_hash(text=id_number, context="id") if id_number else None
    changed.save()
    record(
        thread=changed.thread,
        verb="person.changed",
        by=by,
        subject=changed.token,
        at=at,
        private={"name": name, "phone": phone, "id_number": id_number},
    )
    return changed


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


@action
def end_relation(*, relation: HomeRelation, until_on: date, by: UUID, at: datetime) -> HomeRelation:
    """Say that a relation is over; `until_on` is the first day without it.

    Raises:
        RelationEnded: it was over already, or would end before it began.
    """
    held = HomeRelation.objects.select_related("person", "home").get(pk=relation.pk)
    since = held.period.lower
    if held.period.upper is not None or (since and until_on < since):
        raise RelationEnded(_("This relation is already over, or had not begun by that day."))
    held.period = DateRange(since, until_on)
    held.save(update_fields=["period"])
    record(
        thread=held.person.thread,
        verb="home.unrelated",
        by=by,
        subject=held.person.token,
        at=at,
        public={"kind": held.kind},
        private={"home": str(held.home.token)},
    )
    return held


@action
def unmask_person(
    *, person: Person, fields: Iterable[str], reason: str, by: UUID, at: datetime
) -> dict[str, str]:
    """Show what is hidden of a person, once, to whoever says why.

    Returns: {field: value} of `fields` (name, phone, id_number).
    """
    shown = {field: getattr(person, SHOWN[field]) or "" for field in fields}
    record(
        thread=person.thread,
        verb="person.unmasked",
        by=by,
        subject=person.token,
        at=at,
        public={"fields": sorted(shown)},
        private={"reason": reason},
    )
    return shown


@action
def erase_person(*, person: Person, by: UUID, at: datetime) -> Person:
    """Forget a person: name, numbers and what their trail keeps private; the token stays.

    Refused while they hold a role or belong to a home: the office needs owners and
    occupants by law. Rooms above ask about their own open matters before they call.

    Raises:
        StillBound: a role or a relation to a home has not ended.
    Source: 个人信息保护法 art. 47; retention by law: art. 13 (1) no. 3.
    """
    if Assignment.objects.filter(person=person, period__endswith=None).exists():
        raise StillBound(_("They still hold a role; end it first."))
    if HomeRelation.objects.filter(person=person, period__endswith=None).exists():
        raise StillBound(_("They still belong to a home; end that relation first."))
    forget(owner=person.token)
    Authenticator.objects.filter(user=person).delete()
    told = Entry.objects.filter(Q(thread=person.thread) | Q(subject=person.token))
    for entry in told.exclude(private_part=None).exclude(private_part__private=NOTHING):
        erase_private(entry=entry, by=by, at=at)
    erased = Person.objects.get(pk=person.pk)
    erased.name, erased.password, erased.language = "", make_password(None), ""
    erased.phone = erased.phone_key = erased.phone_verified_at = None
    erased.id_number = erased.id_key = None
    erased.is_active, erased.erased_at = False, at
    erased.save()
    record(thread=erased.thread, verb="person.erased", by=by, subject=erased.token, at=at)
    return erased


def _refuse_a_taken_number(*, id_number: str, but: Person | None = None) -> None:
    if id_number:
        others = Person.objects.by_id_number(id_number)
        if (others.exclude(pk=but.pk) if but else others).exists():
            raise NumberTaken(_("Somebody with this identity number is already on record."))
