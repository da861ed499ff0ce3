"""The search: every plan holds before the independent evaluator; tiny days are solved exactly."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bandeng.care.planner.engine.annealing import anneal
from bandeng.care.planner.engine.track import Budget, restore, snapshot
from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.generating import generate_month
from bandeng.care.planner.planning import plan_instance
from bandeng.care.planner.retiming import retimed
from bandeng.care.planner.search import prepare
from bandeng.care.planner.timetable import routes_of
from bandeng.care.tests import small
from bandeng.care.tests.test_files import CLASSIC

TINY = 1e-6


def planned(instance, *, seed=1, trials=4_000):
    return plan_instance(instance=instance, seed=seed, budget=Budget(trials=trials), workers=1)


@pytest.mark.parametrize(("seed", "at_end"), [(2, False), (2, True), (5, True)])
def test_a_tiny_day_with_every_feature_is_planned_as_well_as_by_trying_all(seed, at_end):
    instance = small.read(small.day(seed=seed, visits=3, carers=2, at_end=at_end))
    found = planned(instance, trials=60_000).assessment
    assert found.violations == ()
    timed, exact = small.best_by_trying_all(instance)
    assert exact - TINY <= found.cost <= timed + TINY


@given(seed=st.integers(0, 10**6), visits=st.integers(1, 14), carers=st.integers(2, 5))
@settings(
    max_examples=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
def test_every_plan_satisfies_the_independent_evaluator(seed, visits, carers):
    instance = small.read(small.day(seed=seed, visits=visits, carers=carers))
    found = planned(instance)
    assert found.assessment.violations == ()
    again = small.timed(instance=instance, routes=routes_of(plan=found.plan))
    exact = evaluate(instance=instance, plan=retimed(instance=instance, plan=again))
    assert exact.cost == pytest.approx(found.assessment.cost)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 24))
def test_more_tiny_days_are_planned_as_well_as_by_trying_all(seed):
    instance = small.read(small.day(seed=seed, visits=3, carers=2, at_end=seed % 2 == 0))
    timed, exact = small.best_by_trying_all(instance)
    assert exact - TINY <= planned(instance, trials=60_000).assessment.cost <= timed + TINY


@pytest.mark.parametrize("seed", range(8))
def test_after_every_move_all_is_as_computed_anew(seed):
    """The incremental times, costs and undo leave no trace that a new start would not have."""
    search, _seconds = prepare(
        instance=small.read(small.day(seed=seed, visits=12, carers=4, at_end=seed % 2 == 0))
    )
    other, _seconds = prepare(instance=search.instance)
    best = snapshot(search=search)
    for trial in range(150):
        s = search.state
        anneal(*s, trial, 300.0, 3, best.cost, best.order, best.turn)
        restore(search=other, best=snapshot(search=search))
        assert other.state.f[1, :8] == pytest.approx(s.f[1, :8]), trial


FORMS = {
    "classic": CLASSIC,
    "unified": small.day(seed=5, visits=12, carers=4),
    "month": generate_month(visits=20, seed=2),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_seed_and_iterations_give_the_same_plan_with_one_process_or_two(form):
    instance = small.read(FORMS[form])
    plans = [
        plan_instance(instance=instance, seed=7, budget=Budget(trials=20_000), workers=workers).plan
        for workers in (1, 1, 2)
    ]
    assert plans[0] == plans[1] == plans[2]
    if form != "classic":
        assert planned(instance, seed=8, trials=20_000).plan != plans[0]


@pytest.mark.parametrize("seed", range(4))
def test_every_part_of_the_cost_may_have_a_price(seed):
    raw = small.day(seed=seed, visits=8, carers=3)
    raw["metadata"]["cost_components"] |= {
        "workload_balance": 2, "max_waiting_time": 3, "working_time": 1, "qualification": 40,
        "incompabilities": 30,
    }  # fmt: skip
    found = planned(small.read(raw)).assessment
    assert found.violations == ()
    parts = {part: found.amounts[part] for part in raw["metadata"]["cost_components"]}
    prices = raw["metadata"]["cost_components"]
    assert found.cost == pytest.approx(sum(prices[part] * parts[part] for part in parts))


def test_a_hard_end_of_the_shift_is_kept():
    raw = small.day(seed=4, visits=6, carers=4)
    raw["metadata"]["cost_components"] |= {"working_time": "HARD", "total_tardiness": "HARD"}
    for patient in raw["patients"]:
        patient["optional"] = True
    found = planned(small.read(raw), trials=20_000).assessment
    assert found.violations == ()
    assert found.amounts["total_extra_time"] == found.amounts["total_tardiness"] == 0


def test_progress_is_told_and_the_best_plan_kept():
    instance = small.read(small.day(seed=6, visits=10, carers=3))
    heard = []
    found = plan_instance(
        instance=instance, seed=1, budget=Budget(trials=20_000), workers=1,
        progress=lambda seconds, cost: heard.append((seconds, cost)),
    )  # fmt: skip
    assert heard[-1][1] == pytest.approx(found.assessment.cost)
    assert [cost for _seconds, cost in heard] == sorted((c for _s, c in heard), reverse=True)
