"""What only a month has: continuity, spacing, drift, changes against a published plan, locks."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from bandeng.care.planner.model import Instance, Placement, Plan

FURTHER = 3  # a carer beyond primary and backup weighs as three backups


def placements(*, instance: Instance, plan: Plan) -> dict[int, Placement]:
    """Give where every served visit stands; of a visit served in part, what is there."""
    found: dict[int, dict[int, tuple[int, float, str]]] = defaultdict(dict)
    for turn, stops in zip(instance.turns, plan.routes, strict=True):
        for stop in stops:
            if stop.visit is not None:
                found[stop.visit][stop.task] = (turn.day, stop.start, turn.carer)
    stands = {}
    for visit, tasks in found.items():
        first = tasks[min(tasks)]
        carers = tuple(tasks[task][2] if task in tasks else "" for task in range(max(tasks) + 1))
        stands[visit] = Placement(day=first[0], start=first[1], carers=carers)
    return stands


def strangeness(*, carers: int, needed: int) -> int:
    """Weigh a client's carers beyond those whom one visit needs: a backup 1, each further 3."""
    beyond = carers - needed
    return 0 if beyond <= 0 else 1 + FURTHER * (beyond - 1)


def month_amounts(*, instance: Instance, plan: Plan) -> dict[str, float]:
    """Give the amounts of the month's parts; all 0 for one day without them."""
    stands = placements(instance=instance, plan=plan)
    return {
        "continuity": float(_continuity(instance, stands)),
        **_series_amounts(instance, stands),
        **_change_amounts(instance, stands),
    }


def carers_of_clients(*, instance: Instance, stands: dict[int, Placement]) -> dict[str, set[str]]:
    """Give the carers whom each client sees."""
    seen: dict[str, set[str]] = defaultdict(set)
    for index, stand in stands.items():
        seen[instance.visits[index].client] |= set(stand.carers)
    return seen


def _continuity(instance: Instance, stands: dict[int, Placement]) -> int:
    seen = carers_of_clients(instance=instance, stands=stands)
    needed: dict[str, int] = defaultdict(int)
    for visit in instance.visits:
        needed[visit.client] = max(needed[visit.client], len(visit.tasks))
    return sum(strangeness(carers=len(who), needed=needed[c]) for c, who in seen.items())


def _series_amounts(instance: Instance, stands: dict[int, Placement]) -> dict[str, float]:
    members: dict[str, list[Placement]] = defaultdict(list)
    for index, stand in stands.items():
        series = instance.visits[index].series
        if series is not None:
            members[series].append(stand)
    spacing = drift = 0.0
    for name, found in members.items():
        rule, days = instance.series[name], sorted(stand.day for stand in found)
        for earlier, later in pairwise(days):
            spacing += max(0, rule.least - (later - earlier), later - earlier - rule.most)
        spread = max(s.start for s in found) - min(s.start for s in found)
        drift += max(0.0, spread - instance.tolerance)
    return {"spacing": spacing, "drift": drift}


def _change_amounts(instance: Instance, stands: dict[int, Placement]) -> dict[str, float]:
    carers = days = minutes = 0.0
    for index, stand in stands.items():
        was = instance.visits[index].published
        if was is not None:
            carers += sum(a != b for a, b in zip(was.carers, stand.carers, strict=False))
            days += was.day != stand.day
            minutes += abs(was.start - stand.start)
    return {"changed_carer": carers, "changed_day": days, "changed_minutes": minutes}


def month_violations(*, instance: Instance, plan: Plan) -> Iterator[tuple[str, str, float]]:
    """Give broken locks as (rule, visit, amount)."""
    stands = placements(instance=instance, plan=plan)
    for index, visit in enumerate(instance.visits):
        if visit.locked is None:
            continue
        stand = stands.get(index)
        if stand is None or (stand.day, stand.carers) != (visit.locked.day, visit.locked.carers):
            yield "locked", visit.id, 0.0
        elif abs(stand.start - visit.locked.start) > 1e-4:
            yield "locked", visit.id, abs(stand.start - visit.locked.start)
