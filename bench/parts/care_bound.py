"""A lower bound of what a month costs: its travel, its lunches and its overtime, relaxed.

Every service needs two ways, to it and from it, from and to another service or the station. Two
needs of clients are neighbours at most as often as the rarer one comes, and only where one carer
may do both. What does not fit the turns that are used is overtime. Everything else is free, so
that no plan is cheaper (a linear programme; HiGHS).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from bandeng.care.planner.model import Instance
from bandeng.care.planner.month_start import Need, list_needs

Table = NDArray[np.float64]


def least_cost(*, instance: Instance) -> float:
    """Give a lower bound of the cost of a month in which every visit is made."""
    needs = [need for need in list_needs(instance=instance) if _able(instance, need)]
    edges = _edges(instance, needs)
    times = np.array([len(need.visits) for need in needs], float)
    ends = np.concatenate([edges, np.stack([np.full(len(needs), -1), np.arange(len(needs))], 1)])
    ways = np.array([_way(instance, needs, int(a), int(b)) for a, b in ends])
    most = np.where(ends[:, 0] < 0, 2 * times[ends[:, 1]], times[ends].min(axis=1))
    return _solve(instance, needs, ends, ways, most)


def _able(instance: Instance, need: Need) -> frozenset[str]:
    visit = instance.visits[need.visits[0]]
    able = (c for c in instance.skills if instance.able(carer=c, visit=visit, task=need.task))
    return frozenset(able)


def _edges(instance: Instance, needs: list[Need]) -> NDArray[np.int64]:
    """List the pairs of needs that one carer may do one after the other."""
    names = list(instance.skills)
    can = np.array([[name in _able(instance, need) for name in names] for need in needs], float)
    client = np.array([instance.visits[need.visits[0]].place for need in needs])
    fits = (can @ can.T > 0) & (client[:, None] != client[None, :])
    return np.argwhere(np.triu(fits, 1))


def _way(instance: Instance, needs: list[Need], a: int, b: int) -> float:
    there = instance.visits[needs[b].visits[0]].place
    if a >= 0:
        here = instance.visits[needs[a].visits[0]].place
        return min(instance.travel[here][there], instance.travel[there][here])
    stations = {place for turn in instance.turns for place in (turn.start_place, turn.end_place)}
    return min(min(instance.travel[s][there], instance.travel[there][s]) for s in stations)


def _solve(
    instance: Instance, needs: list[Need], ends: NDArray[np.int64], ways: Table, most: Table
) -> float:
    """Solve for: how often each pair are neighbours; then minutes of overtime, lunches had."""
    used = (ends[:, 0] < 0) / 2  # a turn has two ways to a station
    lunch, missed = _lunch(instance)
    travel = ways * instance.price("travel_time") + used * missed
    longest = max(turn.shift.end - turn.shift.start for turn in instance.turns if turn.shift)
    service = sum(instance.visits[v].tasks[n.task].minutes for n in needs for v in n.visits)
    found = linprog(
        np.concatenate([travel, [instance.price("total_extra_time"), -missed]]),
        A_eq=_degrees(ends, len(needs)),
        b_eq=[2.0 * len(need.visits) for need in needs],
        A_ub=np.stack(
            [
                np.concatenate([ways - used * longest, [-1.0, lunch]]),
                np.concatenate([-used, [0.0, 1.0]]),
            ]
        ),
        b_ub=[-service, 0.0],
        bounds=[*((0.0, one) for one in most), (0.0, None), (0.0, None)],
        method="highs",
    )
    return float(found.fun) if found.status == 0 else 0.0


def _degrees(ends: NDArray[np.int64], needs: int) -> csr_array:
    """Sum up every need's ways, without those at the station."""
    rows, columns = ends.T.ravel(), np.tile(np.arange(len(ends)), 2)
    inside = rows >= 0
    cells = (np.ones(inside.sum()), (rows[inside], columns[inside]))
    return csr_array(cells, shape=(needs, len(ends) + 2))


def _lunch(instance: Instance) -> tuple[float, float]:
    """Give a lunch's minutes and the price of missing it, where every turn has one."""
    if instance.lunch is None or not all(turn.lunch for turn in instance.turns):
        return 0.0, 0.0
    return instance.lunch.minutes, instance.price("missed_lunch_break")
