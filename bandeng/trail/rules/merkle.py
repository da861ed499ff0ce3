"""The hash tree over the log's leaves, and the proofs that it gives.

Source: RFC 6962 section 2.1; checks of proofs: RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()  # the root of a tree without leaves
HASH_LENGTH = 32
Subtree = Callable[[int, int], bytes]  # MTH(D[low:high])


def leaf_hash(*, leaf: bytes) -> bytes:
    """Hash one leaf; the first byte keeps leaves and nodes apart."""
    return sha256(b"\0" + leaf).digest()


def node_hash(*, left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one."""
    return sha256(b"\1" + left + right).digest()


def rows_over(*, hashes: Sequence[bytes]) -> list[list[bytes]]:
    """Give all complete subtrees over `hashes`: row 0 is themselves, row k pairs of row k-1."""
    rows = [list(hashes)]
    while len(rows[-1]) > 1:
        row = rows[-1]
        pairs = zip(row[::2], row[1::2], strict=False)
        rows.append([sha256(b"\1" + left + right).digest() for left, right in pairs])
    return rows


def folded(*, subtrees: Sequence[bytes]) -> bytes:
    """Join the complete subtrees of a tree, largest first, into its root."""
    if not subtrees:
        return EMPTY
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = sha256(b"\1" + left + root).digest()
    return root


def split(*, count: int) -> int:
    """Give how many of `count` leaves stand left: the largest power of two below."""
    return 1 << ((count - 1).bit_length() - 1)


def inclusion(*, index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Give the hashes that lead from leaf `index` to the root of `size` leaves, lowest first."""
    path, level = [], 0
    while (1 << level) < size:
        beside = (index >> level) ^ 1
        low, high = beside << level, min((beside + 1) << level, size)
        if low < size:
            path.append(subtree(low, high))
        level += 1
    return path


def consistency(*, old: int, size: int, subtree: Subtree) -> list[bytes]:
    """Give the hashes which show that `size` leaves begin with the first `old` of them."""
    if not 0 < old < size:
        return []

    def of(low: int, high: int, *, whole: bool) -> list[bytes]:
        if old == high:
            return [] if whole else [subtree(low, high)]
        middle = low + split(count=high - low)
        if old <= middle:
            return [*of(low, middle, whole=whole), subtree(middle, high)]
        return [*of(middle, high, whole=False), subtree(low, middle)]

    return of(0, size, whole=True)


def is_included(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the path leads from this leaf's hash to the root."""
    at, last, found = index, size - 1, leaf
    for beside in path:
        if last <= 0:
            return False
        if at & 1 or at == last:
            found = sha256(b"\1" + beside + found).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = sha256(b"\1" + found + beside).digest()
        at, last = at >> 1, last >> 1
    return 0 <= index < size and last == 0 and found == root


def is_consistent(
    *, old: int, size: int, path: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Tell whether the tree of `size` leaves begins with the tree of `old` leaves."""
    if old in (0, size):
        return not path and (old_root == root if old else old_root == EMPTY)
    if old > size or not path:
        return False
    rest = list(path) if old & (old - 1) else [old_root, *path]
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = rest[0]
    for beside in rest[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before = node_hash(left=beside, right=before)
            after = node_hash(left=beside, right=after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(left=after, right=beside)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == root
