"""A key made of software, which is registered and signs as an authenticator would."""

import json
import secrets
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

from bandeng.kit.passkeys import Assertion, to_text

PRESENT_AND_VERIFIED, ATTESTED = 0x05, 0x40


class SoftKey:
    def __init__(self, rp_id="localhost"):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.credential = secrets.token_bytes(16)
        self.rp_id = rp_id

    @property
    def public(self):
        return cbor.encode(ES256.from_cryptography_key(self.private.public_key()))

    def sign(self, challenge, *, flags=PRESENT_AND_VERIFIED, kind="webauthn.get"):
        client = self._client(challenge, kind)
        data = self._data(flags)
        signed = self.private.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return Assertion(data, client, signed)

    def created(self, challenge=bytes(32), *, transports=("internal",), flags=PRESENT_AND_VERIFIED):
        """What a browser's navigator.credentials.create gives, as the page's script sends it."""
        told = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + self.public
        data = self._data(flags | ATTESTED) + told
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        answer = {
            "clientDataJSON": to_text(self._client(challenge, "webauthn.create")),
            "attestationObject": to_text(attestation), "transports": list(transports),
        }  # fmt: skip
        name = to_text(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": answer}

    def _client(self, challenge, kind):
        said = {"type": kind, "challenge": to_text(challenge), "origin": f"https://{self.rp_id}"}
        return json.dumps(said).encode()

    def _data(self, flags):
        return sha256(self.rp_id.encode()).digest() + bytes([flags]) + bytes(4)
