"""One track of the search: annealing from hot to cold in slices, best plan kept."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bandeng.care.planner.engine import state as st
from bandeng.care.planner.engine.annealing import anneal, build
from bandeng.care.planner.engine.building import Search
from bandeng.care.planner.engine.tables import Whole

SLICES = 200  # temperatures from hot to cold
LEAST_TRIALS = 1_000

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a track runs: trials (the same plan every time), or seconds of a clock."""

    seconds: float = 0.0
    trials: int = 0
    clock: Clock = time.perf_counter

    def share(self, part: float) -> "Budget":
        """Give a part of the budget."""
        return Budget(self.seconds * part, int(self.trials * part), self.clock)


@dataclass(slots=True)
class Best:
    """The best plan a track has seen: its cost, the order of work and every task's turn."""

    cost: float
    order: Whole
    turn: Whole


def snapshot(*, search: Search) -> Best:
    """Take the plan that the memory holds."""
    s = search.state
    turns = s.n[st.FIRST_ROW : s.n[1, st.TASKS_END], st.TURN].copy()
    items = np.arange(s.n[1, st.TASKS_END], s.n[1, st.ITEMS_END])
    order = items[np.argsort(s.f[items, st.KEY], kind="stable")]
    return Best(float(s.f[1, st.COST]), order, turns)


def restore(*, search: Search, best: Best) -> bool:
    """Put a plan into the memory and compute everything anew. Returns: it can be kept at all."""
    s = search.state
    s.n[st.FIRST_ROW : s.n[1, st.TASKS_END], st.TURN] = best.turn
    return bool(build(s.n, s.f, s.w, best.order, s.queue, s.travel, s.price, s.lists))


def _slice(search: Search, best: Best, seed: int, heat: float, trials: int) -> None:
    s = search.state
    best.cost = float(
        anneal(
            s.n, s.f, s.w, s.queue, s.travel, s.price, s.lists, s.free, s.mix,
            seed, heat, trials, best.cost, best.order, best.turn,
        )
    )  # fmt: skip


def _heats(hot: float, cold: float, done: float) -> float:
    return float(hot * (cold / hot) ** done)


def cool(
    *,
    search: Search,
    seed: int,
    hot: float,
    cold: float,
    budget: Budget,
    report: Callable[[float], bool],
) -> Best:
    """Anneal from hot to cold, starting from what the memory holds.

    `report` hears the best cost after every slice and says whether to go on.

    Returns: the best plan seen, also when it was stopped.
    """
    best = snapshot(search=search)
    if not len(search.state.free):
        return best
    run = _by_trials if budget.trials else _by_clock
    run(search, best, np.random.SeedSequence(seed), hot, cold, budget, report)
    return best


def _by_trials(
    search: Search,
    best: Best,
    seeds: np.random.SeedSequence,
    hot: float,
    cold: float,
    budget: Budget,
    report: Callable[[float], bool],
) -> None:
    trials = max(LEAST_TRIALS, budget.trials // SLICES)
    slices = max(1, budget.trials // trials)
    for number, seed in enumerate(seeds.generate_state(slices)):
        _slice(search, best, int(seed), _heats(hot, cold, number / slices), trials)
        if not report(best.cost):
            return


def _by_clock(
    search: Search,
    best: Best,
    seeds: np.random.SeedSequence,
    hot: float,
    cold: float,
    budget: Budget,
    report: Callable[[float], bool],
) -> None:
    begun, trials = budget.clock(), LEAST_TRIALS
    draw = np.random.default_rng(seeds)
    while (done := (budget.clock() - begun) / max(budget.seconds, 1e-9)) < 1.0:
        before = budget.clock()
        _slice(search, best, int(draw.integers(2**32)), _heats(hot, cold, done), trials)
        if not report(best.cost):
            return
        took = max(budget.clock() - before, 1e-6)
        trials = int(min(trials * 2, max(LEAST_TRIALS, trials * budget.seconds / SLICES / took)))
