"""Who must approve what: m of n by role and sum, and whether rules of approval are any.

Whether enough have approved, the database counts (`funds_quorum`), by the same signed text.
A policy's text has `supervisors` (role → tokens) and `bands` (`up_to` fen → `needs` by role).
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import combinations
from typing import Any

Policy = Mapping[str, Any]
POLICY = "policy"  # the kind of an order that changes the rules themselves


def needs(*, policy: Policy, kind: str, amount: int | None) -> dict[str, int]:
    """Give how many of each role must approve; empty: nobody may approve so much.

    The lowest band that holds the sum. New rules need what the dearest order would, under the
    rules that they replace.
    """
    bands = sorted(policy["bands"], key=lambda band: band["up_to"])
    fitting = [band for band in bands if band["up_to"] >= (amount or 0)]
    if not fitting:
        return {}
    band = fitting[-1 if kind == POLICY else 0]
    return {role: n for role, n in band["needs"].items() if n}


class Weak(StrEnum):
    """Why rules of approval are none."""

    NO_BANDS = "no_bands"
    ONE_ROLE = "one_role"
    TOO_FEW = "too_few"
    SAME_PERSONS = "same_persons"
    DEARER_NEEDS_LESS = "dearer_needs_less"
    SAME_SUM_TWICE = "same_sum_twice"


def weaknesses(*, policy: Policy) -> list[tuple[Weak, int, str]]:
    """Find rules that one role alone fulfils, that nobody can, or that ask less for more.

    Returns: what, of the band up to how much (fen), and which role.
    """
    bands = sorted(policy["bands"], key=lambda band: band["up_to"])
    found = [] if bands else [(Weak.NO_BANDS, 0, "")]
    below: Mapping[str, int] = {}
    sums: set[int] = set()
    for band in bands:
        up_to, asked = band["up_to"], {role: n for role, n in band["needs"].items() if n}
        if up_to in sums:
            found.append((Weak.SAME_SUM_TWICE, up_to, ""))
        if len(asked) < 2:
            found.append((Weak.ONE_ROLE, up_to, ""))
        held = policy["supervisors"]
        few = [role for role, n in asked.items() if n > len(set(held.get(role, ())))]
        found += [(Weak.TOO_FEW, up_to, role) for role in few]
        if not few and _shared(asked, held):
            found.append((Weak.SAME_PERSONS, up_to, ""))
        if sum(asked.values()) < sum(below.values()):
            found.append((Weak.DEARER_NEEDS_LESS, up_to, ""))
        below, sums = asked, sums | {up_to}
    return found


def _shared(asked: Mapping[str, int], held: Mapping[str, Any]) -> bool:
    """Tell whether some roles together have too few different persons: each approves once.

    Source: Hall's theorem; there are eight roles at most.
    """
    return any(
        sum(asked[role] for role in roles) > len({one for role in roles for one in held[role]})
        for roles in _groups(asked)
    )


def _groups(asked: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    for size in range(2, len(asked) + 1):
        yield from combinations(asked, size)
