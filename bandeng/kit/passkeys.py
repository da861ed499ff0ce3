"""A passkey's signature over a given challenge, checked by the public key alone.

Source: W3C Web Authentication Level 3, §7.2 (verifying an assertion); RFC 9052 (COSE keys).
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from fido2 import cbor
from fido2.cose import CoseKey

USER_PRESENT, USER_VERIFIED = 0x01, 0x04
PATIENCE = 120_000  # milliseconds for a finger or a PIN


class BadAssertion(ValueError):  # noqa: N818
    """The key did not sign this challenge."""


@dataclass(frozen=True)
class Assertion:
    """What an authenticator gives back when it signs."""

    authenticator_data: bytes
    client_data: bytes
    signature: bytes


def relying_party() -> str:
    """Give the name for which passkeys of this house are made: the host of its address."""
    return urlsplit(settings.BANDENG_URL).hostname or "localhost"


def works() -> bool:
    """Tell whether browsers make passkeys for this house's address: HTTPS and a name, or localhost.

    Source: W3C Web Authentication Level 3, §5.1.3 (an IP address is no relying party).
    """
    host = relying_party()
    if host == "localhost":
        return True
    try:
        ip_address(host)
    except ValueError:
        return settings.BANDENG_URL.startswith("https://")
    return False


def request_options(*, challenge: bytes, credentials: Sequence[bytes]) -> str:
    """Give what a page's script asks a passkey to sign, as JSON."""
    allowed = [{"type": "public-key", "id": to_text(one)} for one in credentials]
    options = {
        "challenge": to_text(challenge), "rpId": relying_party(), "allowCredentials": allowed,
        "userVerification": "required", "timeout": PATIENCE,
    }  # fmt: skip
    return json.dumps(options)


def to_text(data: bytes, /) -> str:
    """Write bytes as scripts exchange them: base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str, /) -> bytes:
    """Read base64url.

    Raises:
        ValueError: it is none.
    """
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except NotBase64 as error:
        raise ValueError("not base64url") from error


def verify(
    *, assertion: Assertion, public_key: bytes, challenge: bytes, party: str | None = None
) -> None:
    """Check that the holder of `public_key` (COSE) signed `challenge`, present and verified.

    With `party`, the key must have signed for exactly this house.

    Raises:
        BadAssertion: something does not fit; the message says what, for the log.
    """
    try:
        said = json.loads(assertion.client_data)
        given, kind = str(said["challenge"]), said["type"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadAssertion("client data cannot be read") from error
    asked = to_text(challenge)
    if kind != "webauthn.get" or not hmac.compare_digest(given.rstrip("="), asked):
        raise BadAssertion("another challenge was signed")
    data = assertion.authenticator_data
    if len(data) < 37 or not data[32] & USER_PRESENT or not data[32] & USER_VERIFIED:
        raise BadAssertion("nobody was asked")
    if party is not None and not hmac.compare_digest(data[:32], sha256(party.encode()).digest()):
        raise BadAssertion("it was signed for another house")
    signed = data + sha256(assertion.client_data).digest()
    try:
        CoseKey.parse(_key(public_key)).verify(signed, assertion.signature)
    except (InvalidSignature, ValueError, KeyError, TypeError) as error:
        raise BadAssertion("the signature does not fit the key") from error


def _key(public_key: bytes) -> Mapping[int, Any]:
    parts = cbor.decode(public_key)
    if not isinstance(parts, Mapping):
        raise ValueError("not a COSE key")
    return parts
