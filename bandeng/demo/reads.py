"""Who is in the scenario."""

from dataclasses import dataclass

from bandeng.demo.cast import RESIDENTS, STAFF, phone
from bandeng.kit.crypto import keyed_hash
from bandeng.people.models import Person


@dataclass(frozen=True)
class Member:
    """One of the cast, with what they do here."""

    key: str
    person: Person
    work: str


def member(*, key: str) -> Person:
    """Give one of the cast by their key."""
    return Person.objects.get(phone_key=keyed_hash(text=phone(key=key), context="phone"))


def cast() -> list[Member]:
    """Give everybody whom a visitor of the demo may play."""
    found = {
        bytes(person.phone_key or b""): person
        for person in Person.objects.filter(
            phone_key__in=[_key(key) for key in (*STAFF, *RESIDENTS)]
        ).prefetch_related("assignments__organisation")
    }
    return [
        Member(key, found[_key(key)], _work(found[_key(key)]))
        for key in (*RESIDENTS, *STAFF)
        if _key(key) in found
    ]


def _key(key: str) -> bytes:
    return keyed_hash(text=phone(key=key), context="phone")


def _work(person: Person) -> str:
    return ", ".join(
        f"{held.organisation} · {held.get_role_display()}" for held in person.assignments.all()
    )
