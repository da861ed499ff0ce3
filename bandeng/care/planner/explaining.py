"""Why a visit is where it is, what the next best would cost, and what makes it impossible."""

from dataclasses import dataclass, replace
from itertools import product

from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.model import HARD, Bond, Instance, Plan, Stop, Turn, Visit
from bandeng.care.planner.timetable import Call, routes_of, timetable

EPS = 1e-6
SHOWN = 5
DAYS_TRIED = 6  # of a month, for a visit that has no day
MONTHLY = ("continuity", "spacing", "drift", "changed_carer", "changed_day", "changed_minutes")


@dataclass(frozen=True, slots=True)
class Stands:
    """Where one task stands, and the reason why it does not begin sooner."""

    carer: str
    day: int
    start: float
    reason: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another way to make the visit, and what it would cost more (all others as they are)."""

    carers: tuple[str, ...]
    day: int
    start: float
    extra: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say of one visit; `never` names who cannot and the rule that forbids."""

    stands: tuple[Stands, ...]
    others: tuple[Other, ...]
    never: tuple[tuple[str, str], ...]


def explain_visit(*, instance: Instance, plan: Plan, visit: str) -> Explanation:
    """Explain one visit of a plan."""
    index = next(i for i, one in enumerate(instance.visits) if one.id == visit)
    return Explanation(
        stands=tuple(_stands(instance, plan, index)),
        others=tuple(_others(instance, plan, index)),
        never=tuple(_never(instance, instance.visits[index])),
    )


def _stands(instance: Instance, plan: Plan, index: int) -> list[Stands]:
    found = []
    for turn, stops in zip(instance.turns, plan.routes, strict=True):
        for at, stop in enumerate(stops):
            if stop.visit == index:
                reason = _reason(instance, turn, stops, at)
                found.append((stop.task, Stands(turn.carer, turn.day, stop.start, reason)))
    return [one for _task, one in sorted(found, key=lambda f: f[0])]


def _reason(instance: Instance, turn: Turn, stops: tuple[Stop, ...], at: int) -> str:
    """Name what keeps a task from beginning sooner."""
    stop = stops[at]
    visit = instance.visits[stop.visit] if stop.visit is not None else None
    if visit is None or visit.locked is not None:
        return "locked"
    if any(abs(stop.start - window.start) <= EPS for window in visit.windows):
        return "window"
    before = stops[at - 1] if at else None
    left = before.end if before else (turn.shift.start if turn.shift else 0.0)
    place = before.place if before else turn.start_place
    if stop.start <= left + instance.travel[place][stop.place] + EPS:
        if before is None:
            return "shift"
        return "lunch" if before.visit is None else "travel"
    return "partner" if visit.bond in (Bond.SAME_TIME, Bond.IN_ORDER) else "waits"


def _never(instance: Instance, visit: Visit) -> list[tuple[str, str]]:
    """Name every carer who cannot make any part of a visit, and why."""
    found = []
    for carer in instance.skills:
        reasons = [_forbids(instance, visit, task, carer) for task in range(len(visit.tasks))]
        if None not in reasons:
            found.append((carer, str(reasons[0])))
    return found


def _forbids(instance: Instance, visit: Visit, task: int, carer: str) -> str | None:
    if visit.tasks[task].service not in instance.skills[carer]:
        return "skill"
    if carer in visit.excluded:
        return "excluded"
    if not instance.able(carer=carer, visit=visit, task=task):
        return "preferred"
    turns = [t for t in instance.turns if t.carer == carer]
    turns = [t for t in turns if visit.days is None or t.day in visit.days]
    if not turns:
        return "day"
    return None if any(_meets(visit, turn) for turn in turns) else "hours"


def _meets(visit: Visit, turn: Turn) -> bool:
    if turn.shift is None:
        return True
    return any(w.start < turn.shift.end and w.end >= turn.shift.start for w in visit.windows)


@dataclass(frozen=True, slots=True)
class _Day:
    """One day of an instance: its turns and visits, and which of the whole they are."""

    instance: Instance
    turns: tuple[int, ...]
    visits: tuple[int, ...]


