"""The whole search: a cold and a hot track side by side, in rounds, each from the best so far."""

import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from bandeng.care.planner.engine import state as st
from bandeng.care.planner.engine.building import Search, build_search, only_free, plan_of
from bandeng.care.planner.engine.starting import first_plan
from bandeng.care.planner.engine.track import Best, Budget, cool, restore, snapshot
from bandeng.care.planner.evaluation import Assessment, evaluate
from bandeng.care.planner.model import Instance, Plan
from bandeng.care.planner.retiming import retimed

Progress = Callable[[float, float], None]  # seconds so far, best cost so far


@dataclass(frozen=True, slots=True)
class Round:
    """A part of the budget, and from how hot to how cold each track anneals in it.

    `late`: how hot instead, where lateness makes up much of the best plan's cost: such days
    have deep local optima. Units: temperatures in travel minutes of the instance's price.
    """

    share: float
    hot: tuple[float, float]
    cold: float = 1.0
    late: tuple[float, float] | None = None


LATE_SHARE = 0.15  # of the cost: a late day
PROBE = Round(0.02, (15.0, 15.0))  # tells a late day from another
COOLINGS = (
    Round(1.0, (15.0, 100.0), late=(200.0, 300.0)),
    Round(1.0, (40.0, 60.0), late=(100.0, 200.0)),
    Round(1.0, (30.0, 100.0), late=(60.0, 400.0)),
    Round(1.0, (40.0, 15.0), late=(200.0, 40.0)),
    Round(1.0, (60.0, 30.0), late=(150.0, 80.0)),
)
LAST = Round(0.18, (5.0, 12.0), late=(12.0, 30.0))  # from the best of all
FULL_TRIALS = 250_000  # per task: a cooling slow enough
FULL_SECONDS, FULL_TASKS = 11.0, 66  # the same by the clock, for a day of so many tasks


def day_rounds(*, tasks: int, budget: Budget) -> tuple[Round, ...]:
    """Divide a day's budget: as many slow coolings as it holds, then one from the best."""
    if budget.trials:
        full = budget.trials / (FULL_TRIALS * tasks)
    else:
        full = budget.seconds / (FULL_SECONDS * (tasks / FULL_TASKS) ** 2)
    count = max(1, min(len(COOLINGS), round(full)))
    share = (1.0 - LAST.share - PROBE.share) / count
    return (PROBE, *(replace(one, share=share) for one in COOLINGS[:count]), LAST)


MONTH_ROUNDS = (
    Round(0.6, (8.0, 20.0), 0.5),
    Round(0.4, (3.0, 8.0), 0.3),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan that the independent evaluator has checked, and how it came about."""

    plan: Plan
    assessment: Assessment
    seconds: float
    compile_seconds: float
    complete: bool


EVERY = 2.0  # seconds between two reports of progress


class Disagreement(Exception):  # noqa: N818
    """Search and evaluator do not agree on a plan: it must not leave."""


@dataclass(slots=True)
class Control:
    """What the tracks share with who waits for them: stop, and the best cost so far."""

    stopped: Any
    costs: Any

    def report(self, track: int) -> Callable[[float], bool]:
        """Give what a track calls after every slice."""

        def heard(cost: float) -> bool:
            self.costs[track] = cost
            return not self.stopped.value

        return heard


def context() -> Any:
    """Give the way of starting processes: forked ones have the compiled code already."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def scale(*, instance: Instance) -> float:
    """Give what one degree of temperature is in the instance's cost: a minute's travel."""
    travel = instance.price("travel_time") + instance.price("working_time")
    return max(1.0, min(travel, 1e3))


HOTTER = {"uhhc": 4.0}  # many parts of the cost weigh more than travel does


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


@contextmanager
def stopping() -> Iterator[Control]:
    """While it is open, SIGINT and SIGTERM stop the search, not the program; the second one does."""
    control = Control(context().Value("b", 0, lock=False), context().Array("d", 2, lock=False))
    before: dict[signal.Signals, Any] = {}

    def stop(_number: int, _frame: object) -> None:
        if control.stopped.value:
            raise KeyboardInterrupt
        control.stopped.value = 1

    if threading.current_thread() is threading.main_thread():  # else whoever asked stops it
        before = {name: signal.signal(name, stop) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield control
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


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
        run = _together if workers > 1 else _in_turn
        found = run(search, best, one, (seed, number), part, control, lambda: told(
            time.perf_counter() - began, min(control.costs) / search.instance.divisor))  # fmt: skip
        best = min([best, *found], key=lambda b: b.cost)
    return best


def is_late(*, search: Search) -> bool:
    """Tell whether lateness makes up much of the cost of the plan that the memory holds."""
    total = search.state.f[1]
    late = total[st.ALL_LATE] + search.state.f[0, st.P_WORST] * total[st.WORST]
    return bool(late > LATE_SHARE * total[st.COST])


def _track(
    search: Search, best: Best, one: Round, number: int, seed: tuple[int, int], budget: Budget,
    control: Control,
) -> Best:  # fmt: skip
    restore(search=search, best=best)
    unit = scale(instance=search.instance)
    heats = one.late if one.late is not None and is_late(search=search) else one.hot
    return cool(
        search=search,
        seed=seed[0] * 1_000 + seed[1] * 10 + number,
        hot=heats[number] * unit * HOTTER.get(search.instance.form, 1.0),
        cold=one.cold * unit,
        budget=budget,
        report=control.report(number),
    )


def _in_turn(
    search: Search, best: Best, one: Round, seed: tuple[int, int], budget: Budget,
    control: Control, told: Callable[[], None],
) -> list[Best]:  # fmt: skip
    found = []
    control.costs[:] = [best.cost, best.cost]
    for number in range(2):
        found.append(_track(search, best, one, number, seed, budget, control))
        told()
    return found


def _together(
    search: Search, best: Best, one: Round, seed: tuple[int, int], budget: Budget,
    control: Control, told: Callable[[], None],
) -> list[Best]:  # fmt: skip
    control.costs[:] = [best.cost, best.cost]
    ways, started = [], []
    for number in range(2):
        here, there = context().Pipe(duplex=False)
        child = context().Process(
            target=_child, args=(there, search, best, one, number, seed, budget, control)
        )
        child.start()
        there.close()
        ways.append(here)
        started.append(child)
    found = [_hear(way, told) for way in ways]
    for child in started:
        child.join()
    return [one for one in found if one is not None]


def _hear(way: Connection, told: Callable[[], None]) -> Best | None:
    """Wait for a track; one that died is not missed, the other and the best so far remain."""
    while not way.poll(EVERY):
        told()
    try:
        heard: Best = way.recv()
    except EOFError:
        return None
    return heard


def _child(way: Connection, *words: Any) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # the parent asks the tracks to stop
    way.send(_track(*words))
    way.close()
