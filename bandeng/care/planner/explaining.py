"""Why a visit is where it is, what the next best would cost, and what makes it impossible."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import product

from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.model import HARD, Bond, Instance, Plan, Stop, Turn, Visit
from bandeng.care.planner.timetable import Call, routes_of, timetable

EPS = 1e-6
SHOWN = 5
DAYS_TRIED = 6  # of a month: the days that cost least travel


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


def _others(instance: Instance, plan: Plan, index: int) -> list[Other]:
    """Try every other set of carers at its best place; all other visits keep their order."""
    routes = [[c for c in route if c[0] != index] for route in routes_of(plan=plan)]
    here = _carers(instance, plan, index)
    base = _cost(instance, timetable(instance=instance, routes=routes_of(plan=plan)))
    found: dict[tuple[tuple[str, ...], int], Other] = {}
    for turns in _choices(instance, index, here):
        best = _best_place(instance, routes, index, turns, base)
        key = (tuple(instance.turns[k].carer for k in turns), instance.turns[turns[0]].day)
        if best is not None and key != here:
            found[key] = Other(*key, *best)
    return sorted(found.values(), key=lambda other: other.extra)[:SHOWN]


def _carers(instance: Instance, plan: Plan, index: int) -> tuple[tuple[str, ...], int]:
    stands = _stands(instance, plan, index)
    return tuple(one.carer for one in stands), stands[0].day if stands else -1


def _choices(
    instance: Instance, index: int, here: tuple[tuple[str, ...], int]
) -> list[tuple[int, ...]]:
    """Give the turns that could make a visit: on its day, or where it has none, on any."""
    visit, days = instance.visits[index], defaultdict(list)
    for k, turn in enumerate(instance.turns):
        if (visit.days is None or turn.day in visit.days) and here[1] in (-1, turn.day):
            days[turn.day].append(k)
    choices = []
    for day in sorted(days)[:DAYS_TRIED]:
        able = [
            [
                k
                for k in days[day]
                if instance.able(carer=instance.turns[k].carer, visit=visit, task=t)
            ]
            for t in range(len(visit.tasks))
        ]
        choices += [c for c in product(*able) if len(set(c)) == len(c) or visit.bond is Bond.LOOSE]
    return [c for c in choices if not here[0] or _near(instance, c, here[0])]


def _near(instance: Instance, turns: tuple[int, ...], carers: tuple[str, ...]) -> bool:
    """Change one carer at a time: who would change both asks twice."""
    now = [instance.turns[k].carer for k in turns]
    return sum(a != b for a, b in zip(now, carers, strict=False)) <= 1


def _best_place(
    instance: Instance, routes: list[list[Call]], index: int, turns: tuple[int, ...], base: float
) -> tuple[float, float] | None:
    """Give start and extra cost of the best places in these turns."""
    best: tuple[float, float] | None = None
    for places in product(*(range(len(routes[k]) + 1) for k in turns)):
        tried = [list(route) for route in routes]
        for task, (k, at) in enumerate(zip(turns, places, strict=True)):
            tried[k].insert(at, (index, task))
        plan = timetable(instance=instance, routes=tried)
        extra = _cost(instance, plan) - base
        if plan is not None and extra < (best[1] if best else HARD):
            best = _start(plan, index), extra
    return best


def _start(plan: Plan, index: int) -> float:
    return min(stop.start for route in plan.routes for stop in route if stop.visit == index)


def _cost(instance: Instance, plan: Plan | None) -> float:
    return HARD if plan is None else evaluate(instance=instance, plan=plan).cost