def _others(instance: Instance, plan: Plan, index: int) -> list[Other]:
    """Try every other set of carers at its best place; all other visits keep their order."""
    here = _carers(instance, plan, index)
    again = timetable(instance=instance, routes=routes_of(plan=plan))  # timed as the others are
    base = evaluate(instance=instance, plan=again or plan).cost
    found = [
        other
        for day in _days(instance, index, here)
        for other in _others_of(instance, plan, index, here, day)
    ]
    priced = [replace(other, extra=other.extra - base) for other in found]
    return sorted(priced, key=lambda other: other.extra)[:SHOWN]


def _days(instance: Instance, index: int, here: tuple[tuple[str, ...], int]) -> list[int]:
    """Give the visit's day, or where it has none, the first that it may have."""
    allowed = instance.visits[index].days
    days = sorted({t.day for t in instance.turns if allowed is None or t.day in allowed})
    return [here[1]] if here[1] >= 0 else days[:DAYS_TRIED]


def _others_of(
    instance: Instance, plan: Plan, index: int, here: tuple[tuple[str, ...], int], number: int
) -> list[Other]:
    day = _day(instance, plan, index, number)
    target = day.visits.index(index)
    routes: list[list[Call]] = [
        [(None, 0) if v is None else (day.visits.index(v), t) for v, t in route if v != index]
        for route in (routes_of(plan=plan)[k] for k in day.turns)
    ]
    found = []
    for turns in _choices(day.instance, target, here[0]):
        best = _best_place(day.instance, routes, target, turns)
        carers = tuple(day.instance.turns[k].carer for k in turns)
        if best is not None and carers != here[0]:
            whole = _put_back(plan, day, best)
            cost = evaluate(instance=instance, plan=whole).cost
            found.append(Other(carers, number, _start(best, target), cost))
    return found


def _day(instance: Instance, plan: Plan, index: int, number: int) -> _Day:
    turns = tuple(k for k, turn in enumerate(instance.turns) if turn.day == number)
    there = {stop.visit for k in turns for stop in plan.routes[k] if stop.visit is not None}
    visits = tuple(sorted(there | {index}))
    small = replace(
        instance,
        turns=tuple(instance.turns[k] for k in turns),
        visits=tuple(instance.visits[v] for v in visits),
        prices={k: v for k, v in instance.prices.items() if k not in MONTHLY},
    )
    return _Day(small, turns, visits)


def _put_back(plan: Plan, day: _Day, part: Plan) -> Plan:
    """Give the whole plan with this day in it."""
    routes = list(plan.routes)
    for k, stops in zip(day.turns, part.routes, strict=True):
        routes[k] = tuple(
            stop if stop.visit is None else replace(stop, visit=day.visits[stop.visit])
            for stop in stops
        )
    return Plan(tuple(routes))


def _carers(instance: Instance, plan: Plan, index: int) -> tuple[tuple[str, ...], int]:
    stands = _stands(instance, plan, index)
    return tuple(one.carer for one in stands), stands[0].day if stands else -1


def _choices(instance: Instance, index: int, here: tuple[str, ...]) -> list[tuple[int, ...]]:
    """Give the sets of turns that could make a visit; of two carers, one changes at a time."""
    visit, turns = instance.visits[index], range(len(instance.turns))
    able = [
        [k for k in turns if instance.able(carer=instance.turns[k].carer, visit=visit, task=task)]
        for task in range(len(visit.tasks))
    ]
    sets = [c for c in product(*able) if len(set(c)) == len(c) or visit.bond is Bond.LOOSE]
    return [c for c in sets if not here or _near(instance, c, here)]


def _near(instance: Instance, turns: tuple[int, ...], carers: tuple[str, ...]) -> bool:
    """Tell whether one carer changes at most: who would change both asks twice."""
    now = [instance.turns[k].carer for k in turns]
    return sum(a != b for a, b in zip(now, carers, strict=False)) <= 1


def _best_place(
    instance: Instance, routes: list[list[Call]], index: int, turns: tuple[int, ...]
) -> Plan | None:
    """Give the day with the visit at the best places of these turns."""
    best, least = None, HARD
    for places in product(*(range(len(routes[k]) + 1) for k in turns)):
        tried = [list(route) for route in routes]
        for task, (k, at) in enumerate(zip(turns, places, strict=True)):
            tried[k].insert(at, (index, task))
        plan = timetable(instance=instance, routes=tried)
        cost = HARD if plan is None else evaluate(instance=instance, plan=plan).cost
        if cost < least:
            best, least = plan, cost
    return best


def _start(plan: Plan, index: int) -> float:
    return min(stop.start for route in plan.routes for stop in route if stop.visit == index)
