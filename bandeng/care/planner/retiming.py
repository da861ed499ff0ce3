"""The best times for given routes, exactly: a linear programme that HiGHS solves.

The search begins everything as early as it can, and postpones whole turns only. Where waiting,
idle time, drift or changed minutes have a price, other times may be better. Everybody keeps the
order of visits and the window that each visit has met.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from bandeng.care.planner.model import HARD, Bond, Instance, Plan, Stop, Turn, Visit

TIMED = (
    "total_waiting_time", "max_waiting_time", "max_idle_time", "drift", "changed_minutes",
)  # fmt: skip
RULE = 1e4  # what a minute costs where the price is a rule
APART = 0.01  # minutes that a start keeps from the next window, which would be another one
SECONDS = 5.0

Terms = dict[int, float]


@dataclass(slots=True)
class Programme:
    """A linear programme that grows: variables with a cost and bounds, sums with a least value."""

    costs: list[float] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    sums: list[tuple[Terms, float]] = field(default_factory=list)

    def variable(self, *, cost: float = 0.0, least: float = 0.0, most: float = inf) -> int:
        """Add a variable. Returns: its number."""
        self.costs.append(cost)
        self.bounds.append((least, most))
        return len(self.costs) - 1

    def at_least(self, least: float, terms: Terms) -> None:
        """Ask for a weighted sum of variables."""
        self.sums.append((terms, least))

    def solve(self) -> list[float] | None:
        """Give the best values; None where none were found."""
        entries = [(row, at, v) for row, (s, _b) in enumerate(self.sums) for at, v in s.items()]
        rows, columns, values = (np.array(one) for one in zip(*entries, strict=True))
        found = linprog(
            self.costs,
            A_ub=coo_array((-values, (rows, columns)), shape=(len(self.sums), len(self.costs))),
            b_ub=[-least for _terms, least in self.sums],
            bounds=self.bounds,
            method="highs",
            options={"time_limit": SECONDS},
        )
        return [float(value) for value in found.x] if found.status == 0 else None


def retimed(*, instance: Instance, plan: Plan) -> Plan:
    """Give a plan's routes their best times; the plan itself where nothing could be better."""
    if not any(instance.price(part) for part in TIMED) or not any(plan.routes):
        return plan
    times = _Times(instance, plan)
    found = times.programme.solve()
    if found is None:
        return plan
    return Plan(
        tuple(
            tuple(_begun(stop, round(found[x], 6)) for stop, x in zip(stops, mine, strict=True))
            for stops, mine in zip(plan.routes, times.starts, strict=True)
        )
    )


def _begun(stop: Stop, start: float) -> Stop:
    return replace(stop, start=start, end=start + stop.end - stop.start)


