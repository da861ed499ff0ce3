"""A log's signed notes, tree and files: C2SP signed-note, tlog-cosignature, tlog-tiles; RFC 6962."""

import re
import urllib.request
from base64 import b64decode
from collections import namedtuple
from functools import partial
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WIDTH, LOG, WITNESS = 256, 1, 4  # leaves in a bundle; kinds of signatures


Checkpoint = namedtuple("Checkpoint", "origin size root signers")  # signers: of the keys asked for
b64 = partial(b64decode, validate=True)


def key_of(vkey: str) -> tuple[str, bytes, bytes]:
    """Read a public key: its name, the four bytes before its signatures, kind and key."""
    name, _, rest = vkey.partition("+")
    raw = b64(rest.partition("+")[2])
    short = sha256(name.encode() + b"\n" + raw).digest()[:4]
    if len(raw) != 33 or raw[0] not in (LOG, WITNESS) or rest.partition("+")[0] != short.hex():
        raise ValueError("bad_key", vkey)
    return name, short, raw


def verify(raw: bytes, text: str, signature: bytes) -> None:
    said = text.encode()
    if raw[0] == WITNESS:
        said = f"cosignature/v1\ntime {int.from_bytes(signature[:8])}\n{text}".encode()
        signature = signature[8:]
    try:
        Ed25519PublicKey.from_public_bytes(raw[1:]).verify(signature, said)
    except InvalidSignature:
        raise ValueError("bad_signature", text) from None


def read_note(note: str, vkeys: list[str]) -> Checkpoint:
    """Read a checkpoint; a known key with a wrong signature is an error, an unknown one is not."""
    text, _, below = note.rpartition("\n\n")
    origin, size, root = text.split("\n")
    said = Checkpoint(origin, int(size), b64(root), set())
    known = {key_of(one)[:2]: one for one in vkeys}
    for line in below.splitlines():
        name, signature = re.fullmatch("— ([^ +]+) ([A-Za-z0-9+/=]+)", line).groups()  # type: ignore[union-attr]
        if one := known.get((name, b64(signature)[:4])):
            verify(key_of(one)[2], f"{text}\n", b64(signature)[4:])
            said.signers.add(one)
    return said


def root_of(row: list[bytes]) -> bytes:
    """Give the root over hashes of equal subtrees: pairs are joined, an odd last one rises as it is."""
    while len(row) > 1:
        row = [sha256(b"\1" + a + b).digest() for a, b in zip(row[::2], row[1::2], strict=False)] + row[len(row) & ~1 :]
    return row[0] if row else sha256(b"").digest()


def included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Tell whether the path leads from the leaf to the root (RFC 9162 section 2.1.3.2)."""
    fn, sn, r = index, size - 1, sha256(b"\0" + leaf).digest()
    for p in path:
        if sn <= 0:
            return False
        r = sha256(b"\1" + (p + r if fn & 1 or fn == sn else r + p)).digest()
        while fn == sn and fn and not fn & 1:
            fn, sn = fn >> 1, sn >> 1
        fn, sn = fn >> 1, sn >> 1
    return 0 <= index < size and sn == 0 and r == root


def name_of(level: object, number: int, width: int = WIDTH) -> str:
    """Name a tile or a bundle."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return f"tile/{level}/{'/'.join(groups)}" + ("" if width == WIDTH else f".p/{width}")


class Place:
    """Where a log lies: a folder, or an address."""

    def __init__(self, where: str) -> None:
        self.remote, self.where = where.startswith(("http://", "https://")), where.rstrip("/")

    def get(self, name: str) -> bytes:
        if not self.remote:
            return Path(self.where, name).read_bytes()
        return bytes(urllib.request.urlopen(f"{self.where}/{name}", timeout=60).read())  # noqa: S310

    def tile(self, level: object, number: int, width: int) -> bytes:
        """Read a tile or bundle of this width; a full one replaces its unfinished forms."""
        try:
            return self.get(name_of(level, number, width))
        except OSError:
            return self.get(name_of(level, number))


def leaves_in(data: bytes) -> list[bytes]:
    """Take a bundle apart."""
    found, at = [], 0
    while at < len(data):
        found.append(data[at + 2 : at + 2 + int.from_bytes(data[at : at + 2])])
        at += 2 + len(found[-1])
    return found
