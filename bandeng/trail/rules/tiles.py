"""How the tree is cut into files that never change: tiles of 256 hashes, bundles of 256 leaves.

Source: C2SP tlog-tiles.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from bandeng.trail.rules.merkle import folded, rows_over, split

WIDTH, HEIGHT, HASH = 256, 8, 32
LEAF_LENGTH = 65_535  # bytes: a bundle gives each leaf's length in two
ENTRIES = "entries"
NAME = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)
KEPT = 1024  # expanded tiles, 37 kB each, that a tree holds at a time
Read = Callable[[int, int, int], bytes]  # level, number, width → the tile's bytes


def tile_name(*, level: int | str, number: int, width: int = WIDTH) -> str:
    """Name the file of a tile, or of a bundle where `level` is "entries"."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    part = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(groups)}{part}"


def is_tile_name(*, name: str) -> bool:
    """Tell whether a file of the log can have this name."""
    found = NAME.fullmatch(name)
    return found is not None and (not found[3] or int(found[3]) < WIDTH)


def number_of(*, name: str) -> tuple[int, int]:
    """Give the number and the width that a tile's name says."""
    found = NAME.fullmatch(name)
    if not found:
        raise ValueError(name)
    return int(re.sub("[x/]", "", found[2])), int(found[3] or WIDTH)


def widths(*, size: int) -> list[int]:
    """Give how many hashes the last, unfinished tile of each level has, lowest level first."""
    found = []
    while size:
        found.append(size % WIDTH)
        size //= WIDTH
    return found


def bundle(*, leaves: Sequence[bytes]) -> bytes:
    """Write leaves one after the other, each behind its length."""
    return b"".join(len(leaf).to_bytes(2) + leaf for leaf in leaves)


def unbundle(*, data: bytes) -> list[bytes]:
    """Read what `bundle` wrote.

    Raises:
        ValueError: it is cut off.
    """
    found, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2])
        if end > len(data) or at + 2 > len(data):
            raise ValueError("a bundle that is cut off")
        found.append(data[at + 2 : end])
        at = end
    return found


def hashes(*, data: bytes) -> list[bytes]:
    """Take a tile apart."""
    return [data[n : n + HASH] for n in range(0, len(data), HASH)]


class Edge:
    """The right edge of the tree: all that is needed to go on adding leaves to it."""

    def __init__(
        self, *, size: int = 0, levels: Sequence[Sequence[bytes]] = (), leaves: Sequence[bytes] = ()
    ) -> None:
        self.size = size
        self.levels = [list(level) for level in levels]
        self.leaves = list(leaves)  # of the unfinished bundle

    def add(self, *, leaf: bytes, hashed: bytes) -> Iterator[tuple[str, bytes]]:
        """Add one leaf. Returns: name and bytes of every tile and bundle that it finishes."""
        self.leaves.append(leaf)
        self.size += 1
        if len(self.leaves) == WIDTH:
            name = tile_name(level=ENTRIES, number=self.size // WIDTH - 1)
            yield name, bundle(leaves=self.leaves)
            self.leaves = []
        yield from self._grow(hashed)

    def _grow(self, hashed: bytes) -> Iterator[tuple[str, bytes]]:
        span = WIDTH  # leaves below a full tile
        for level in range(len(self.levels) + 1):
            if level == len(self.levels):
                self.levels.append([])
            row = self.levels[level]
            row.append(hashed)
            if len(row) < WIDTH:
                return
            yield tile_name(level=level, number=self.size // span - 1), b"".join(row)
            hashed = rows_over(hashes=row)[HEIGHT][0]
            self.levels[level] = []
            span *= WIDTH

    def unfinished(self) -> Iterator[tuple[str, bytes]]:
        """Give name and bytes of the last tile of each level and of the last bundle."""
        span = WIDTH
        if self.leaves:
            number, width = self.size // WIDTH, len(self.leaves)
            name = tile_name(level=ENTRIES, number=number, width=width)
            yield name, bundle(leaves=self.leaves)
        for level, row in enumerate(self.levels):
            if row:
                number = self.size // span
                yield tile_name(level=level, number=number, width=len(row)), b"".join(row)
            span *= WIDTH

    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        subtrees: list[bytes] = []
        for row in reversed(self.levels):
            rows, taken = rows_over(hashes=row), 0
            for power in reversed(range(HEIGHT)):
                if len(row) & (1 << power):
                    subtrees.append(rows[power][taken >> power])
                    taken += 1 << power
        return folded(subtrees=subtrees)


class Tree:
    """A published tree, read from its tiles as far as they are asked for."""

    def __init__(self, *, size: int, read: Read) -> None:
        self.size, self._read = size, read
        self._rows: dict[tuple[int, int], list[list[bytes]]] = {}

    def subtree(self, low: int, high: int) -> bytes:
        """Give the hash over the leaves from `low` up to, not including, `high`."""
        count = high - low
        if count & (count - 1) or low % count:
            middle = low + split(count=count)
            left, right = self.subtree(low, middle), self.subtree(middle, high)
            return folded(subtrees=[left, right])
        height = count.bit_length() - 1
        level, inside = divmod(height, HEIGHT)
        index = low >> height
        number = index >> (HEIGHT - inside)
        rows = self._rows.get((level, number)) or self._load(level, number)
        return rows[inside][index - (number << (HEIGHT - inside))]

    def path(self, *, index: int) -> list[bytes]:
        """Give the hashes that lead from leaf `index` to the root: `merkle.inclusion`, quicker."""
        found: list[bytes] = []
        at, level = index, 0
        while (1 << (level * HEIGHT)) < self.size:
            number, inside = at // WIDTH, at % WIDTH
            rows = self._rows.get((level, number)) or self._load(level, number)
            for height in range(HEIGHT):
                beside = (inside >> height) ^ 1
                if height < len(rows) and beside < len(rows[height]):
                    found.append(rows[height][beside])
                else:
                    found += self._ragged((number << (HEIGHT - height)) + beside, level, height)
            at, level = number, level + 1
        return found

    def _ragged(self, beside: int, level: int, height: int) -> list[bytes]:
        """Give the unfinished subtree at the right edge, or nothing where the tree has ended."""
        low = beside << (level * HEIGHT + height)
        return [self.subtree(low, self.size)] if low < self.size else []

    def root(self) -> bytes:
        """Give the root over all leaves."""
        return self.subtree(0, self.size) if self.size else folded(subtrees=[])

    def _load(self, level: int, number: int) -> list[list[bytes]]:
        width = min(WIDTH, (self.size >> (HEIGHT * level)) - number * WIDTH)
        data = self._read(level, number, width)
        if len(data) < width * HASH:
            raise ValueError(f"{tile_name(level=level, number=number, width=width)} is cut off")
        if len(self._rows) >= KEPT:
            self._rows = {}
        self._rows[level, number] = rows = rows_over(hashes=hashes(data=data)[:width])
        return rows
