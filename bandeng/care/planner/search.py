"""The whole search: a cold and a hot track side by side, in rounds, each from the best so far."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bandeng.care.planner.engine.building import Search, build_search, only_free, plan_of
from bandeng.care.planner.engine.starting import first_plan
from bandeng.care.planner.engine.track import Best, Budget, cool, restore, snapshot
from bandeng.care.planner.errors import Disagreement
from bandeng.care.planner.evaluation import Assessment, evaluate
from bandeng.care.planner.model import Instance, Plan
from bandeng.care.planner.retiming import retimed
from bandeng.care.planner.rounds import Round
from bandeng.care.planner.tracks import Control, in_turn, together

Progress = Callable[[float, float], None]  # seconds so far, best cost so far


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan that the independent evaluator has checked, and how it came about."""

    plan: Plan
    assessment: Assessment
    seconds: float
    compile_seconds: float
    complete: bool


def solve(
    *,
    instance: Instance,
    seed: int,
    budget: Budget,
    workers: int = 2,
    progress: Progress | None = None,
    rounds: tuple[Round, ...],
    given: Mapping[int, int] | None = None,
    times: Mapping[int, float] | None = None,
    free: Collection[int] | None = None,
    control: Control,
) -> Outcome:
    """Plan an instance.

    `given`: turns that tasks begin in; `times`: when they start, in a plan that exists; `free`: the visits that may be moved (all, if None).

    Returns: the best plan found, checked; also when `control` stopped it, during compiling too.

    Raises:
        Impossible: a visit that must be made can be made by nobody.
        Disagreement: the evaluator finds another cost than the search.
    """
    search, compiled_in = prepare(instance=instance, given=given, times=times, free=free)
    begun = time.perf_counter()
    best = _in_rounds(search, seed, budget, workers, rounds, control, progress)
    restore(search=search, best=best)
    plan, assessment = _timed_best(instance, plan_of(search=search), best.cost)
    return Outcome(
        plan=plan,
        assessment=assessment,
        seconds=time.perf_counter() - begun,
        compile_seconds=compiled_in,
        complete=not control.stopped.value,
    )


def prepare(
    *,
    instance: Instance,
    given: Mapping[int, int] | None = None,
    times: Mapping[int, float] | None = None,
    free: Collection[int] | None = None,
) -> tuple[Search, float]:
    """Lay out the memory, make a first plan, and compile (or load) the code.

    Returns: the search, and the seconds that compiling took.
    """
    search = build_search(instance=instance)
    first_plan(search=search, given=given, times=times)
    if free is not None:
        search = only_free(search=search, visits=free)
    begun = time.perf_counter()
    best = snapshot(search=search)
    restore(search=search, best=best)
    cool(
        search=search, seed=0, hot=1e-9, cold=1e-9, budget=Budget(trials=1),
        report=lambda _cost: True,
    )  # fmt: skip
    return search, time.perf_counter() - begun


def checked(*, instance: Instance, plan: Plan, cost: float) -> Assessment:
    """Have the plan assessed independently; the search's cost must be the same.

    Raises:
        Disagreement: it is not, and no rule is broken that would explain it.
    """
    assessment = evaluate(instance=instance, plan=plan)
    found = cost / instance.divisor
    if not assessment.violations and abs(assessment.cost - found) > 1e-3 * max(1.0, abs(found)):
        raise Disagreement(f"{assessment.cost} {found}")
    return assessment


def _timed_best(instance: Instance, plan: Plan, cost: float) -> tuple[Plan, Assessment]:
    """Give the checked plan its best times, where these are better than the search's."""
    assessment = checked(instance=instance, plan=plan, cost=cost)
    again = retimed(instance=instance, plan=plan)
    found = evaluate(instance=instance, plan=again)
    if len(found.violations) <= len(assessment.violations) and found.cost < assessment.cost:
        return again, found
    return plan, assessment


def _in_rounds(
    search: Search,
    seed: int,
    budget: Budget,
    workers: int,
    rounds: tuple[Round, ...],
    control: Control,
    progress: Progress | None,
) -> Best:
    best = snapshot(search=search)
    told, began = progress or (lambda _seconds, _cost: None), time.perf_counter()
    for number, one in enumerate(rounds):
        if control.stopped.value:
            break
        part = budget.share(one.share if workers > 1 or budget.trials else one.share / 2)
        run = together if workers > 1 else in_turn
        found = run(search, best, one, (seed, number), part, control, lambda: told(
            time.perf_counter() - began, min(control.costs) / search.instance.divisor))  # fmt: skip
        best = min([best, *found], key=lambda b: b.cost)
    return best
