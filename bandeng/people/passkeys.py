"""Passkeys of an account, as allauth keeps them: registered here, used to approve.

Signing in stays as it is: a lost key locks nobody out, and it approves nothing once removed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration, parse_registration_response
from django.utils.translation import gettext as _
from fido2 import cbor

from bandeng.kit.passkeys import ALGORITHMS, is_known, is_security_key, relying_party
from bandeng.people.models import Person


@dataclass(frozen=True)
class Passkey:
    """One key of a person; `public_key` in COSE."""

    pk: int
    name: str
    credential: bytes
    public_key: bytes
    created_at: datetime
    is_security_key: bool
    is_known: bool


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


def registration_options(*, person: Person) -> dict[str, Any]:
    """Give what the device makes a key for: of the kinds alone that every verifier knows."""
    asked = begin_registration(person, False)
    offered = asked["publicKey"]["pubKeyCredParams"]
    known = [one for one in offered if one["alg"] in ALGORITHMS]
    return {**asked, "publicKey": {**asked["publicKey"], "pubKeyCredParams": known}}


def public_key_of(*, credential: dict[str, Any]) -> bytes:
    """Give the key (COSE) that a device has made, out of what the page's script sent."""
    told = parse_registration_response(credential).response.attestation_object.auth_data
    return bytes(cbor.encode(dict(told.credential_data.public_key)))


def _passkey(kept: Authenticator) -> Passkey:
    held, said = kept.wrap(), kept.data["credential"]
    data = held.authenticator_data
    key = cbor.encode(dict(data.credential_data.public_key))
    plugged = is_security_key(
        attachment=str(said.get("authenticatorAttachment") or ""),
        transports=[str(one) for one in said["response"].get("transports") or ()],
        data=bytes(data),
    )
    return Passkey(
        kept.pk, held.name, bytes(data.credential_data.credential_id), key, kept.created_at,
        plugged, is_known(public_key=key),
    )  # fmt: skip
