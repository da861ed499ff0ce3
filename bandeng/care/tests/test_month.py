"""A month: invented, planned with continuity, locked, repaired and explained."""

import json
import time
from dataclasses import replace

import pytest

from bandeng.care.planner.engine.track import Budget
from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.explaining import explain_visit
from bandeng.care.planner.generating import generate_month
from bandeng.care.planner.model import Placement
from bandeng.care.planner.month_evaluation import carers_of_clients, placements
from bandeng.care.planner.month_start import assign_carers
from bandeng.care.planner.node import Node
from bandeng.care.planner.planning import plan_instance
from bandeng.care.planner.reading import parse_instance
from bandeng.care.planner.repair import repair_plan
from bandeng.care.planner.solutions import parse_plan, solution

TRIALS = Budget(trials=60_000)


def month(*, visits=60, seed=1):
    return parse_instance(root=Node(generate_month(visits=visits, seed=seed)), name="month")


@pytest.fixture(scope="module")
def planned():
    instance = month()
    return instance, plan_instance(instance=instance, seed=1, budget=TRIALS, workers=1)


def test_the_same_seed_invents_the_same_month():
    assert generate_month(visits=50, seed=3) == generate_month(visits=50, seed=3)
    assert generate_month(visits=50, seed=3) != generate_month(visits=50, seed=4)
    assert len(generate_month(visits=50, seed=3)["visits"]) == 50


def test_a_month_keeps_every_rule_and_clients_see_few_carers(planned):
    instance, outcome = planned
    assert outcome.assessment.violations == ()
    assert outcome.assessment.amounts["optional_patients"] == 0
    stands = placements(instance=instance, plan=outcome.plan)
    seen = carers_of_clients(instance=instance, stands=stands)
    most = {v.client: len(v.tasks) + 1 for v in instance.visits}
    assert all(len(who) <= most[client] for client, who in seen.items())


def test_the_first_assignment_respects_skills_and_pairs():
    instance = month()
    carer_of = assign_carers(instance=instance)
    for (index, task), carer in carer_of.items():
        assert instance.able(carer=carer, visit=instance.visits[index], task=task)
    doubles = [i for i, v in enumerate(instance.visits) if len(v.tasks) == 2]
    assert doubles
    assert all(carer_of[i, 0] != carer_of[i, 1] for i in doubles)


def test_a_locked_visit_stays_where_it_was_put(planned):
    instance, outcome = planned
    stands = placements(instance=instance, plan=outcome.plan)
    pinned = {index: stands[index] for index in list(stands)[:5]}
    visits = tuple(
        replace(visit, locked=pinned.get(index)) for index, visit in enumerate(instance.visits)
    )
    again = plan_instance(
        instance=replace(instance, visits=visits), seed=2, budget=TRIALS, workers=1
    )
    assert again.assessment.violations == ()
    now = placements(instance=instance, plan=again.plan)
    assert {index: now[index] for index in pinned} == pinned


def test_a_sick_carer_is_replaced_and_other_days_stay(planned):
    instance, outcome = planned
    stands = placements(instance=instance, plan=outcome.plan)
    day, carer = next((s.day, s.carers[0]) for s in stands.values())
    done = repair_plan(
        instance=instance, published=outcome.plan, sick=[(carer, day)], budget=Budget(trials=30_000)
    )
    assert done.outcome.assessment.violations == ()
    now = placements(instance=done.instance, plan=done.outcome.plan)
    for index, was in stands.items():
        if was.day != day:
            assert now[index] == was
        assert carer not in now[index].carers or now[index].day != day


def test_a_cancelled_visit_is_gone_and_a_new_one_is_made(planned):
    instance, outcome = planned
    gone = instance.visits[0].id
    emergency = replace(instance.visits[1], id="emergency", series=None, days=frozenset({2, 3}))
    more = replace(instance, visits=(*instance.visits, emergency))
    done = repair_plan(
        instance=more, published=outcome.plan, cancelled=[gone], budget=Budget(trials=60_000)
    )
    assert done.outcome.assessment.violations == ()
    assert gone not in {visit.id for visit in done.instance.visits}
    new = placements(instance=done.instance, plan=done.outcome.plan)[len(done.instance.visits) - 1]
    assert new.day in (2, 3)


def test_over_a_month_uneven_work_may_have_a_price():
    raw = generate_month(visits=40, seed=3)
    prices = raw["cost_components"]
    costs = {}
    for price in (0.001, 20):
        raw["cost_components"] = prices | {"workload_balance": price}
        instance = parse_instance(root=Node(raw), name="month")
        found = plan_instance(instance=instance, seed=1, budget=TRIALS, workers=1).assessment
        assert found.violations == ()
        costs[price] = found.amounts["workload_balance"]
    assert costs[20] < costs[0.001] / 2


@pytest.mark.slow
def test_one_sick_carer_in_a_thousand_visits_is_repaired_in_two_seconds():
    instance = month(visits=1_000)
    plan = plan_instance(instance=instance, seed=1, budget=Budget(seconds=10)).plan
    begun = time.process_time()  # so that a busy machine measures the same
    carer, day = instance.turns[0].carer, instance.turns[0].day
    done = repair_plan(
        instance=instance, published=plan, sick=[(carer, day)],
        budget=Budget(seconds=0.7, clock=time.process_time),
    )  # fmt: skip
    assert time.process_time() - begun < 2
    assert done.changed < 40


def test_a_month_written_is_the_month_read(planned):
    instance, outcome = planned
    written = solution(instance=instance, plan=outcome.plan, assessment=outcome.assessment)
    again = parse_plan(instance=instance, root=Node(json.loads(json.dumps(written))))
    found = evaluate(instance=instance, plan=again)
    assert found.violations == ()
    assert found.cost == pytest.approx(outcome.assessment.cost)


def test_a_moved_locked_visit_and_changes_are_priced(planned):
    instance, outcome = planned
    stands = placements(instance=instance, plan=outcome.plan)
    first = instance.visits[0]
    other = Placement(day=stands[0].day + 1, start=stands[0].start + 60, carers=stands[0].carers)
    visits = (replace(first, locked=other, published=other), *instance.visits[1:])
    prices = {"changed_day": 10.0, "changed_minutes": 1.0}
    now = replace(instance, visits=visits, prices=dict(instance.prices) | prices)
    found = evaluate(instance=now, plan=outcome.plan)
    assert [one.rule for one in found.violations] == ["locked"]
    assert (found.amounts["changed_day"], found.amounts["changed_minutes"]) == (1, 60)


def test_a_visit_is_explained(planned):
    instance, outcome = planned
    single = next(v for v in instance.visits if len(v.tasks) == 1)
    found = explain_visit(instance=instance, plan=outcome.plan, visit=single.id)
    assert len(found.stands) == 1
    assert found.stands[0].reason in {"window", "travel", "shift", "lunch", "waits"}
    able = {c for c, skills in instance.skills.items() if single.tasks[0].service in skills}
    assert {carer for carer, rule in found.never if rule == "skill"} == set(instance.skills) - able
    assert all(other.extra > -1 for other in found.others)


def test_a_lock_is_kept_by_a_carer_who_has_lunch_afterwards():
    raw = generate_month(visits=12, seed=1)
    lock = {"day": 0, "start": 700, "caregivers": ["carer-2", "carer-3"]}
    raw["visits"][0]["locked"] = lock
    instance = parse_instance(root=Node(raw), name="month")
    found = plan_instance(instance=instance, seed=1, budget=Budget(trials=2_000), workers=1)
    assert found.assessment.violations == ()
