"""Times for given routes, in plain Python: the search's propagation written anew.

Earliest times; then each turn's beginning is postponed where that only spares later waits.

Routes are lists of (visit, task) per turn; lunch is (None, 0). Used to explain, to try what
else is possible, and to check the compiled code against.
"""

from collections.abc import Sequence
from dataclasses import replace
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
    """Give everybody's times.

    Returns: None where a pair of services can never be kept.
    """
    starts = {
        call: _from(instance.visits[call[0]], call[1])
        for route in routes
        for call in route
        if call[0] is not None
    }
    for _round in range(ROUNDS):
        before, reached = dict(starts), dict(starts)
        plans = [
            _run(instance, turn, route, starts, reached)
            for turn, route in zip(instance.turns, routes, strict=True)
        ]
        _settle_pairs(instance, starts, reached)
        if all(abs(starts[call] - before[call]) <= EPS for call in starts):
            return Plan(tuple(_postponed(instance, stops) for stops in plans))
    return None


def _from(visit: Visit, task: int) -> float:
    """Give when a task may begin at all: when its client's hours begin, or as it was locked."""
    if visit.locked is not None and (task == 0 or visit.bond is Bond.SAME_TIME):
        return visit.locked.start
    return visit.windows[0].start


def _run(
    instance: Instance,
    turn: Turn,
    route: Route,
    starts: dict[Call, float],
    reached: dict[Call, float],
) -> tuple[Stop, ...]:
    """Go along one route; note when each visit is reached, and start what waits for nobody."""
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
        there = free_at + instance.travel[place][visit.place]
        reached[call] = max(_from(visit, call[1]), there)
        starts[call] = max(starts[call], reached[call])
        if visit.bond in (Bond.NONE, Bond.LOOSE):
            starts[call] = open_at(instance, visit, call[1], reached[call])
        free_at, place = starts[call] + visit.tasks[call[1]].minutes, visit.place
        stops.append(Stop(call[0], call[1], starts[call], free_at, place))
    return tuple(stops)


def _postponed(instance: Instance, stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """Begin later by what later waits take up, while nobody is late or kept waiting for it."""
    waits = instance.price("total_waiting_time") + instance.price("max_waiting_time")
    if not waits or instance.price("drift") or not stops or stops[0].visit is None:
        return stops
    waited, room = [0.0], _leeway(instance, stops[0])
    for before, stop in pairwise(stops):
        arrival = before.end + instance.travel[before.place][stop.place]
        waited.append(waited[-1] + max(0.0, stop.start - arrival))
        room = min(room, waited[-1] + _leeway(instance, stop))
    later = min(room, waited[-1])
    delays = [max(0.0, later - wait) for wait in waited]
    return tuple(
        replace(stop, start=stop.start + delay, end=stop.end + delay)
        for stop, delay in zip(stops, delays, strict=True)
    )


def _leeway(instance: Instance, stop: Stop) -> float:
    if stop.visit is None:
        rule = instance.lunch
        short = (rule.minutes if instance.at_end else 0.0) if rule else 0.0
        return rule.end - short - stop.start if rule else 0.0
    visit = instance.visits[stop.visit]
    if visit.bond in (Bond.SAME_TIME, Bond.IN_ORDER) or _held(instance, visit, stop.task):
        return 0.0
    met = stop.end if instance.at_end else stop.start
    begun = [w.end for w in visit.windows if w.start <= stop.start + EPS]
    return max(0.0, begun[-1] - met)


def _held(instance: Instance, visit: Visit, task: int) -> bool:
    """Tell whether a later start has its own price, or is locked away."""
    changed = visit.published is not None and task == 0 and instance.price("changed_minutes")
    return bool(changed) or visit.locked is not None


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


def _settle_pairs(
    instance: Instance, starts: dict[Call, float], reached: dict[Call, float]
) -> None:
    """Start pairs together, or in order: a former is held back for its latter."""
    for index, visit in enumerate(instance.visits):
        one, two = (index, 0), (index, 1)
        if one not in starts or two not in starts:
            continue
        if visit.bond is Bond.SAME_TIME:
            both = max(reached[one], reached[two])
            starts[one] = starts[two] = open_at(instance, visit, 0, both)
        elif visit.bond is Bond.IN_ORDER:
            base = open_at(instance, visit, 0, reached[one])
            soonest = max(reached[two], base + visit.gap.start)
            starts[two] = open_at(instance, visit, 1, soonest)
            starts[one] = max(base, starts[two] - visit.gap.end)
