"""`bandeng-witness`: cosign a log's checkpoint, if the log has only grown since the last time.

    bandeng-witness --new witness.example/committee --key committee.key
    bandeng-witness --url https://…/log --key committee.key --state committee.json --log-key VKEY

The state file remembers what was signed last; it is on the disk before a signature leaves the
house. Without it a witness is worth nothing: keep it, and never share key or state.
"""

import argparse
import fcntl
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bandeng_verify.log import WIDTH, WITNESS, Checkpoint, Place, b64, key_of, leaves_in, read_note, verify
from bandeng_witness.growth import consistency, has_only_grown, subtree
from bandeng_witness.words import choose

PRIVATE, CHANGE = "PRIVATE+KEY", "bandeng log key change"


class Refused(Exception):  # noqa: N818
    """Not signed; the message says why."""


def new_key(file: Path, name: str) -> str:
    """Make a key for its owner alone. Returns: what is registered of it."""
    seed = secrets.token_bytes(32)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(f"{PRIVATE}+{name}+{b64encode(bytes([WITNESS]) + seed).decode()}\n")
    return public(name, seed)


def read_key(file: Path) -> tuple[str, bytes]:
    """Give name and seed."""
    _private, _key, name, spelt = file.read_text().strip().split("+", 3)
    return name, b64(spelt)[1:]


def public(name: str, seed: bytes) -> str:
    """Spell the public half (C2SP signed-note, "vkey")."""
    raw = bytes([WITNESS]) + Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    short = sha256(name.encode() + b"\n" + raw).hexdigest()[:8]
    return f"{name}+{short}+{b64encode(raw).decode()}"


def cosignature(name: str, seed: bytes, text: str, at: int) -> str:
    """Sign a checkpoint's text (C2SP tlog-cosignature, cosignature/v1)."""
    short = key_of(public(name, seed))[1]
    signed = Ed25519PrivateKey.from_private_bytes(seed).sign(f"cosignature/v1\ntime {at}\n{text}".encode())
    return f"— {name} {b64encode(short + at.to_bytes(8) + signed).decode()}\n"


@contextmanager
def remembered(file: Path) -> Iterator[dict[str, Any]]:
    """Hold the state for one process at a time; `keep` writes it."""
    with file.with_name(f".{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield json.loads(file.read_text()) if file.exists() else {}


def keep(file: Path, state: dict[str, Any]) -> None:
    """Write the state so that it outlasts a power cut."""
    part = file.with_name(f".{file.name}.part")
    with part.open("w") as out:
        json.dump(state, out)
        out.flush()
        os.fsync(out.fileno())
    part.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def follow(place: Place, keys: list[str]) -> list[str]:
    """Add the log's newer keys that a known one has named and signed."""
    try:
        told = place.get("key-changes").decode()
    except OSError:
        return keys
    known = list(keys)
    for note in told.split(f"{CHANGE}\n")[1:]:
        text, _, below = f"{CHANGE}\n{note}".partition("\n\n")
        _change, origin, _size, old, new = text.split("\n")
        name, short, raw = key_of(old)
        lines = [line.split(" ")[2] for line in below.split("\n") if line.startswith("— ")]
        mine = [b64(line)[4:] for line in lines if b64(line)[:4] == short]
        if old in known and new not in known and mine and name == origin:
            try:
                verify(raw, f"{text}\n", mine[0])
            except InvalidSignature:
                raise Refused(choose("forged_key", origin=origin)) from None
            known.append(new)
    return known


def judged(place: Place, said: Checkpoint, state: dict[str, Any]) -> int:
    """Give how many entries the log had when it was signed last, if it has only grown since."""
    if not said.signers:
        raise Refused(choose("unknown_key", origin=said.origin))
    if said.origin != state.get("origin", said.origin):
        raise Refused(choose("other_log", origin=said.origin, known=state["origin"]))
    old = int(state.get("size", 0))
    if said.size < old:
        raise Refused(choose("smaller", size=said.size, old=old))
    root = b64(state["root"]) if old else b""
    path = consistency(old, said.size, lambda low, high: subtree(place, said.size, low, high))
    if not has_only_grown(old, said.size, path, root, said.root):
        raise Refused(choose("rewritten", size=said.size, old=old))
    return old


def changed(place: Place, old: int, size: int) -> dict[str, int]:
    """Count what is new: entries, and transfers among them."""
    found = {"entries": size - old, "transfers": 0}
    for start in range(old // WIDTH * WIDTH, size, WIDTH):
        leaves = leaves_in(place.tile("entries", start // WIDTH, min(WIDTH, size - start)))
        new = leaves[max(old - start, 0) : size - start]
        found["transfers"] += sum(leaf.startswith(b'{"amount"') for leaf in new)
    return found


def sign(asked: argparse.Namespace, at: int) -> str:
    """Look, judge, remember, and only then sign. Returns: what to tell."""
    place, (name, seed) = Place(asked.url), read_key(asked.key)
    with remembered(asked.state) as state:
        keys = follow(place, state.get("keys") or asked.log_key)
        note = place.get("checkpoint").decode()
        said = read_note(note, keys)
        told = changed(place, judged(place, said, state), said.size)
        root = b64encode(said.root).decode()
        keep(asked.state, {"origin": said.origin, "size": said.size, "root": root, "keys": keys})
    text = note.rpartition("\n\n")[0] + "\n"
    _send(f"{place.where}/cosignature", f"{text}\n{cosignature(name, seed, text, at)}")
    return choose("signed", size=said.size, **told)


def _send(url: str, note: str) -> None:
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    request = urllib.request.Request(url, note.encode(), headers)  # noqa: S310  # as the person gave it
    try:
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        raise Refused(choose("not_taken", why=f"{error.code} {error.read().decode()[:200]}")) from error


def main(words: list[str] | None = None) -> int:
    """Make a key, or sign once or again and again."""
    parser = argparse.ArgumentParser(prog="bandeng-witness", description=__doc__)
    parser.add_argument("--key", type=Path, required=True, help="the witness's private key")
    parser.add_argument("--new", metavar="NAME", help="make the key; NAME is an address without scheme")
    parser.add_argument("--url", help="where the log is: https://…/log")
    parser.add_argument("--state", type=Path, help="what was signed last")
    parser.add_argument("--log-key", action="append", default=[], help="the log's public key (first time)")
    parser.add_argument("--every", type=float, help="seconds; without it, once")
    asked = parser.parse_args(words)
    if asked.new:
        print(new_key(asked.key, asked.new))  # noqa: T201
        return 0
    if not asked.url or not asked.state:
        parser.error("--url and --state, please")
    while True:
        try:
            print(sign(asked, int(time.time())), flush=True)  # noqa: T201
        except (Refused, OSError, ValueError, LookupError) as error:
            why = error if isinstance(error, Refused) else choose("unreachable", why=error)
            print(why, file=sys.stderr, flush=True)  # noqa: T201
            if isinstance(error, Refused) or not asked.every:
                return 1
        if not asked.every:
            return 0
        time.sleep(asked.every)