class _Times:
    """The programme of one plan: a variable for every start, and what its parts cost."""

    def __init__(self, instance: Instance, plan: Plan) -> None:
        self.instance, self.programme = instance, Programme()
        self.worst = self.programme.variable(cost=self._price("highest_tardiness"))
        self.longest = self.programme.variable(cost=self._price("max_waiting_time"))
        self.idle = self.programme.variable(cost=self._price("max_idle_time"))
        self.of_task: dict[tuple[int, int], int] = {}
        self.starts = [[self._start(stop) for stop in stops] for stops in plan.routes]
        for turn, stops, mine in zip(instance.turns, plan.routes, self.starts, strict=True):
            if stops:
                self._route(turn, stops, mine)
            elif turn.shift is not None:
                self.programme.at_least(turn.shift.end - turn.shift.start, {self.idle: 1.0})
        for index, visit in enumerate(instance.visits):
            self._pair(visit, index)
            self._changed(visit, index)
        if instance.price("drift"):
            self._drifts()

    def _price(self, part: str) -> float:
        price = self.instance.price(part)
        return RULE if price == HARD else price

    def _start(self, stop: Stop) -> int:
        """Add a stop's start, within what it may be without changing its window."""
        if stop.visit is None:
            rule = self.instance.lunch
            short = stop.end - stop.start if self.instance.at_end else 0.0
            bounds = (rule.start, rule.end - short) if rule else (stop.start, stop.start)
            return self.programme.variable(least=bounds[0], most=bounds[1])
        visit = self.instance.visits[stop.visit]
        number = max(i for i, w in enumerate(visit.windows) if not i or w.start <= stop.start)
        least, most = visit.windows[number].start, inf
        if number + 1 < len(visit.windows):
            most = visit.windows[number + 1].start - APART
        if visit.locked is not None:
            least = most = stop.start
        start = self.programme.variable(least=least, most=most)
        self.of_task[stop.visit, stop.task] = start
        short = stop.end - stop.start if self.instance.at_end else 0.0
        self._late(start, visit.windows[number].end - short)
        return start

    def _late(self, start: int, due: float) -> None:
        late = self.programme.variable(cost=self._price("total_tardiness"))
        self.programme.at_least(-due, {late: 1.0, start: -1.0})
        self.programme.at_least(0.0, {self.worst: 1.0, late: -1.0})

    def _route(self, turn: Turn, stops: tuple[Stop, ...], starts: list[int]) -> None:
        travel, waiting = self.instance.travel, self._price("total_waiting_time")
        opens = turn.shift.start if turn.shift else 0.0
        way = travel[turn.start_place][stops[0].place]
        self.programme.at_least(opens + way, {starts[0]: 1.0})
        fixed = opens + way
        for at, (before, stop) in enumerate(pairwise(stops)):
            step = before.end - before.start + travel[before.place][stop.place]
            fixed += step
            wait: Terms = {starts[at + 1]: 1.0, starts[at]: -1.0}
            self.programme.at_least(step, wait)
            if at or stops[0].visit is not None:  # what follows a lunch that opens the day is free
                self.programme.costs[starts[at + 1]] += waiting
                self.programme.costs[starts[at]] -= waiting
                longer = {self.longest: 1.0} | {x: -v for x, v in wait.items()}
                self.programme.at_least(-step, longer)
        last = stops[-1]
        self._end(
            turn, starts[-1], last.end - last.start + travel[last.place][turn.end_place], fixed
        )

    def _end(self, turn: Turn, last: int, back: float, fixed: float) -> None:
        """Price overtime and idle time: before the turn, its waits, and what is left after it."""
        if turn.shift is None:
            return
        over = self.programme.variable(cost=self._price("total_extra_time"))
        self.programme.at_least(back - turn.shift.end, {over: 1.0, last: -1.0})
        left = self.programme.variable()
        self.programme.at_least(turn.shift.end - back, {left: 1.0, last: 1.0})
        self.programme.at_least(-fixed, {self.idle: 1.0, left: -1.0, last: -1.0})

    def _pair(self, visit: Visit, index: int) -> None:
        one, two = self.of_task.get((index, 0)), self.of_task.get((index, 1))
        if one is None or two is None or visit.bond is Bond.LOOSE:
            return
        self.programme.at_least(visit.gap.start, {two: 1.0, one: -1.0})
        self.programme.at_least(-visit.gap.end, {two: -1.0, one: 1.0})

    def _changed(self, visit: Visit, index: int) -> None:
        start = self._first(index)
        if visit.published is None or start is None or not self.instance.price("changed_minutes"):
            return
        moved = self.programme.variable(cost=self._price("changed_minutes"))
        self.programme.at_least(-visit.published.start, {moved: 1.0, start: -1.0})
        self.programme.at_least(visit.published.start, {moved: 1.0, start: 1.0})

    def _first(self, index: int) -> int | None:
        return self.of_task.get((index, 0), self.of_task.get((index, 1)))

    def _drifts(self) -> None:
        """Price how far the starts of a series lie apart, beyond what is tolerated."""
        ends: dict[str, tuple[int, int]] = {}
        for index, visit in enumerate(self.instance.visits):
            start = self._first(index)
            if visit.series is None or start is None:
                continue
            if visit.series not in ends:
                first, last = self.programme.variable(), self.programme.variable()
                ends[visit.series] = first, last
                drift = self.programme.variable(cost=self._price("drift"))
                between = {drift: 1.0, first: 1.0, last: -1.0}
                self.programme.at_least(-self.instance.tolerance, between)
            first, last = ends[visit.series]
            self.programme.at_least(0.0, {start: 1.0, first: -1.0})
            self.programme.at_least(0.0, {last: 1.0, start: -1.0})
