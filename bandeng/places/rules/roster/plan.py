"""What taking in a roster would change in what is known of an estate."""

from collections.abc import Iterable
from dataclasses import dataclass

from bandeng.places.rules.roster.rows import RosterHome, home_key

# A better document is not overwritten by a worse one; source: 法释〔2020〕17号 art. 8.
RANK = {"register": 3, "survey": 2, "contract": 1, "unknown": 0}


@dataclass(frozen=True, slots=True)
class Known:
    """A home as it lies in the tables. Units: `area` in 0.01 m²."""

    pk: int
    building: str
    entrance: str
    number: str
    floor: int | None
    area: int | None
    area_source: str


@dataclass(frozen=True, slots=True)
class Change:
    """A known home and what it is to become."""

    known: Known
    floor: int | None
    area: int | None
    area_source: str


@dataclass(frozen=True)
class Plan:
    """New, changed, same, and those that the file does not name (they stay).

    `areas_kept` counts areas that stay because they come from a better document.
    """

    new: tuple[RosterHome, ...]
    changed: tuple[Change, ...]
    same: int
    missing: tuple[Known, ...]
    areas_kept: int


def plan(*, homes: Iterable[RosterHome], known: Iterable[Known]) -> Plan:
    """Compare a roster's homes with the known ones; an empty cell changes nothing."""
    left = {home_key(building=k.building, entrance=k.entrance, number=k.number): k for k in known}
    new, changed, same, kept = [], [], 0, 0
    for home in homes:
        old = left.pop(home.key, None)
        if not old:
            new.append(home)
            continue
        change = _change(old, home)
        kept += home.area is not None and change.area != home.area
        if (change.floor, change.area, change.area_source) == (
            old.floor,
            old.area,
            old.area_source,
        ):
            same += 1
        else:
            changed.append(change)
    return Plan(tuple(new), tuple(changed), same, tuple(left.values()), kept)


def _change(old: Known, home: RosterHome) -> Change:
    floor = old.floor if home.floor is None else home.floor
    worse = old.area is not None and RANK[home.area_source] < RANK[old.area_source]
    if home.area is None or worse:
        return Change(old, floor, old.area, old.area_source)
    return Change(old, floor, home.area, home.area_source)
