"""Sensitive values at rest: AES-256-GCM to keep them, a keyed hash to find them again.

The two keys lie in `keys/` of the state directory, made at the first start, mode 0600.
Losing them loses the values: `bandeng backup` includes them.

Source: NIST SP 800-38D (GCM); FIPS 198-1 (HMAC).
"""

import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES, NONCE_BYTES = 32, 12


@cache
def key(*, name: str) -> bytes:
    """Give the key called `name`; the first call makes it.

    Returns: 32 bytes.
    """
    file = Path(settings.KEY_DIRECTORY, name)
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f".{name}.{secrets.token_hex(4)}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(secrets.token_bytes(KEY_BYTES))
        try:
            os.link(new, file)  # whoever comes first makes it; nobody ever replaces it
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return file.read_bytes()


def encrypt(*, text: str, context: str) -> bytes:
    """Hide `text`; it can only be shown again in the same `context` (table.column).

    Returns: nonce (12 bytes), ciphertext and tag (16 bytes).
    """
    return encrypt_bytes(data=text.encode(), context=context)


def encrypt_bytes(*, data: bytes, context: str) -> bytes:
    """Hide a file as `encrypt` hides a text."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key(name="fields")).encrypt(nonce, data, context.encode())


def decrypt_bytes(*, data: bytes, context: str) -> bytes:
    """Show what `encrypt_bytes` hid.

    Raises:
        cryptography.exceptions.InvalidTag: changed, moved from another column, other key.
    """
    nonce, hidden = data[:NONCE_BYTES], data[NONCE_BYTES:]
    return AESGCM(key(name="fields")).decrypt(nonce, hidden, context.encode())


def decrypt(*, data: bytes, context: str) -> str:
    """Show what `encrypt` hid.

    Raises:
        cryptography.exceptions.InvalidTag: changed, moved from another column, other key.
    """
    return decrypt_bytes(data=data, context=context).decode()


def keyed_hash(*, text: str, context: str) -> bytes:
    """Give the fingerprint by which a hidden value is found: equal texts, equal bytes.

    Returns: 32 bytes (HMAC-SHA-256).
    """
    return hmac.digest(key(name="search"), f"{context}\0{text}".encode(), "sha256")
