"""The log's private keys: one file of mode 0600 that the signer alone is told of.

The first line is the key of today; older ones sign beside it until they are retired.
"""

import os
import secrets
from pathlib import Path

from bandeng.trail.rules.notes import LOG, Checkpoint, NoNote, PrivateKey, PublicKey, private_key

CHANGE = "bandeng log key change"  # first line of the note in which an old key names a new one
KEYS, CHANGES = "keys", "key-changes"  # public files in the log's folder


class KeyMissing(Exception):  # noqa: N818
    """There is no key, or no readable one; the path is the message."""


def origin_of(*, url: str) -> str:
    """Name the log after the address of its installation, without the scheme.

    Source: C2SP tlog-tiles, "Parameters".
    """
    return f"{url.partition('://')[2].rstrip('/')}/log"


def make(*, file: Path, origin: str) -> PrivateKey:
    """Make the first key.

    Raises:
        FileExistsError: there is one.
    """
    if file.exists():
        raise FileExistsError(file)
    key = PrivateKey(origin, LOG, secrets.token_bytes(32))
    _keep(file=file, keys=[key])
    return key


def load(*, file: Path) -> list[PrivateKey]:
    """Read the keys, today's first.

    Raises:
        KeyMissing: the file is missing or holds none.
    """
    try:
        found = [private_key(text=line) for line in file.read_text().splitlines()]
    except (OSError, NoNote) as error:
        raise KeyMissing(str(file)) from error
    if not found:
        raise KeyMissing(str(file))
    return found


def rotate(*, file: Path, size: int) -> str:
    """Put a new key before the old ones.

    Returns: the note in which the key of until now, and the new one, say so.
    """
    old = load(file=file)
    new = PrivateKey(old[0].name, LOG, secrets.token_bytes(32))
    text = f"{CHANGE}\n{old[0].name}\n{size}\n{old[0].public}\n{new.public}\n"
    _keep(file=file, keys=[new, *old])
    return text + "\n" + old[0].sign(text=text) + new.sign(text=text)


def retire(*, file: Path) -> list[PublicKey]:
    """Destroy every key but today's. Returns: the public halves of those that went."""
    keys = load(file=file)
    _keep(file=file, keys=keys[:1])
    return [key.public for key in keys[1:]]


def signed(*, checkpoint: Checkpoint, keys: list[PrivateKey]) -> str:
    """Sign a checkpoint under every key that is still in use."""
    return checkpoint.text + "\n" + "".join(key.sign(text=checkpoint.text) for key in keys)


def _keep(*, file: Path, keys: list[PrivateKey]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.writelines(key.spelt() + "\n" for key in keys)
        out.flush()
        os.fsync(out.fileno())
    part.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
