"""The second opinion: recomputes every rule and every price of a plan from its times alone.

It shares nothing with the search but the model, so that a mistake there is found here.
Source of the cost's parts: Ceschia et al. 2025, "A unified formulation" (public validator).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from bandeng.care.planner.model import HARD, PARTS, Bond, Instance, Plan, Stop, Turn, Visit
from bandeng.care.planner.month_evaluation import month_amounts, month_violations

EPS = 1e-4
LUNCH = "lunch"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks: its name, whom it concerns, and by how much."""

    rule: str
    visit: str = ""
    carer: str = ""
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a plan costs, part by part (amounts before their price), and what it breaks."""

    amounts: dict[str, float]
    cost: float
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class _Route:
    """A turn's stops with what follows from them."""

    turn: Turn
    stops: tuple[Stop, ...]
    legs: tuple[float, ...]
    arrivals: tuple[float, ...]
    departure: float
    back: float


def evaluate(*, instance: Instance, plan: Plan) -> Assessment:
    """Recompute cost and violations of a plan.

    Returns:
        the amount of every part, the cost in the instance's measure, and broken rules by name.
    """
    routes = [
        _route(instance, turn, stops)
        for turn, stops in zip(instance.turns, plan.routes, strict=True)
    ]
    served = _served(plan)
    amounts = dict.fromkeys(PARTS, 0.0)
    amounts |= _travel_amounts(instance, routes) | _late_amounts(instance, plan)
    amounts |= _service_amounts(instance, routes, served) | _load_amounts(instance, routes)
    amounts |= month_amounts(instance=instance, plan=plan)
    cost = sum(
        amount * instance.price(part)
        for part, amount in amounts.items()
        if instance.price(part) not in (0.0, HARD)
    )
    return Assessment(
        amounts=amounts,
        cost=cost / instance.divisor,
        violations=tuple(_violations(instance, plan, routes, served, amounts)),
    )


def _route(instance: Instance, turn: Turn, stops: tuple[Stop, ...]) -> _Route:
    places = [turn.start_place, *(stop.place for stop in stops), turn.end_place]
    legs = tuple(instance.travel[a][b] for a, b in pairwise(places))
    departure = stops[0].start - legs[0] if stops else 0.0
    left = [departure, *(stop.end for stop in stops)]
    reached = tuple(end + leg for end, leg in zip(left, legs, strict=True))
    return _Route(turn, stops, legs if stops else (), reached[:-1], departure, reached[-1])


def _served(plan: Plan) -> Counter[tuple[int, int]]:
    return Counter((stop.visit, stop.task) for stop in _visits(plan) if stop.visit is not None)


def _visits(plan: Plan) -> Iterator[Stop]:
    return (stop for stops in plan.routes for stop in stops if stop.visit is not None)


def lateness(*, instance: Instance, visit: Visit, stop: Stop) -> float:
    """Tell how late a task is: against the last window that has begun. Units: minutes."""
    begun = [window for window in visit.windows if window.start <= stop.start + EPS]
    window = begun[-1] if begun else visit.windows[0]
    met = stop.end if instance.at_end else stop.start
    return max(0.0, met - window.end)


def _late_amounts(instance: Instance, plan: Plan) -> dict[str, float]:
    late = [
        lateness(instance=instance, visit=instance.visits[stop.visit], stop=stop)
        for stop in _visits(plan)
        if stop.visit is not None
    ]
    return {"total_tardiness": sum(late), "highest_tardiness": max(late, default=0.0)}


def _waits(route: _Route) -> list[float]:
    """Give the minutes waited before each stop."""
    return [
        max(0.0, stop.start - arrival)
        for stop, arrival in zip(route.stops, route.arrivals, strict=True)
    ]


def _counted_waits(route: _Route) -> list[float]:
    """Give what counts as waiting: not what follows a lunch that opens the day."""
    waits = _waits(route)
    if len(waits) > 1 and route.stops[0].visit is None:
        waits[1] = 0.0
    return waits


def _idle(route: _Route) -> float:
    shift = route.turn.shift
    if shift is None:
        return 0.0
    if not route.stops:
        return shift.end - shift.start
    before = max(0.0, route.departure - shift.start)
    return before + sum(_waits(route)) + max(0.0, shift.end - route.back)


def _overtime(route: _Route) -> float:
    shift = route.turn.shift
    return max(0.0, route.back - shift.end) if shift and route.stops else 0.0


def _travel_amounts(instance: Instance, routes: list[_Route]) -> dict[str, float]:
    waits = [wait for route in routes for wait in _counted_waits(route)]
    lunching = {
        (route.turn.carer, route.turn.day)
        for route in routes
        if any(stop.visit is None for stop in route.stops)
    }
    missed = [t for t in instance.turns if t.lunch and (t.carer, t.day) not in lunching]
    return {
        "travel_time": sum(leg for route in routes for leg in route.legs),
        "total_waiting_time": sum(waits),
        "max_waiting_time": max(waits, default=0.0),
        "total_extra_time": sum(_overtime(route) for route in routes),
        "max_idle_time": max((_idle(route) for route in routes), default=0.0),
        "missed_lunch_break": float(len(missed)),
    }


