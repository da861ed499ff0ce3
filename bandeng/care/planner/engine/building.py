"""Puts the tables together into one State, and reads a Plan out of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from bandeng.care.planner.engine import state as st
from bandeng.care.planner.engine import tables as tb
from bandeng.care.planner.engine.state import NEVER, State
from bandeng.care.planner.engine.tables import RULE, Table, Tasks, Whole
from bandeng.care.planner.model import HARD, Instance, Plan, Stop

SERIES_PARTS = ("continuity", "spacing", "drift")
SHARED_PARTS = ("max_idle_time", "max_waiting_time", "workload_balance")
ROUTE_PARTS = ("total_waiting_time", "total_extra_time", "missed_lunch_break", *SHARED_PARTS)


@dataclass(frozen=True, slots=True)
class Search:
    """The search's memory together with what its rows stand for."""

    instance: Instance
    tasks: Tasks
    state: State


def build_search(*, instance: Instance) -> Search:
    """Lay out the memory of a search: linear in tasks times turns."""
    tasks = tb.list_tasks(instance=instance)
    groups = _groups(instance, tasks)
    ends = tb.row_ends(instance=instance, tasks=tasks, groups=len(groups))
    n = np.full((ends[st.GROUPS_END], st.WIDTH), -1, np.int64)
    f = np.zeros((ends[st.GROUPS_END], st.WIDTH))
    n[0] = n[1] = 0
    n[1, list(ends)] = list(ends.values())
    tb.write_items(n=n, instance=instance, tasks=tasks)
    tb.write_tasks(n=n, instance=instance, tasks=tasks)
    tb.write_minutes(f=f, instance=instance, tasks=tasks)
    tb.write_turns(n=n, f=f, instance=instance)
    members = [_write_group(n, instance, g, *group) for g, group in enumerate(groups.items())]
    _write_rules(f, instance)
    _write_flags(n, instance)
    price = tb.price_table(n=n, instance=instance, tasks=tasks)
    optional = any(price[st.FIRST_ROW : ends[st.SERVICES_END], len(instance.turns)] < NEVER)
    rows = np.arange(st.FIRST_ROW, ends[st.SERVICES_END])
    state = State(
        n=n,
        f=f,
        w=np.zeros((max(64, len(n)), st.WIDTH), np.int64),
        queue=np.zeros(ends[st.ITEMS_END] - ends[st.TASKS_END], np.int64),
        travel=np.array(instance.travel),
        price=price,
        lists=tb.lists(n=n, f=f, instance=instance, price=price, members=members),
        free=rows[n[rows, st.FIXED] == 0],
        mix=np.cumsum(tb.MIX) / (1.0 if optional else sum(tb.MIX)),
    )
    return Search(instance, tasks, state)


def _priced(instance: Instance, part: str) -> float:
    price = instance.price(part)
    return RULE if price == HARD else price


def _write_rules(f: Table, instance: Instance) -> None:
    rule = f[0]
    for place, part in {
        st.P_TRAVEL: "travel_time", st.P_LATE: "total_tardiness", st.P_WORST: "highest_tardiness",
        st.P_WAIT: "total_waiting_time", st.P_OVER: "total_extra_time",
        st.P_IDLE: "max_idle_time", st.P_LONGEST: "max_waiting_time",
        st.P_BALANCE: "workload_balance", st.P_LUNCH: "missed_lunch_break",
        st.P_CONTINUITY: "continuity", st.P_SPACING: "spacing", st.P_DRIFT: "drift",
    }.items():  # fmt: skip
        rule[place] = _priced(instance, part)
    rule[st.P_TRAVEL] += _priced(instance, "working_time")
    rule[st.TOLERANCE] = instance.tolerance
    if instance.lunch:
        rule[st.LUNCH_OPENS], rule[st.LUNCH_MINUTES] = instance.lunch.start, instance.lunch.minutes
        rule[st.LUNCH_LATEST] = instance.lunch.end
        rule[st.LUNCH_LATEST] -= instance.lunch.minutes if instance.at_end else 0.0


def _write_flags(n: Whole, instance: Instance) -> None:
    n[1, st.HAS_ROUTES] = any(instance.price(part) for part in ROUTE_PARTS)
    n[1, st.HAS_SHARED] = any(instance.price(part) for part in SHARED_PARTS)
    n[1, st.HAS_SERIES] = any(instance.price(part) for part in SERIES_PARTS)
    n[1, st.WINDOWS] = any(len(visit.windows) > 1 for visit in instance.visits)
    n[1, st.ALL_FREE] = 1
    n[0, st.LIMIT] = 2 * (n[1, st.ITEMS_END] - n[1, st.TASKS_END]) + 50


