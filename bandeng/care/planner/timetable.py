"""Earliest times for given routes, in plain Python: the search's propagation written anew.

Routes are lists of (visit, task) per turn; lunch is (None, 0). Used to explain, to try what
else is possible, and to check the compiled code against.
"""

from collections.abc import Sequence
from itertools import pairwise

from bandeng.care.planner.model import HARD, Bond, Instance, Plan, Stop, Turn, Visit

Call = tuple[int | None, int]
Route = Sequence[Call]
ROUNDS = 400  # more rounds than any chain of waits: then everybody waits for ever
EPS = 1e-9


def routes_of(*, plan: Plan) -> list[list[Call]]:
    """Give a plan's routes without their times."""
    return [[(stop.visit, stop.task) for stop in stops] for stops in plan.routes]


def timetable(*, instance: Instance, routes: Sequence[Route]) -> Plan | None:
    """Give everybody's earliest times.

    Returns: None where a pair of services can never be kept.
    """
    starts = {
        call: instance.visits[call[0]].windows[0].start
        for route in routes
        for call in route
        if call[0] is not None
    }
    for _round in range(ROUNDS):
        before = dict(starts)
        plans = [
            _run(instance, turn, route, starts)
            for turn, route in zip(instance.turns, routes, strict=True)
        ]
        _hold_pairs(instance, starts)
        if all(abs(starts[call] - before[call]) <= EPS for call in starts):
            return Plan(tuple(plans))
    return None


def _run(
    instance: Instance, turn: Turn, route: Route, starts: dict[Call, float]
) -> tuple[Stop, ...]:
    """Go along one route, pushing starts later where the carer is not there yet."""
    free_at = turn.shift.start if turn.shift else 0.0
    place, stops = turn.start_place, []
    for at, call in enumerate(route):
        if call[0] is None:
            found = _lunch(instance, route, at, free_at, place)
            if found is not None:
                stops.append(found)
                free_at, place = found.end, found.place
            continue
        visit = instance.visits[call[0]]
        reached = free_at + instance.travel[place][visit.place]
        starts[call] = open_at(instance, visit, call[1], max(starts[call], reached))
        free_at, place = starts[call] + visit.tasks[call[1]].minutes, visit.place
        stops.append(Stop(call[0], call[1], starts[call], free_at, place))
    return tuple(stops)


def open_at(instance: Instance, visit: Visit, task: int, reached: float) -> float:
    """Give the start of who is there at a time: wait for a window, or be late for one."""
    if reached < visit.windows[0].start:
        return visit.windows[0].start
    short = visit.tasks[task].minutes if instance.at_end else 0.0
    for earlier, later in pairwise(visit.windows):
        if earlier.start <= reached < later.start:
            late = max(0.0, reached - (earlier.end - short)) * _late_price(instance)
            wait = later.start - reached
            return later.start if late > wait * (_waiting_price(instance) + 0.1) else reached
    return reached


def _late_price(instance: Instance) -> float:
    prices = (instance.price("total_tardiness"), instance.price("highest_tardiness"))
    return sum(1e4 if price == HARD else price for price in prices)


def _waiting_price(instance: Instance) -> float:
    price = instance.price("total_waiting_time")
    return 1e4 if price == HARD else price


def _lunch(instance: Instance, route: Route, at: int, free_at: float, place: int) -> Stop | None:
    """Have lunch at the next client's, else before the way there, else not at all."""
    rule = instance.lunch
    if rule is None:
        return None
    latest = rule.end - (rule.minutes if instance.at_end else 0.0)
    following = route[at + 1][0] if at + 1 < len(route) else None
    spots = []
    if following is not None:
        there = instance.visits[following].place
        spots.append((free_at + instance.travel[place][there], there))
    if following is None or at > 0:
        spots.append((free_at, place))
    for reached, spot in spots:
        start = max(reached, rule.start)
        if start <= latest + EPS:
            return Stop(None, 0, start, start + rule.minutes, spot)
    return None


def _hold_pairs(instance: Instance, starts: dict[Call, float]) -> None:
    """Push starts later until every pair is simultaneous, or in order as asked."""
    for index, visit in enumerate(instance.visits):
        one, two = (index, 0), (index, 1)
        if two not in starts or one not in starts or visit.bond is Bond.LOOSE:
            continue
        least, most = visit.gap.start, visit.gap.end
        starts[two] = max(starts[two], starts[one] + least)
        starts[one] = max(starts[one], starts[two] - most)
