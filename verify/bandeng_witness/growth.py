"""Whether a log has only grown: RFC 6962's consistency proof, drawn from the log's own tiles.

The tiles are not trusted: a proof that leads from the root remembered to the root signed now
can only be made of the true hashes.
"""

from collections.abc import Callable
from hashlib import sha256

from bandeng_verify.log import WIDTH, Place, root_of

Subtree = Callable[[int, int], bytes]


def node(left: bytes, right: bytes) -> bytes:
    """Join two subtrees."""
    return sha256(b"\1" + left + right).digest()


def subtree(place: Place, size: int, low: int, high: int) -> bytes:
    """Give the hash over leaves `low` to `high` from the tiles of a tree of `size` leaves."""
    count = high - low
    if count & (count - 1) or low % count:
        middle = low + (1 << ((count - 1).bit_length() - 1))
        return node(subtree(place, size, low, middle), subtree(place, size, middle, high))
    level = (count.bit_length() - 1) // 8
    span = WIDTH**level
    first, last = low // span, high // span
    number = first // WIDTH
    tile = place.tile(level, number, min(WIDTH, size // span - number * WIDTH))
    row = [tile[n : n + 32] for n in range(0, len(tile), 32)]
    return root_of(row[first - number * WIDTH : last - number * WIDTH])


def consistency(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """Give PROOF(old, D[size]) of RFC 6962 section 2.1.2."""

    def part(low: int, high: int, *, whole: bool) -> list[bytes]:
        if old == high:
            return [] if whole else [subtree(low, high)]
        middle = low + (1 << ((high - low - 1).bit_length() - 1))
        if old <= middle:
            return [*part(low, middle, whole=whole), subtree(middle, high)]
        return [*part(middle, high, whole=False), subtree(low, middle)]

    return part(0, size, whole=True) if 0 < old < size else []


def has_only_grown(old: int, size: int, path: list[bytes], old_root: bytes, root: bytes) -> bool:
    """Tell whether the larger tree begins with the smaller one (RFC 9162 section 2.1.4.2)."""
    if old in (0, size):
        return not path and (old == 0 or old_root == root)
    nodes = path if old & (old - 1) else [old_root, *path]
    if not nodes or old > size:
        return False
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    before = after = nodes[0]
    for one in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            before, after = node(one, before), node(one, after)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            after = node(after, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and before == old_root and after == root
