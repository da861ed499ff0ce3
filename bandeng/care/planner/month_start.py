"""A month's first plan: each client's carers by exact assignment, then evenly spread days.

Capacity, skill, preference and way are looked at once for the whole month; which day and which
hour follow. HiGHS solves the assignment as a mixed-integer programme.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from bandeng.care.planner.model import Bond, Instance, Visit

WAY = 15.0  # minutes of travel booked for each visit
USABLE = 0.85  # of a shift
OVERBOOKED = 50.0  # what a minute beyond that costs
NOT_ABLE = 1e6
GAP, SECONDS = 0.01, 5.0  # how exact, how long


@dataclass(frozen=True, slots=True)
class Need:
    """One service of a client's visits: who needs it, how often and for how long."""

    client: str
    task: int
    visits: tuple[int, ...]
    minutes: float


def list_needs(*, instance: Instance) -> list[Need]:
    """Put the visits of one client that ask for the same together."""
    alike: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for index, visit in enumerate(instance.visits):
        for number, task in enumerate(visit.tasks):
            alike[visit.client, number, task.service].append(index)
    return [
        Need(client, number, tuple(found), sum(_minutes(instance, i, number) for i in found))
        for (client, number, _service), found in alike.items()
    ]


def _minutes(instance: Instance, visit: int, task: int) -> float:
    return instance.visits[visit].tasks[task].minutes + WAY


def assign_carers(*, instance: Instance) -> dict[tuple[int, int], str]:
    """Give every task of every visit its client's carer.

    Returns: the carer by (visit, task); tasks that nobody may do are missing.
    """
    needs, carers = list_needs(instance=instance), list(instance.skills)
    costs = np.array([[_cost(instance, need, carer) for carer in carers] for need in needs])
    chosen = _solve(instance, needs, carers, costs)
    return {
        (visit, need.task): carers[best]
        for need, best, row in zip(needs, chosen, costs, strict=True)
        for visit in need.visits
        if row[best] < NOT_ABLE
    }


def _cost(instance: Instance, need: Need, carer: str) -> float:
    first = instance.visits[need.visits[0]]
    if not instance.able(carer=carer, visit=first, task=need.task):
        return NOT_ABLE
    home = next((t.start_place for t in instance.turns if t.carer == carer), None)
    if home is None:
        return NOT_ABLE
    away = instance.travel[home][first.place] * instance.price("travel_time")
    if first.preferred is not None and carer not in first.preferred:
        away += instance.price("caregiver_preferences")
    return len(need.visits) * away


def _solve(
    instance: Instance, needs: list[Need], carers: list[str], costs: "np.typing.NDArray[np.float64]"
) -> list[int]:
    """Choose one carer per need; capacity may be overbooked at a price; mates differ."""
    count, width = len(needs), len(carers)
    cells = count * width
    rows = list(_each_once(count, width)) + list(_capacity(instance, needs, carers))
    rows += list(_mates(instance, needs, width))
    entries = [(r, c, v) for r, (cols, vals, _lo, _hi) in enumerate(rows)
               for c, v in zip(cols, vals, strict=True)]  # fmt: skip
    matrix = coo_array(
        (np.array([v for _r, _c, v in entries]),
         (np.array([r for r, _c, _v in entries]), np.array([c for _r, c, _v in entries]))),
        shape=(len(rows), cells + width),
    )  # fmt: skip
    found = milp(
        np.concatenate([costs.ravel(), np.full(width, OVERBOOKED)]),
        constraints=LinearConstraint(
            matrix.tocsr(), [lo for *_x, lo, _hi in rows], [hi for *_x, hi in rows]
        ),
        integrality=np.concatenate([np.ones(cells), np.zeros(width)]),
        bounds=Bounds(0, np.concatenate([np.ones(cells), np.full(width, np.inf)])),
        options={"time_limit": SECONDS, "mip_rel_gap": GAP},
    )
    if found.x is None:
        return [int(row.argmin()) for row in costs]
    return [int(row.argmax()) for row in found.x[:cells].reshape(count, width)]


Row = tuple[list[int], list[float], float, float]


