"""Questions about persons and organisations."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from bandeng.kit.crypto import keyed_hash
from bandeng.people import permissions
from bandeng.people.models import (
    OWN_VERBS,
    VERBS,
    Assignment,
    Attempt,
    Consent,
    ConsentText,
    HomeRelation,
    Knock,
    Organisation,
    Person,
    Purpose,
)
from bandeng.people.parameters import (
    CODES_PER_ADDRESS,
    CODES_PER_NUMBER,
    CODES_WINDOW,
    LOCK_ADDRESS_AFTER,
    LOCK_AFTER_FAILURES,
    LOCK_WINDOW,
)
from bandeng.people.rules import numbers
from bandeng.people.rules.numbers import WrongNumber
from bandeng.places.models import Estate
from bandeng.trail import reads as trail


def responsible_people(
    *,
    organisation: Organisation,
    roles: Collection[str] | None = None,
    area_code: str = "",
    on: date | None = None,
) -> QuerySet[Person]:
    """Give who works for `organisation` on a day (today), in one of `roles` or in any.

    With `area_code`, only those whose scope contains it.
    """
    held = Assignment.objects.valid(on=on or localdate()).filter(organisation=organisation)
    if roles is not None:
        held = held.filter(role__in=roles)
    if area_code:
        prefixes = [area_code[:length] for length in range(1, len(area_code) + 1)]
        held = held.filter(area_code__in=prefixes, estate=None)
    return Person.objects.filter(is_active=True, assignments__in=held).distinct().order_by("pk")


def responsible_tokens(
    *,
    organisation: Organisation,
    roles: Collection[str] | None = None,
    area_code: str = "",
    on: date | None = None,
) -> list[UUID]:
    """Give the tokens that `post` needs to tell an organisation's people something."""
    people = responsible_people(organisation=organisation, roles=roles, area_code=area_code, on=on)
    return list(people.values_list("token", flat=True))


def is_locked(*, phone: str, address: str, at: datetime) -> bool:
    """Tell whether the door is locked for a number or for a network address.

    Whether the number has an account makes no difference.
    """
    return _too_many(
        kind=Knock.FAILED,
        phone=(phone, LOCK_AFTER_FAILURES),
        address=(address, LOCK_ADDRESS_AFTER),
        since=at - LOCK_WINDOW,
    )


def has_codes_enough(*, phone: str, address: str, at: datetime) -> bool:
    """Tell whether a number has been sent, or an address has asked for, codes enough."""
    return _too_many(
        kind=Knock.CODE,
        phone=(phone, CODES_PER_NUMBER),
        address=(address, CODES_PER_ADDRESS),
        since=at - CODES_WINDOW,
    )


def _too_many(
    *, kind: str, phone: tuple[str, int], address: tuple[str, int], since: datetime
) -> bool:
    attempts = Attempt.objects.filter(kind=kind, at__gt=since)
    by_phone = attempts.filter(phone_key=keyed_hash(text=phone[0], context="phone"))
    by_address = attempts.filter(address_key=keyed_hash(text=address[0], context="address"))
    return by_phone.count() >= phone[1] or by_address.count() >= address[1]


def consent_text(*, purpose: str) -> ConsentText:
    """Give the latest version of the text for a purpose."""
    return ConsentText.objects.filter(purpose=purpose).latest("version")


def consent_texts() -> QuerySet[ConsentText]:
    """Give every version of every text, the newest first."""
    return ConsentText.objects.order_by("purpose", "-version")


def consent_text_by_id(*, pk: int) -> ConsentText:
    """Give the very text that somebody has read."""
    return ConsentText.objects.get(pk=pk)


def homes_of(*, person: Person, on: date | None = None) -> QuerySet[HomeRelation]:
    """Give the homes to which a person belongs on a day (today), with how."""
    current = HomeRelation.objects.filter(person=person, period__contains=on or localdate())
    return current.select_related("home__building__estate").order_by("home_id", "kind")


def consents_of(*, person: Person) -> list[tuple[ConsentText, Consent | None]]:
    """Give each purpose's text with what the person has agreed to, if they have.

    Returns: the text agreed to, or the latest one; in the order of `Purpose`.
    """
    given = {
        consent.text.purpose: consent
        for consent in Consent.objects.filter(person=person, withdrawn_at=None).select_related(
            "text"
        )
    }
    latest = {text.purpose: text for text in ConsentText.objects.order_by("version")}
    return [
        (given[purpose].text if purpose in given else latest[purpose], given.get(purpose))
        for purpose in Purpose.values
    ]


def data_copy(*, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give everything that this room and those below keep about a person.

    Source: 个人信息保护法 art. 45.
    """
    relations = HomeRelation.objects.filter(person=person).select_related("home__building__estate")
    consents = Consent.objects.filter(person=person).select_related("text")
    return {
        "person": [
            {
                "name": person.name,
                "phone": person.phone or "",
                "identity number": person.id_number or "",
                "language": person.language,
            }
        ],
        "homes": [
            {
                "estate": relation.home.building.estate.name,
                "home": str(relation.home),
                "relation": relation.get_kind_display(),
                "since": relation.period.lower,
                "until": relation.period.upper or "",
                "source": relation.source,
            }
            for relation in relations
        ],
        "roles": [
            {
                "role": held.get_role_display(),
                "organisation": held.organisation.name,
                "since": held.period.lower,
                "until": held.period.upper or "",
            }
            for held in person.held
        ],
        "consents": [
            {
                "purpose": consent.text.get_purpose_display(),
                "version": consent.text.version,
                "given": consent.given_at,
                "withdrawn": consent.withdrawn_at or "",
            }
            for consent in consents
        ],
    }


def story(*, person: Person, own: bool = False) -> list[dict[str, Any]]:
    """Tell what happened to a person's record, newest first, without anything private.

    When they sign in and how they set their pages is told to nobody but themselves (`own`).
    """
    told = {verb: said for verb, said in VERBS.items() if own or verb not in OWN_VERBS}
    lines = trail.story(thread=person.thread, labels=told)
    actors = Person.objects.filter(token__in={line.by for line in lines})
    names = {actor.token: actor.masked_name for actor in actors}
    return [
        {"title": line.label, "at": line.at, "who": names.get(line.by, "")}
        for line in reversed(lines)
    ]


def found_by_number(*, person: Person, number: str, on: date) -> list[Person]:
    """Give whom `person` may see among those with exactly this phone or identity number."""
    keys = Q(pk__in=[])
    with suppress(WrongNumber):
        phone = numbers.phone_number(text=number)
        keys |= Q(phone_key=keyed_hash(text=phone, context="phone"))
    with suppress(WrongNumber):
        identity = numbers.identity_number(text=number, on=on).text
        keys |= Q(id_key=keyed_hash(text=identity, context="id"))
    return list(permissions.visible_people(person=person).filter(keys).order_by("pk"))


def estates_of(*, person: Person) -> QuerySet[Estate]:
    """Give the estates in the scope of `person`'s office roles; all for an administrator."""
    if permissions.is_administrator(person=person):
        return Estate.objects.order_by("name")
    scope = permissions.scope_q(
        person=person, roles=permissions.OFFICE, field="area__code", estate="pk"
    )
    return Estate.objects.filter(scope).order_by("name")


def assignments_in(*, organisation: Organisation, on: date | None = None) -> QuerySet[Assignment]:
    """Give who does what for an organisation on a day (today)."""
    held = Assignment.objects.valid(on=on or localdate()).filter(organisation=organisation)
    return held.select_related("person", "estate").order_by("role", "pk")