def _groups(instance: Instance, tasks: Tasks) -> dict[tuple[str, str], list[int]]:
    """Give the task rows of every client and every series."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    if not any(instance.price(part) for part in SERIES_PARTS):
        return members
    for o in range(tasks.real):
        visit = instance.visits[tasks.visit[o]]
        members["client", visit.client].append(st.FIRST_ROW + o)
        if visit.series is not None:
            members["series", visit.series].append(st.FIRST_ROW + o)
    return members


def _write_group(
    n: Whole, instance: Instance, number: int, key: tuple[str, str], members: list[int]
) -> list[int]:
    """Write a client's or a series' rules, and where its members find it."""
    sort, name = key
    row = int(n[1, st.TURNS_END]) + number
    n[row, st.SIZE] = len(members)
    n[row, st.GROUP_STAMP] = 0
    if sort == "client":
        n[members, st.CLIENT] = row
        n[row, st.NEEDED] = 1 + max(int(n[o, st.MATE] >= 0) for o in members)
    else:
        n[members, st.SERIES] = row
        rule = instance.series[name]
        n[row, [st.LEAST_DAYS, st.MOST_DAYS]] = rule.least, rule.most
    return members


def only_free(*, search: Search, visits: Collection[int]) -> Search:
    """Let only these visits be moved; all others stay with their carers, in their order."""
    n, tasks = search.state.n, search.tasks
    rows = [st.FIRST_ROW + o for o in range(tasks.real) if tasks.visit[o] in visits]
    fixed = n[st.FIRST_ROW : n[1, st.SERVICES_END], st.FIXED]
    fixed[:] = 1
    n[rows, st.FIXED] = 0
    n[1, st.ALL_FREE] = 0
    return Search(search.instance, tasks, search.state._replace(free=np.array(rows, np.int64)))


def plan_of(*, search: Search) -> Plan:
    """Read the plan that the memory holds."""
    s = search.state
    routes = []
    first = int(s.n[1, st.ITEMS_END])
    for k in range(len(search.instance.turns)):
        stops: list[Stop] = []
        o = int(s.n[first + k, st.HEAD])
        while o >= 0:
            stops += _stop(search, o)
            o = int(s.n[o, st.NEXT])
        used = any(stop.visit is not None for stop in stops)
        routes.append(_postponed(search, k, stops) if used else _only_lunch(search, k))
    return Plan(tuple(routes))


def _postponed(search: Search, k: int, stops: list[Stop]) -> tuple[Stop, ...]:
    """Let the turn begin as much later as its cost says, until later waits have taken it up."""
    later = float(search.state.f[search.state.n[1, st.ITEMS_END] + k, st.POSTPONED])
    found = [replace(stops[0], start=stops[0].start + later, end=stops[0].end + later)]
    for before, stop in pairwise(stops):
        waited = stop.start - before.end - search.instance.travel[before.place][stop.place]
        later = max(0.0, later - max(0.0, waited))
        found.append(replace(stop, start=stop.start + later, end=stop.end + later))
    return tuple(found)


def _stop(search: Search, row: int) -> list[Stop]:
    n, f, tasks = search.state.n, search.state.f, search.tasks
    start, end = float(f[row, st.START]), float(f[row, st.START] + f[row, st.LENGTH])
    o = row - st.FIRST_ROW
    if o < tasks.real:
        return [Stop(tasks.visit[o], tasks.task[o], start, end, int(n[row, st.PLACE]))]
    mode = int(f[row, st.LATE])
    host = n[row, st.NEXT] if mode == st.AT_NEXT else n[row, st.PREV]
    if mode == st.MISSED or host < 0:
        return []
    return [Stop(None, 0, start, end, int(n[host, st.PLACE]))]


def _only_lunch(search: Search, k: int) -> tuple[Stop, ...]:
    """Give lunch to a carer who has nothing else to do, where it fits the shift."""
    turn, lunch = search.instance.turns[k], search.instance.lunch
    if not turn.lunch or lunch is None or turn.start_place != turn.end_place:
        return ()
    opens, closes = (turn.shift.start, turn.shift.end) if turn.shift else (0.0, HARD)
    start = max(opens, lunch.start)
    end = start + lunch.minutes
    if end > closes or start > float(search.state.f[0, st.LUNCH_LATEST]):
        return ()
    return (Stop(None, 0, start, end, turn.start_place),)
