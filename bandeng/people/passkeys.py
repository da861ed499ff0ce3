"""Passkeys of an account, as allauth keeps them: registered here, used to approve.

Signing in stays as it is: a lost key locks nobody out, and it approves nothing once removed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from fido2 import cbor

from bandeng.kit.passkeys import relying_party
from bandeng.people.models import Person


@dataclass(frozen=True)
class Passkey:
    """One key of a person; `public_key` in COSE."""

    pk: int
    name: str
    credential: bytes
    public_key: bytes
    created_at: datetime


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Who keys are made for, and under which names."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Ask for no key at the door: it is for approving."""
        return False

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Give the house: by its fixed address, whatever host was asked."""
        return {"id": relying_party(), "name": _("Bandeng")}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        """Give the person: by token, and by the name that their own device shows them."""
        return {"id": user.token.bytes, "display_name": user.name, "name": user.name}


def passkeys_of(*, person: Person) -> list[Passkey]:
    """Give a person's keys, the oldest first."""
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return [_passkey(one) for one in kept.order_by("pk")]


def _passkey(kept: Authenticator) -> Passkey:
    held = kept.wrap()
    told = held.authenticator_data.credential_data
    key = cbor.encode(dict(told.public_key))
    return Passkey(kept.pk, held.name, bytes(told.credential_id), key, kept.created_at)
