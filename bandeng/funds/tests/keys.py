"""A key made of software, which signs as an authenticator would."""

import json
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

from bandeng.funds import actions
from bandeng.kit.passkeys import Assertion

PRESENT_AND_VERIFIED = 0x05


class SoftKey:
    def __init__(self, rp_id="localhost"):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.credential = secrets.token_bytes(16)
        self.rp_id = rp_id

    @property
    def public(self):
        return cbor.encode(ES256.from_cryptography_key(self.private.public_key()))

    def sign(self, challenge, *, flags=PRESENT_AND_VERIFIED, kind="webauthn.get"):
        told = urlsafe_b64encode(challenge).rstrip(b"=").decode()
        client = json.dumps(
            {"type": kind, "challenge": told, "origin": "https://localhost"}
        ).encode()
        data = sha256(self.rp_id.encode()).digest() + bytes([flags]) + bytes(4)
        signed = self.private.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return Assertion(data, client, signed)


def enrolled(person, *, at):
    key = SoftKey()
    row = actions.enrol_key(
        credential=key.credential, public_key=key.public, name="手机", by=person, at=at
    )
    return key, row
