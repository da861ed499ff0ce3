"""Times: a turn begins later where that spares a wait; the rest is a linear programme, exactly."""

import random
from dataclasses import replace

import pytest

from bandeng.care.planner.engine.track import Budget
from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.model import Plan
from bandeng.care.planner.planning import plan_instance
from bandeng.care.planner.retiming import TIMED, retimed
from bandeng.care.planner.timetable import routes_of
from bandeng.care.tests import small


def starts(plan):
    return [[stop.start for stop in stops] for stops in plan.routes]


def test_a_turn_begins_later_where_that_spares_a_wait():
    instance = small.read(small.two_visits())
    plan = small.timed(instance=instance, routes=[[(0, 0), (1, 0)], []])
    assert starts(plan) == [[170, 200], []]
    found = evaluate(instance=instance, plan=plan)
    assert found.amounts["total_waiting_time"] == found.amounts["max_waiting_time"] == 0
    searched = plan_instance(instance=instance, seed=1, budget=Budget(trials=4_000), workers=1)
    assert searched.assessment.amounts["total_waiting_time"] == 0


def test_two_carers_together_begin_later_only_by_the_linear_programme():
    instance = small.read(small.two_visits(pair=True))
    plan = small.timed(instance=instance, routes=[[(0, 0), (1, 0)], [(0, 1)]])
    assert starts(plan) == [[60, 200], [60]]
    assert starts(retimed(instance=instance, plan=plan)) == [[170, 200], [170]]


def shaken(plan, draw):
    """Begin everything a little later at random: a plan that need not hold."""
    return Plan(
        tuple(
            tuple(replace(s, start=s.start + d, end=s.end + d) for s in stops for d in (draw(),))
            for stops in plan.routes
        )
    )


@pytest.mark.parametrize("seed", range(12))
def test_no_other_times_of_the_same_routes_are_better(seed):
    raw = small.day(seed=seed, visits=7, carers=3, at_end=seed % 2 == 0)
    raw["metadata"]["cost_components"]["max_waiting_time"] = 4
    instance = small.read(raw)
    found = plan_instance(instance=instance, seed=seed, budget=Budget(trials=3_000), workers=1)
    earliest = small.timed(instance=instance, routes=routes_of(plan=found.plan))
    least = evaluate(instance=instance, plan=retimed(instance=instance, plan=earliest))
    assert least.violations == ()
    assert found.assessment.cost <= least.cost + 1e-6
    draw = random.Random(seed)
    for _time in range(60):
        wild = shaken(found.plan, lambda: draw.choice((0, 0, 0, 5, 15, 30)))
        other = evaluate(instance=instance, plan=wild)
        assert other.violations or other.cost >= found.assessment.cost - 1e-6


def test_where_no_wait_has_a_price_the_times_stay():
    raw = small.day(seed=2, visits=5)
    for part in TIMED:
        raw["metadata"]["cost_components"].pop(part, None)
    instance = small.read(raw)
    found = plan_instance(instance=instance, seed=1, budget=Budget(trials=2_000), workers=1)
    assert retimed(instance=instance, plan=found.plan) is found.plan
