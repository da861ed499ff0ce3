"""Texts that keys have signed: checkpoints of the log and the witnesses' cosignatures.

Source: C2SP signed-note, tlog-checkpoint, tlog-cosignature (cosignature/v1).
"""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

LOG, WITNESS = 1, 4  # signature types: Ed25519 over the text; over time and text
NAME = re.compile(r"[^\s+]+")
LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
PRIVATE = "PRIVATE+KEY"
NOTE_LENGTH, SIGNATURES = 100_000, 64  # characters, lines: more is no checkpoint of ours


class NoNote(ValueError):  # noqa: N818
    """It is not spelt as a note, a checkpoint or a key must be."""


class NotSigned(ValueError):  # noqa: N818
    """No known key has signed it, or a known key's signature is wrong."""


@dataclass(frozen=True)
class PublicKey:
    """Who can have signed: a key with its name and the kind of signature it makes."""

    name: str
    kind: int
    raw: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that stand before each signature of this key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.raw).digest()[:4]

    def __str__(self) -> str:
        """Spell it as others need it to check ("vkey")."""
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.raw).decode()}"

    @property
    def fingerprint(self) -> str:
        """Give what is printed on paper: four groups of four."""
        found = sha256(str(self).encode()).hexdigest()[:16]
        return "-".join(found[n : n + 4] for n in range(0, 16, 4))

    def has_signed(self, *, text: str, signature: bytes) -> bool:
        """Tell whether `signature`, without the key's id, is this key's under `text`."""
        said = text if self.kind == LOG else _timed(time=signed_at(signature=signature), text=text)
        try:
            public = Ed25519PublicKey.from_public_bytes(self.raw)
            public.verify(signature if self.kind == LOG else signature[8:], said.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class PrivateKey:
    """Who can sign."""

    name: str
    kind: int
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """Give the half that everybody may know."""
        raw = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return PublicKey(self.name, self.kind, raw)

    def spelt(self) -> str:
        """Spell it for its file, which nobody else may read."""
        spelt = b64encode(bytes([self.kind]) + self.seed).decode()
        return f"{PRIVATE}+{self.name}+{self.public.id.hex()}+{spelt}"

    def sign(self, *, text: str, time: int = 0) -> str:
        """Give the signature's line under `text`; a witness says when, in seconds since 1970."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        if self.kind == LOG:
            signature = key.sign(text.encode())
        else:
            signature = time.to_bytes(8) + key.sign(_timed(time=time, text=text).encode())
        return line(name=self.name, raw=self.public.id + signature)


@dataclass(frozen=True)
class Checkpoint:
    """What the log says: how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """Spell what is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def public_key(*, text: str) -> PublicKey:
    """Read a vkey.

    Raises:
        NoNote: it is none, or of a kind that we do not know.
    """
    name, kind, raw = _key(text=text.strip())
    key = PublicKey(name, kind, raw)
    if str(key) != text.strip():
        raise NoNote(f"no key: {text!r}")
    return key


def private_key(*, text: str) -> PrivateKey:
    """Read what `PrivateKey.spelt` wrote.

    Raises:
        NoNote: it is no private key.
    """
    start = f"{PRIVATE}+"
    if not text.startswith(start):
        raise NoNote("no private key")
    key = PrivateKey(*_key(text=text.strip().removeprefix(start)))
    if key.spelt() != text.strip():
        raise NoNote("no private key")
    return key


def _key(*, text: str) -> tuple[str, int, bytes]:
    name, _plus, rest = text.partition("+")
    _id, _plus, spelt = rest.partition("+")
    raw = _bytes(text=spelt)
    if len(raw) != 33 or raw[0] not in (LOG, WITNESS) or not NAME.fullmatch(name):
        raise NoNote("no key of a kind that is known here")
    return name, raw[0], raw[1:]


def line(*, name: str, raw: bytes) -> str:
    """Write a signature's line; `raw` is the key's id and the signature."""
    return f"— {name} {b64encode(raw).decode()}\n"


def signed_at(*, signature: bytes) -> int:
    """Give a witness's time, in seconds since 1970."""
    return int.from_bytes(signature[:8])


def _timed(*, time: int, text: str) -> str:
    return f"cosignature/v1\ntime {time}\n{text}"


def _bytes(*, text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoNote(f"no base64: {text!r}") from error


def parts(*, note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Take a note apart.

    Returns: the text, and (name, key id and signature) for each line below it.

    Raises:
        NoNote: it is none.
    """
    text, gap, below = note.rpartition("\n\n")
    lines = below.split("\n")
    if not gap or not text or lines.pop() or not 0 < len(lines) <= SIGNATURES:
        raise NoNote("a text, an empty line and signatures, please")
    if len(note) > NOTE_LENGTH or any(c < " " and c != "\n" for c in note):
        raise NoNote("too long, or with control characters")
    found = [LINE.fullmatch(one) for one in lines]
    if not all(found):
        raise NoNote("no line of a signature")
    return text + "\n", [(one[1], _bytes(text=one[2])) for one in found if one]


def signers(*, note: str, keys: Iterable[PublicKey]) -> set[PublicKey]:
    """Tell which of `keys` have signed the note; lines of other keys are nobody's.

    Raises:
        NoNote: it is no note.
        NotSigned: a known key's signature is wrong, or there is none.
    """
    text, lines = parts(note=note)
    known, found = {(key.name, key.id): key for key in keys}, set()
    for name, signature in lines:
        key = known.get((name, signature[:4]))
        if key and not key.has_signed(text=text, signature=signature[4:]):
            raise NotSigned(f"the signature of {name} is wrong")
        if key:
            found.add(key)
    if not found:
        raise NotSigned("no key that is known here has signed it")
    return found


def checkpoint(*, text: str) -> Checkpoint:
    """Read a checkpoint's text, without its signatures; further lines are refused.

    Raises:
        NoNote: it is none.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise NoNote("origin, size and root, please")
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise NoNote(f"no size: {lines[1]!r}")
    found = Checkpoint(lines[0], int(lines[1]), _bytes(text=lines[2]))
    if found.text != text or len(found.root) != 32:
        raise NoNote("no checkpoint")
    return found
