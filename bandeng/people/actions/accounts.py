"""What a person does with their own account, and who knocks at the door."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.crypto import keyed_hash
from bandeng.people.actions.consents import give_consent, withdraw_consent
from bandeng.people.actions.organisations import add_organisation, assign_role
from bandeng.people.actions.persons import NumberTaken, enrol_person
from bandeng.people.models import (
    Attempt,
    ConsentText,
    Organisation,
    OrganisationKind,
    Person,
    Purpose,
    Role,
)
from bandeng.people.parameters import ATTEMPTS_KEPT
from bandeng.trail.actions import record
from bandeng.trail.models import Thread


@action
def sign_up(
    *,
    name: str,
    phone: str,
    password_hash: str = "",
    text: ConsentText,
    language: str = "",
    by: UUID,
    at: datetime,
) -> Person:
    """Open an account for whoever has just proved to hold `phone`.

    If the office knows exactly one person by this name and number who never signed in,
    it is them, and they find their homes again; else somebody new.

    Raises:
        NumberTaken: the number has an account.
    """
    known = Person.objects.by_phone(phone)
    if known.filter(phone_verified_at__isnull=False).exists():
        raise NumberTaken(_("This number already has an account."))
    same = list(known.filter(name=name, is_active=True)[:2])
    person = same[0] if len(same) == 1 else Person(name=name, thread=Thread.objects.create())
    person.phone, person.phone_key = phone, keyed_hash(text=phone, context="phone")
    person.phone_verified_at = at
    person.password, person.language = password_hash or make_password(None), language
    person.save()
    record(
        thread=person.thread,
        verb="person.signed_up",
        by=by,
        subject=person.token,
        at=at,
        private={"name": name, "phone": phone},
    )
    give_consent(person=person, text=text, by=person.token, at=at)
    return person


@action
def create_administrator(
    *,
    name: str,
    phone: str,
    password: str,
    office: str,
    kind: OrganisationKind,
    by: UUID,
    at: datetime,
) -> Person:
    """Enrol who gives everybody else their role; the office is taken up if it is new.

    Raises:
        NumberTaken: the number has an account.
    """
    if Person.objects.by_phone(phone).filter(phone_verified_at__isnull=False).exists():
        raise NumberTaken(_("This number already has an account."))
    person = enrol_person(name=name, phone=phone, verified=True, by=by, at=at)
    change_password(person=person, password=password, by=by, at=at)
    organisation = Organisation.objects.filter(name=office).first() or add_organisation(
        name=office, kind=kind, by=by, at=at
    )
    assign_role(
        person=person,
        organisation=organisation,
        role=Role.ADMINISTRATOR,
        since_on=localdate(at),
        by=by,
        at=at,
    )
    return person


@action
def note_sign_in(*, person: Person, how: str, by: UUID, at: datetime) -> None:
    """Tell the person's own story that they came in, by password or by code."""
    record(
        thread=person.thread,
        verb="person.signed_in",
        by=by,
        subject=person.token,
        at=at,
        public={"how": how},
    )


@action
def change_password(*, person: Person, password: str, by: UUID, at: datetime) -> Person:
    """Set another password; every session of the old one ends."""
    person.set_password(password)
    person.save(update_fields=["password"])
    record(thread=person.thread, verb="password.changed", by=by, subject=person.token, at=at)
    return person


@action
def verify_phone(*, person: Person, phone: str, by: UUID, at: datetime) -> Person:
    """Take `phone` as the number by which the person signs in; they have proved to hold it.

    Raises:
        NumberTaken: somebody else signs in by it.
    """
    others = Person.objects.by_phone(phone).filter(phone_verified_at__isnull=False)
    if others.exclude(pk=person.pk).exists():
        raise NumberTaken(_("Somebody else signs in by this number."))
    person.phone, person.phone_key = phone, keyed_hash(text=phone, context="phone")
    person.phone_verified_at = at
    person.save(update_fields=["phone", "phone_key", "phone_verified_at"])
    record(
        thread=person.thread,
        verb="phone.verified",
        by=by,
        subject=person.token,
        at=at,
        private={"phone": phone},
    )
    return person


@action
def set_preferences(
    *, person: Person, language: str, elder_mode: bool, by: UUID, at: datetime
) -> Person:
    """Keep the language and large print on the account, for every device."""
    person.language, person.elder_mode = language, elder_mode
    person.save(update_fields=["language", "elder_mode"])
    record(
        thread=person.thread,
        verb="preferences.changed",
        by=by,
        subject=person.token,
        at=at,
        public={"language": language, "elder_mode": elder_mode},
    )
    return person


@action
def close_account(*, person: Person, by: UUID, at: datetime) -> Person:
    """Let a person end their account: no sign-in any more, and the consent taken back.

    What the office keeps by law, such as the roll of owners, stays; `erase_person` is
    for those who are not bound by anything.
    """
    withdraw_consent(person=person, purpose=Purpose.ACCOUNT, by=by, at=at)
    person.set_unusable_password()
    person.phone_verified_at = None
    person.save(update_fields=["password", "phone_verified_at"])
    record(thread=person.thread, verb="account.closed", by=by, subject=person.token, at=at)
    return person


@action
def note_copy(*, person: Person, by: UUID, at: datetime) -> None:
    """Tell that a copy of a person's data was handed out.

    Source: 个人信息保护法 art. 45.
    """
    record(thread=person.thread, verb="data.copied", by=by, subject=person.token, at=at)


@action
def lock_person(*, person: Person, reason: str, by: UUID, at: datetime) -> Person:
    """Close an account: no sign-in, and every role sleeps."""
    return _set_active(person=person, active=False, reason=reason, by=by, at=at)


@action
def unlock_person(*, person: Person, reason: str, by: UUID, at: datetime) -> Person:
    """Open a closed account again."""
    return _set_active(person=person, active=True, reason=reason, by=by, at=at)


def count_attempt(*, phone: str, address: str, kind: str, at: datetime) -> None:
    """Remember that somebody knocked, and forget what was half a year ago.

    No act of anybody's record: a stranger can do it, so it leaves no line in a trail.
    """
    Attempt.objects.create(
        phone_key=keyed_hash(text=phone, context="phone"),
        address_key=keyed_hash(text=address, context="address"),
        kind=kind,
        at=at,
    )
    Attempt.objects.filter(at__lt=at - ATTEMPTS_KEPT).delete()


def _set_active(*, person: Person, active: bool, reason: str, by: UUID, at: datetime) -> Person:
    person.is_active = active
    person.save(update_fields=["is_active"])
    record(
        thread=person.thread,
        verb="person.unlocked" if active else "person.locked",
        by=by,
        subject=person.token,
        at=at,
        private={"reason": reason},
    )
    return person