def _each_once(count: int, width: int) -> list[Row]:
    return [([i * width + k for k in range(width)], [1.0] * width, 1.0, 1.0) for i in range(count)]


def _capacity(instance: Instance, needs: list[Need], carers: list[str]) -> list[Row]:
    hours: dict[str, float] = defaultdict(float)
    for turn in instance.turns:
        hours[turn.carer] += USABLE * (turn.shift.end - turn.shift.start) if turn.shift else 480.0
    width, cells = len(carers), len(needs) * len(carers)
    return [
        (
            [*(i * width + k for i in range(len(needs))), cells + k],
            [*(need.minutes for need in needs), -1.0],
            -np.inf,
            hours[carer],
        )
        for k, carer in enumerate(carers)
    ]


def _mates(instance: Instance, needs: list[Need], width: int) -> list[Row]:
    """Two services of one visit, by two carers."""
    served: dict[int, list[int]] = defaultdict(list)
    for i, need in enumerate(needs):
        for visit in need.visits:
            if instance.visits[visit].bond not in (Bond.NONE, Bond.LOOSE):
                served[visit].append(i)
    pairs = {tuple(both) for both in served.values() if len(both) == 2}
    return [
        ([a * width + k, b * width + k], [1.0, 1.0], 0.0, 1.0)
        for a, b in sorted(pairs)
        for k in range(width)
    ]


def spread_days(
    *, instance: Instance, carer_of: dict[tuple[int, int], str]
) -> dict[tuple[int, int], int]:
    """Give every task its turn: days evenly spread, where its carers work and have least to do.

    Returns: the turn's number by (visit, task).
    """
    turns = {(turn.carer, turn.day): k for k, turn in enumerate(instance.turns)}
    load: dict[int, float] = defaultdict(float)
    placed: dict[tuple[int, int], int] = {}
    for members in _by_series(instance):
        options = [
            (_strain(instance, members, days, carer_of, turns, load), days)
            for days in _patterns(instance, members)
        ]
        _strained, days = min(options)
        for visit, day in zip(members, days, strict=True):
            for task in range(len(instance.visits[visit].tasks)):
                turn = turns.get((carer_of.get((visit, task), ""), day))
                if turn is not None:
                    placed[visit, task] = turn
                    load[turn] += _minutes(instance, visit, task)
    whole = [v for v in range(len(instance.visits)) if _complete(instance, v, placed)]
    return {(v, t): placed[v, t] for v in whole for t in range(len(instance.visits[v].tasks))}


def _complete(instance: Instance, visit: int, placed: dict[tuple[int, int], int]) -> bool:
    return all((visit, task) in placed for task in range(len(instance.visits[visit].tasks)))


def _by_series(instance: Instance) -> list[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for index, visit in enumerate(instance.visits):
        groups[visit.series or f"\0{index}"].append(index)
    return sorted(groups.values(), key=lambda g: -len(g))


def _patterns(instance: Instance, members: list[int]) -> list[tuple[int, ...]]:
    """Give evenly spaced days, from every first day that leaves room for all."""
    rule = instance.series.get(instance.visits[members[0]].series or "")
    step = instance.days / len(members)
    if rule is not None:
        step = min(max(step, rule.least), rule.most)
    last = max(1, int(instance.days - step * (len(members) - 1)))
    return [
        tuple(min(instance.days - 1, int(first + step * i)) for i in range(len(members)))
        for first in range(last)
    ]


def _strain(
    instance: Instance,
    members: list[int],
    days: tuple[int, ...],
    carer_of: dict[tuple[int, int], str],
    turns: dict[tuple[str, int], int],
    load: dict[int, float],
) -> float:
    """Rate days: not allowed or off duty is worst, then what the carers have already."""
    strain = 0.0
    for index, day in zip(members, days, strict=True):
        visit: Visit = instance.visits[index]
        if visit.days is not None and day not in visit.days:
            strain += NOT_ABLE
        for task in range(len(visit.tasks)):
            turn = turns.get((carer_of.get((index, task), ""), day))
            strain += NOT_ABLE if turn is None else load[turn] ** 2 / 100.0
    return strain
