"""Passkeys are registered and removed; allauth keeps them."""

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator

from bandeng.kit.act import action
from bandeng.people.models import Person
from bandeng.people.passkeys import Passkey, passkeys_of
from bandeng.trail.actions import record


@action
def add_passkey(
    *, person: Person, name: str, credential: dict[str, Any], by: UUID, at: datetime
) -> Passkey:
    """Keep a passkey that the device made, its answer having been checked.

    Returns: the key.
    """
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": credential},
        created_at=at,
    )
    key = passkeys_of(person=person)[-1]
    _tell(person, "passkey.added", key, by, at)
    return key


@action
def remove_passkey(*, person: Person, key: Passkey, by: UUID, at: datetime) -> None:
    """Remove a passkey: it approves nothing more."""
    Authenticator.objects.filter(user=person, pk=key.pk).delete()
    _tell(person, "passkey.removed", key, by, at)


def _tell(person: Person, verb: str, key: Passkey, by: UUID, at: datetime) -> None:
    record(
        thread=person.thread, verb=verb, by=by, subject=person.token, at=at,
        public={"key": sha256(key.public_key).hexdigest()},
    )  # fmt: skip