def _service_amounts(
    instance: Instance, routes: list[_Route], served: Counter[tuple[int, int]]
) -> dict[str, float]:
    unskilled = unloved = refused = 0
    for route in routes:
        for stop in route.stops:
            if stop.visit is None:
                continue
            visit, carer = instance.visits[stop.visit], route.turn.carer
            unskilled += visit.tasks[stop.task].service not in instance.skills[carer]
            unloved += visit.preferred is not None and carer not in visit.preferred
            refused += carer in visit.excluded
    called = {visit for visit, _task in served}
    return {
        "caregiver_preferences": float(unloved),
        "qualification": float(unskilled),
        "incompabilities": float(refused),
        "optional_patients": float(len(instance.visits) - len(called)),
    }


def _load_amounts(instance: Instance, routes: list[_Route]) -> dict[str, float]:
    loads: dict[str, float] = dict.fromkeys(instance.skills, 0.0)
    for route in routes:
        served = sum(stop.end - stop.start for stop in route.stops if stop.visit is not None)
        loads[route.turn.carer] += served + sum(route.legs)
    mean = sum(loads.values()) / max(1, len(loads))
    uneven = sum(ceil(abs(load - mean) - 1e-9) for load in loads.values())
    return {"working_time": sum(loads.values()), "workload_balance": float(uneven)}


def _violations(
    instance: Instance,
    plan: Plan,
    routes: list[_Route],
    served: Counter[tuple[int, int]],
    amounts: dict[str, float],
) -> Iterator[Violation]:
    for route in routes:
        yield from _route_violations(instance, route)
    yield from _service_violations(instance, served)
    yield from _bond_violations(instance, plan)
    for rule, visit, amount in month_violations(instance=instance, plan=plan):
        yield Violation(rule, visit=visit, amount=amount)
    for part, amount in amounts.items():
        if instance.price(part) == HARD and amount > EPS:
            yield Violation(part, amount=amount)


def _route_violations(instance: Instance, route: _Route) -> Iterator[Violation]:
    carer = route.turn.carer
    opens = route.turn.shift.start if route.turn.shift else 0.0
    if route.stops and route.departure < opens - EPS:
        yield Violation("shift", carer=carer, amount=opens - route.departure)
    lunches = [stop for stop in route.stops if stop.visit is None]
    if len(lunches) > (1 if route.turn.lunch else 0):
        yield Violation(LUNCH, carer=carer, amount=float(len(lunches)))
    for stop, arrival in zip(route.stops, route.arrivals, strict=True):
        if stop.start < arrival - EPS:
            name = instance.visits[stop.visit].id if stop.visit is not None else LUNCH
            yield Violation("travel", visit=name, carer=carer, amount=arrival - stop.start)
        if stop.visit is None:
            yield from _lunch_violations(instance, carer, stop)
        else:
            yield from _stop_violations(instance, route.turn, stop, instance.visits[stop.visit])


def _lunch_violations(instance: Instance, carer: str, stop: Stop) -> Iterator[Violation]:
    rule = instance.lunch
    if rule is None:
        return
    late = (stop.end if instance.at_end else stop.start) - rule.end
    wrong = max(rule.start - stop.start, late, rule.minutes - (stop.end - stop.start))
    if wrong > EPS:
        yield Violation(LUNCH, carer=carer, amount=wrong)


def _stop_violations(
    instance: Instance, turn: Turn, stop: Stop, visit: Visit
) -> Iterator[Violation]:
    early = visit.windows[0].start - stop.start
    short = visit.tasks[stop.task].minutes - (stop.end - stop.start)
    if early > EPS:
        yield Violation("window", visit=visit.id, carer=turn.carer, amount=early)
    if short > EPS:
        yield Violation("duration", visit=visit.id, carer=turn.carer, amount=short)
    if not instance.able(carer=turn.carer, visit=visit, task=stop.task):
        yield Violation("carer", visit=visit.id, carer=turn.carer)
    if visit.days is not None and turn.day not in visit.days:
        yield Violation("day", visit=visit.id, carer=turn.carer, amount=turn.day)
    if stop.place != visit.place:
        yield Violation("place", visit=visit.id, carer=turn.carer)


def _service_violations(
    instance: Instance, served: Counter[tuple[int, int]]
) -> Iterator[Violation]:
    for index, visit in enumerate(instance.visits):
        counts = [served[index, task] for task in range(len(visit.tasks))]
        if max(counts) > 1:
            yield Violation("twice", visit=visit.id)
        if max(counts) and not min(counts):
            yield Violation("half", visit=visit.id)
        if not any(counts) and not visit.optional:
            yield Violation("unserved", visit=visit.id)


def _bond_violations(instance: Instance, plan: Plan) -> Iterator[Violation]:
    found: dict[int, list[tuple[int, Stop, Turn]]] = defaultdict(list)
    for turn, stops in zip(instance.turns, plan.routes, strict=True):
        for stop in stops:
            if stop.visit is not None and len(instance.visits[stop.visit].tasks) > 1:
                found[stop.visit].append((stop.task, stop, turn))
    for index, both in found.items():
        if len(both) == 2:
            yield from _pair_violations(instance.visits[index], sorted(both, key=lambda b: b[0]))


def _pair_violations(visit: Visit, both: list[tuple[int, Stop, Turn]]) -> Iterator[Violation]:
    (_one, first, turn), (_two, second, other) = both
    if turn.day != other.day:
        yield Violation("two days", visit=visit.id)
    if visit.bond is Bond.LOOSE:
        return
    if turn.carer == other.carer:
        yield Violation("one carer for both", visit=visit.id, carer=turn.carer)
    apart = second.start - first.start
    least, most = visit.gap.start, visit.gap.end
    wrong = max(least - apart, apart - most)
    if wrong > EPS:
        yield Violation(str(visit.bond), visit=visit.id, amount=wrong)
