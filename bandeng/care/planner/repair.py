"""Repairs a published plan within seconds: illness, a cancelled visit, a new one.

What lies on other days, and what a coordinator locked, stays. On the days concerned everything
may move, but each change has its price, so that only what must change does.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bandeng.care.planner.engine import state as st
from bandeng.care.planner.engine.tables import list_tasks
from bandeng.care.planner.engine.track import Budget
from bandeng.care.planner.model import Instance, Placement, Plan, Visit
from bandeng.care.planner.month_evaluation import placements
from bandeng.care.planner.planning import rows_of
from bandeng.care.planner.rounds import Round
from bandeng.care.planner.search import Outcome, solve
from bandeng.care.planner.tracks import stopping

CHANGE_PRICES = {"changed_carer": 30.0, "changed_day": 60.0, "changed_minutes": 0.6}
ROUNDS = (Round(1.0, (4.0, 1.0), 0.2),)
Sick = tuple[str, int | None]  # a carer, and the day; None: all days


@dataclass(frozen=True, slots=True)
class Repaired:
    """The instance as it is now, its plan, and how many visits stand elsewhere than before."""

    instance: Instance
    outcome: Outcome
    changed: int
    days: frozenset[int]


def repair_plan(
    *,
    instance: Instance,
    published: Plan,
    sick: Collection[Sick] = (),
    cancelled: Collection[str] = (),
    seed: int = 1,
    budget: Budget,
    workers: int = 1,
) -> Repaired:
    """Plan anew what illness, cancelled and new visits touch.

    A visit of the instance that the published plan does not have is new: an emergency.

    Raises:
        Impossible: a visit that must be made can be made by nobody any more.
    """
    stands = placements(instance=instance, plan=published)
    now = _without(instance, stands, sick, cancelled)
    concerned = _days_concerned(instance, stands, sick, cancelled)
    free = [i for i, visit in enumerate(now.visits) if _may_move(visit, concerned)]
    with stopping() as control:
        outcome = solve(
            instance=now, seed=seed, budget=budget, workers=workers, rounds=ROUNDS, free=free,
            given=_as_published(now), times=_times(instance, now, published), control=control,
        )  # fmt: skip
    return Repaired(now, outcome, _changed(now, outcome.plan), frozenset(concerned))


def _without(
    instance: Instance,
    stands: dict[int, Placement],
    sick: Collection[Sick],
    cancelled: Collection[str],
) -> Instance:
    """Take the sick and the cancelled out, and price every change."""
    prices = CHANGE_PRICES | dict(instance.prices)
    visits = [
        replace(visit, published=stands.get(index))
        for index, visit in enumerate(instance.visits)
        if visit.id not in cancelled
    ]
    turns = tuple(t for t in instance.turns if not _is_sick(t.carer, t.day, sick))
    return replace(instance, visits=tuple(visits), turns=turns, prices=prices)


def _is_sick(carer: str, day: int, sick: Collection[Sick]) -> bool:
    return (carer, day) in sick or (carer, None) in sick


def _days_concerned(
    instance: Instance,
    stands: dict[int, Placement],
    sick: Collection[Sick],
    cancelled: Collection[str],
) -> set[int]:
    days: set[int] = set()
    for index, visit in enumerate(instance.visits):
        stand = stands.get(index)
        if stand is None:
            days |= set(visit.days if visit.days is not None else range(instance.days))
        elif visit.id in cancelled or any(_is_sick(c, stand.day, sick) for c in stand.carers):
            days.add(stand.day)
    return days


def _may_move(visit: Visit, concerned: set[int]) -> bool:
    if visit.locked is not None:
        return False
    return visit.published is None or visit.published.day in concerned


def _as_published(instance: Instance) -> dict[int, int]:
    """Begin where everybody was; whose carer is gone is looked for anew."""
    turns = {(turn.carer, turn.day): k for k, turn in enumerate(instance.turns)}
    placed: dict[tuple[int, int], int] = {}
    for index, visit in enumerate(instance.visits):
        if visit.published is None:
            continue
        known = [turns.get((carer, visit.published.day)) for carer in visit.published.carers]
        for task, turn in enumerate(known):
            if turn is not None and None not in known:
                placed[index, task] = turn
    return rows_of(instance=instance, placed=placed)


def _times(instance: Instance, now: Instance, published: Plan) -> dict[int, float]:
    """Give when tasks and lunches started, by their rows in the search's memory."""
    tasks, numbers = list_tasks(instance=now), {v.id: i for i, v in enumerate(now.visits)}
    lunches = {(now.turns[k].carer, now.turns[k].day): o for o, k in enumerate(tasks.lunch_turns)}
    rows = {both: o for o, both in enumerate(zip(tasks.visit, tasks.task, strict=True))}
    times: dict[int, float] = {}
    for turn, stops in zip(instance.turns, published.routes, strict=True):
        for stop in stops:
            if stop.visit is not None:
                row = rows.get((numbers.get(instance.visits[stop.visit].id, -1), stop.task))
            else:
                lunch = lunches.get((turn.carer, turn.day))
                row = None if lunch is None else tasks.real + lunch
            if row is not None:
                times[st.FIRST_ROW + row] = stop.start
    return times


def _changed(instance: Instance, plan: Plan) -> int:
    """Count visits with another carer, another day, or 15 minutes and more away."""
    stands = placements(instance=instance, plan=plan)
    count = 0
    for index, visit in enumerate(instance.visits):
        was, now = visit.published, stands.get(index)
        if was is None or now is None:
            count += (was is None) != (now is None)
        elif (was.day, was.carers) != (now.day, now.carers) or abs(was.start - now.start) >= 15:
            count += 1
    return count
