"""A passkey's signature over a given challenge, checked by the public key alone.

Source: W3C Web Authentication Level 3, §7.2 (verifying an assertion); RFC 9052 (COSE keys).
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.cose import CoseKey

USER_PRESENT, USER_VERIFIED = 0x01, 0x04


class BadAssertion(ValueError):  # noqa: N818
    """The key did not sign this challenge."""


@dataclass(frozen=True)
class Assertion:
    """What an authenticator gives back when it signs."""

    authenticator_data: bytes
    client_data: bytes
    signature: bytes


def verify(*, assertion: Assertion, public_key: bytes, challenge: bytes) -> None:
    """Check that the holder of `public_key` (COSE) signed `challenge`, present and verified.

    Raises:
        BadAssertion: something does not fit; the message says what, for the log.
    """
    try:
        said = json.loads(assertion.client_data)
        given, kind = str(said["challenge"]), said["type"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadAssertion("client data cannot be read") from error
    asked = urlsafe_b64encode(challenge).rstrip(b"=").decode()
    if kind != "webauthn.get" or not hmac.compare_digest(given.rstrip("="), asked):
        raise BadAssertion("another challenge was signed")
    data = assertion.authenticator_data
    if len(data) < 37 or not data[32] & USER_PRESENT or not data[32] & USER_VERIFIED:
        raise BadAssertion("nobody was asked")
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
