"""How a budget is divided, and how hot each track of a round begins."""

from dataclasses import dataclass, replace

from bandeng.care.planner.engine import state as st
from bandeng.care.planner.engine.building import Search
from bandeng.care.planner.engine.track import Budget
from bandeng.care.planner.model import Instance


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


def scale(*, instance: Instance) -> float:
    """Give what one degree of temperature is in the instance's cost: a minute's travel."""
    travel = instance.price("travel_time") + instance.price("working_time")
    return max(1.0, min(travel, 1e3))


HOTTER = {"uhhc": 4.0}  # many parts of the cost weigh more than travel does


def is_late(*, search: Search) -> bool:
    """Tell whether lateness makes up much of the cost of the plan that the memory holds."""
    total = search.state.f[1]
    late = total[st.ALL_LATE] + search.state.f[0, st.P_WORST] * total[st.WORST]
    return bool(late > LATE_SHARE * total[st.COST])


def heats(*, search: Search, one: Round, track: int) -> tuple[float, float]:
    """Give from how hot to how cold a track anneals the plan that the memory holds."""
    unit = scale(instance=search.instance)
    hot = one.late if one.late is not None and is_late(search=search) else one.hot
    return hot[track] * unit * HOTTER.get(search.instance.form, 1.0), one.cold * unit
