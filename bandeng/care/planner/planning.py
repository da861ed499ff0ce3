"""Plans one day or one month; what a person asks for from outside."""

from contextlib import nullcontext
from dataclasses import dataclass

from bandeng.care.planner.engine import state as st
from bandeng.care.planner.engine.tables import list_tasks
from bandeng.care.planner.engine.track import Budget
from bandeng.care.planner.model import Instance
from bandeng.care.planner.rounds import MONTH_ROUNDS, Round, day_rounds
from bandeng.care.planner.search import Outcome, Progress, solve
from bandeng.care.planner.tracks import Control, stopping


@dataclass(frozen=True, slots=True)
class Start:
    """Turns that tasks begin in, and how the search goes on from there."""

    given: dict[int, int]
    rounds: tuple[Round, ...]


def plan_instance(
    *,
    instance: Instance,
    seed: int,
    budget: Budget,
    workers: int = 2,
    progress: Progress | None = None,
    control: Control | None = None,
) -> Outcome:
    """Plan an instance of any form; SIGINT and SIGTERM stop it, or who holds `control`.

    Returns: the best plan found, checked by the independent evaluator.

    Raises:
        Impossible: a visit that must be made can be made by nobody.
    """
    with nullcontext(control) if control else stopping() as heeded:
        start = start_of(instance=instance, budget=budget)
        return solve(
            instance=instance, seed=seed, budget=budget, workers=workers, progress=progress,
            rounds=start.rounds, given=start.given, control=heeded,
        )  # fmt: skip


def start_of(*, instance: Instance, budget: Budget) -> Start:
    """Choose how to begin: greedily for a day, by exact assignment for a month."""
    if instance.form != "month":
        tasks = max(1, sum(len(visit.tasks) for visit in instance.visits))
        return Start({}, day_rounds(tasks=tasks, budget=budget))
    return Start(month_start(instance=instance), MONTH_ROUNDS)


def month_start(*, instance: Instance) -> dict[int, int]:
    """Give every task's first turn: locked, as published, or by assignment."""
    from bandeng.care.planner.month_start import assign_carers, spread_days

    placed = spread_days(instance=instance, carer_of=assign_carers(instance=instance))
    turns = {(turn.carer, turn.day): k for k, turn in enumerate(instance.turns)}
    for index, visit in enumerate(instance.visits):
        stands = visit.locked or visit.published
        if stands is None:
            continue
        known = [turns.get((carer, stands.day)) for carer in stands.carers]
        for task, turn in enumerate(known):
            if turn is not None and None not in known:
                placed[index, task] = turn
    return rows_of(instance=instance, placed=placed)


def rows_of(*, instance: Instance, placed: dict[tuple[int, int], int]) -> dict[int, int]:
    """Name tasks by their rows in the search's memory."""
    tasks = list_tasks(instance=instance)
    both = zip(tasks.visit, tasks.task, strict=True)
    return {
        st.FIRST_ROW + row: placed[visit, task]
        for row, (visit, task) in enumerate(both)
        if (visit, task) in placed
    }
