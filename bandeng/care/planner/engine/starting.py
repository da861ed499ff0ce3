"""A first plan: visits in the order of their windows, each to whoever is there first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from bandeng.care.planner.engine import state as st
from bandeng.care.planner.engine.building import Search
from bandeng.care.planner.engine.state import NEVER
from bandeng.care.planner.engine.tables import Table, Whole
from bandeng.care.planner.errors import Impossible

CHOICES = 12  # carers looked at for each service of a double visit


@dataclass(slots=True)
class _Day:
    """Where every turn is, and when it is free."""

    free_at: Table
    place: Whole
    load: dict[int, int] = field(default_factory=dict)


def first_plan(
    *,
    search: Search,
    given: Mapping[int, int] | None = None,
    times: Mapping[int, float] | None = None,
) -> None:
    """Write a first order of work and a turn for every task into the memory.

    A latter service stands right behind its former: nobody can then wait for ever.
    `given` names the turn (by its number in the instance) of tasks whose turn is known, `times`
    when tasks start in a plan that exists.

    Raises:
        Impossible: a visit that must be made can be made by nobody.
    """
    s = search.state
    items = np.arange(s.n[1, st.TASKS_END], s.n[1, st.ITEMS_END])
    known = times or {}
    first = [int(s.n[item, st.FIRST_TASK]) for item in items]
    middle = [known[o] if o in known else _middle(search, o) for o in first]
    order = items[np.argsort(middle, kind="stable")]
    s.f[order, st.KEY] = np.arange(len(order))
    day = _Day(s.f[:, st.OPENS].copy(), s.n[:, st.FROM].copy())
    s.n[st.FIRST_ROW : s.n[1, st.SERVICES_END], st.TURN] = -1
    for row, turn in (given or {}).items():
        s.n[row, st.TURN] = s.n[1, st.ITEMS_END] + turn
    for item in order:
        o = int(s.n[item, st.FIRST_TASK])
        if s.n[o, st.TURN] < 0:
            _assign(search, o, day)


def _middle(search: Search, o: int) -> float:
    tasks, row = search.tasks, o - st.FIRST_ROW
    if row >= tasks.real:
        return float(search.state.f[o, st.EARLY])
    visit = search.instance.visits[tasks.visit[row]]
    if visit.locked is not None:
        return visit.locked.start
    return (visit.windows[0].start + visit.windows[0].end) / 2


def _assign(search: Search, o: int, day: _Day) -> None:
    """Give a task and its mate the turns that reach them first and cost least."""
    s = search.state
    both = [o] if s.n[o, st.MATE] < 0 else [o, int(s.n[o, st.MATE])]
    options = [_options(search, one, day) for one in both]
    combined = (
        (sum(rank for rank, _turn in chosen), tuple(turn for _rank, turn in chosen))
        for chosen in product(*options)
    )
    fitting = [(rank, turns) for rank, turns in combined if _agree(search, both, turns)]
    if not fitting:
        fitting = [(0.0, _left_out(search, both))]
    _rank, turns = min(fitting)
    for one, turn in zip(both, turns, strict=True):
        s.n[one, st.TURN] = turn
        if turn < s.n[1, st.UNSERVED]:
            day.free_at[turn] = _reached(search, one, turn, day) + s.f[one, st.LENGTH]
            day.place[turn] = s.n[one, st.PLACE]


def _options(search: Search, o: int, day: _Day) -> list[tuple[float, int]]:
    s = search.state
    first = int(s.n[1, st.ITEMS_END])
    turns = first + np.nonzero(s.price[o, : s.n[1, st.UNSERVED] - first] < NEVER)[0]
    ranked = sorted((_rank(search, o, int(turn), day), int(turn)) for turn in turns)
    if s.n[o, st.MATE] < 0:
        return ranked[:1]
    return ranked if len(ranked) <= CHOICES else ranked[:CHOICES]


def _reached(search: Search, o: int, turn: int, day: _Day) -> float:
    s = search.state
    way = s.travel[day.place[turn], s.n[o, st.PLACE]]
    return float(max(day.free_at[turn] + way, s.f[o, st.EARLY]))


def _rank(search: Search, o: int, turn: int, day: _Day) -> float:
    s = search.state
    way = s.travel[day.place[turn], s.n[o, st.PLACE]]
    return float(_reached(search, o, turn, day) + way + s.price[o, s.n[turn, st.COLUMN]])


def _agree(search: Search, both: list[int], turns: tuple[int, ...]) -> bool:
    if len(both) == 1:
        return True
    s, (k, m) = search.state, turns
    if s.n[k, st.DAY] != s.n[m, st.DAY]:
        return False
    loose = s.n[both[0], st.KIND] == st.SINGLE
    return bool(loose or s.n[k, st.CARER] != s.n[m, st.CARER])


def _left_out(search: Search, both: list[int]) -> tuple[int, ...]:
    s, out = search.state, int(search.state.n[1, st.UNSERVED])
    if all(s.price[o, s.n[out, st.COLUMN]] < NEVER for o in both):
        return (out,) * len(both)
    visit = search.instance.visits[search.tasks.visit[both[0] - st.FIRST_ROW]]
    raise Impossible(visit=visit.id, rule="nobody")
