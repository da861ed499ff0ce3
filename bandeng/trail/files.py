"""The log's files in its folder: tiles first, the checkpoint that needs them last.

A tile's name and width say which leaves it holds, so that writing it again after a crash
changes nothing; without a checkpoint that needs it, a tile means nothing.
"""

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from bandeng.trail.rules.notes import Checkpoint, NoNote, checkpoint, parts
from bandeng.trail.rules.tiles import (
    ENTRIES,
    HASH,
    WIDTH,
    Edge,
    Tree,
    hashes,
    tile_name,
    unbundle,
    widths,
)

MANY = 64  # files; more are brought to the disk by one sync of everything


class Broken(Exception):  # noqa: N818
    """A file of the log is missing or not what it was; its name is the message."""


def write(*, folder: Path, files: Iterable[tuple[str, bytes]]) -> list[Path]:
    """Put files under their names, whole or not at all; `settle` makes them last.

    Returns: what was written, new folders first.
    """
    written: list[Path] = []
    for name, data in files:
        place = folder / name
        if not place.parent.is_dir():
            place.parent.mkdir(parents=True, exist_ok=True)
            written += reversed(list(place.relative_to(folder).parents)[:-1])
        part = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        part.write_bytes(data)
        part.rename(place)
        written.append(place)
    return [folder / path for path in written]


def settle(*, paths: list[Path]) -> None:
    """Return when these files, and their names in their folders, outlast a power cut."""
    if len(paths) > MANY:
        os.sync()
        return
    for path in {*paths, *(path.parent for path in paths)}:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read(*, folder: Path, level: int | str, number: int, width: int) -> bytes:
    """Read a tile or bundle that is at least so wide: the full one where there is one.

    Raises:
        Broken: there is none.
    """
    full = folder / tile_name(level=level, number=number)
    if full.exists():
        return full.read_bytes()
    try:
        found = [int(path.name) for path in full.with_name(f"{full.name}.p").iterdir()]
        least = min(one for one in found if one >= width)
        return (folder / tile_name(level=level, number=number, width=least)).read_bytes()
    except (OSError, ValueError) as error:
        if full.exists():  # finished in the meantime
            return full.read_bytes()
        raise Broken(tile_name(level=level, number=number, width=width)) from error


def tree(*, folder: Path, size: int) -> Tree:
    """Give the tree of `size` leaves as its files have it."""

    def tile(level: int, number: int, width: int) -> bytes:
        return read(folder=folder, level=level, number=number, width=width)

    return Tree(size=size, read=tile)


def edge(*, folder: Path, size: int) -> Edge:
    """Give the right edge of the tree of `size` leaves: what the signer goes on from.

    Raises:
        Broken: a file of the edge is missing or cut off.
    """
    levels, span = [], WIDTH
    for level, width in enumerate(widths(size=size)):
        row = b""
        if width:
            row = read(folder=folder, level=level, number=size // span, width=width)
        if len(row) < width * HASH:
            raise Broken(tile_name(level=level, number=size // span, width=width))
        levels.append(hashes(data=row)[:width])
        span *= WIDTH
    return Edge(size=size, levels=levels, leaves=_last_bundle(folder=folder, size=size))


def _last_bundle(*, folder: Path, size: int) -> list[bytes]:
    width, number = size % WIDTH, size // WIDTH
    if not width:
        return []
    try:
        data = read(folder=folder, level=ENTRIES, number=number, width=width)
        leaves = unbundle(data=data)[:width]
    except ValueError:
        leaves = []
    if len(leaves) < width:
        raise Broken(tile_name(level=ENTRIES, number=number, width=width))
    return leaves


def last_note(*, folder: Path) -> str | None:
    """Give the checkpoint's note as it lies there, or None while there is none."""
    try:
        return (folder / "checkpoint").read_text()
    except FileNotFoundError:
        return None


def last_checkpoint(*, folder: Path) -> Checkpoint | None:
    """Give what the log said last, or None while it has said nothing.

    Raises:
        Broken: what lies there is no checkpoint.
    """
    note = last_note(folder=folder)
    if note is None:
        return None
    try:
        return checkpoint(text=parts(note=note)[0])
    except NoNote as error:
        raise Broken("checkpoint") from error


def forget_parts(*, folder: Path, finished: Iterable[str]) -> None:
    """Remove the unfinished forms of tiles that are now full.

    Source: C2SP tlog-tiles, "Partial Tiles".
    """
    for name in finished:
        shutil.rmtree(folder / f"{name}.p", ignore_errors=True)
