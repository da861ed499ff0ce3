"""A passkey's signature over a given challenge, checked by the public key alone.

Source: W3C Web Authentication Level 3, §7.2 (verifying an assertion); RFC 9052 (COSE keys).
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from fido2 import cbor
from fido2.cose import CoseKey

USER_PRESENT, USER_VERIFIED, BACKUP_ELIGIBLE = 0x01, 0x04, 0x08
ALGORITHMS = (-7, -8)  # ES256, EdDSA: what every verifier of this house knows (RFC 9053)
KINDS = {(2, -7, 1), (1, -8, 6)}  # key type, algorithm, curve: on P-256 and on Ed25519
PLUGGED = {"usb", "nfc", "ble", "smart-card"}
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


def is_known(*, public_key: bytes) -> bool:
    """Tell whether a key (COSE) signs in a way that every verifier of this house knows."""
    try:
        parts = _key(public_key)
    except ValueError:
        return False
    return (parts.get(1), parts.get(3), parts.get(-1)) in KINDS


def is_security_key(*, attachment: str, transports: Collection[str], data: bytes) -> bool:
    """Tell whether a passkey lies in a key of its own, to be plugged in or held close.

    By two signs: the browser's word at registration how the key is reached (a hint: a browser that
    lies can say anything), and the authenticator's own, that the key is never copied elsewhere.
    `data` is authenticator data, of the registration or of a signature.

    Source: W3C Web Authentication Level 3, §5.8.4 (transports), §6.1.3 (backup eligibility).
    """
    reached = set(transports)
    copied = len(data) < 33 or bool(data[32] & BACKUP_ELIGIBLE)
    return bool(reached) and reached <= PLUGGED and attachment != "platform" and not copied


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
    try:
        parts = cbor.decode(public_key)
    except IndexError as error:
        raise ValueError("cut off") from error
    if not isinstance(parts, Mapping):
        raise ValueError("not a COSE key")
    return parts
