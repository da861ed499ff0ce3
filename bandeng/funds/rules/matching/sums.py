"""Which dues make up a sum, if only one choice of them does."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from bandeng.funds.rules.matching.model import Allocation, Due

LARGEST = 24  # dues; beyond, only the whole sum is recognised
MOST_SUMS = 20_000  # of one half of them


def exact(*, amount: int, dues: Sequence[Due]) -> tuple[Allocation, ...]:
    """Give the dues that add up to `amount`; nothing if none or several choices do.

    Of equal sums the oldest is meant. Source: 民法典 art. 560 (the one that fell due first).
    """
    if amount == sum(due.open for due in dues):
        return tuple(Allocation(due.key, due.open) for due in dues)
    chosen = only_choice(amount=amount, values=tuple(sorted(due.open for due in dues)))
    if chosen is None:
        return ()
    wanted, found = Counter(chosen), []
    for due in sorted(dues, key=lambda due: due.since):
        if wanted[due.open]:
            wanted[due.open] -= 1
            found.append(Allocation(due.key, due.open))
    return tuple(found)


def oldest_first(*, amount: int, dues: Sequence[Due]) -> tuple[tuple[Allocation, ...], int]:
    """Pay the oldest dues as far as the money goes. Returns: allocations, and what is left.

    Source: 民法典 art. 560, where the payer says nothing else.
    """
    found = []
    for due in sorted(dues, key=lambda due: due.since):
        part = min(amount, due.open)
        if part:
            found.append(Allocation(due.key, part))
            amount -= part
    return tuple(found), amount


@lru_cache(maxsize=65_536)
def only_choice(*, amount: int, values: tuple[int, ...]) -> tuple[int, ...] | None:
    """Give the values that add up to `amount`, if one choice does and no other.

    Choices that differ only in which of equal values they take are one choice. Met in the
    middle: two halves of at most 2^12 sums each, whatever the values are.
    """
    if amount <= 0 or len(values) > LARGEST or amount > sum(values):
        return None
    groups = list(Counter(values).items())
    half = _sums(groups[::2])
    other = _sums(groups[1::2])
    if half is None or other is None:
        return None
    found: tuple[int, ...] | None = None
    for total, ways in half.items():
        for second in other.get(amount - total, ()):
            for first in ways:
                if found is not None:
                    return None
                found = first + second
    return found


def _sums(groups: list[tuple[int, int]]) -> dict[int, list[tuple[int, ...]]] | None:
    """Give every sum with at most two choices for it; two are already too many."""
    size = 1
    for _value, count in groups:
        size *= count + 1
    if size > MOST_SUMS:
        return None
    sums: dict[int, list[tuple[int, ...]]] = {}
    for counts in product(*(range(count + 1) for _value, count in groups)):
        total = sum(value * n for (value, _), n in zip(groups, counts, strict=True))
        ways = sums.setdefault(total, [])
        if len(ways) < 2:
            taken = ((value,) * n for (value, _), n in zip(groups, counts, strict=True))
            ways.append(tuple(each for part in taken for each in part))
    return sums
