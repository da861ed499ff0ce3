"""The independent evaluator: every broken rule has its name."""

from dataclasses import replace

import pytest

from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.model import Plan
from bandeng.care.tests import small
from bandeng.care.tests.test_files import CLASSIC

ROUTES = [[(0, 0), (1, 0)], [(1, 1)]]


def rules(instance, plan):
    return {one.rule for one in evaluate(instance=instance, plan=plan).violations}


@pytest.fixture
def instance():
    return small.read(CLASSIC)


@pytest.fixture
def plan(instance):
    return small.timed(instance=instance, routes=ROUTES)


def moved(plan, turn, at, **what):
    stops = list(plan.routes[turn])
    stops[at] = replace(stops[at], **what)
    routes = list(plan.routes)
    routes[turn] = tuple(stops)
    return Plan(tuple(routes))


@pytest.mark.parametrize(
    ("turn", "at", "what", "rule"),
    [
        (0, 0, {"start": 50.0, "end": 80.0}, "window"),
        (0, 0, {"end": 80.0}, "duration"),
        (0, 1, {"start": 110.0, "end": 130.0}, "travel"),
        (1, 0, {"start": 140.0, "end": 180.0}, "sequential"),
        (1, 0, {"start": 190.0, "end": 230.0}, "sequential"),
        (1, 0, {"task": 0}, "carer"),
        (1, 0, {"place": 1}, "place"),
    ],
)
def test_a_broken_rule_has_its_name(instance, plan, turn, at, what, rule):
    assert rules(instance, plan) == set()
    assert rule in rules(instance, moved(plan, turn, at, **what))


def test_half_a_visit_and_a_visit_made_twice_are_named(instance, plan):
    half = Plan((plan.routes[0], ()))
    twice = Plan((plan.routes[0], (*plan.routes[1], plan.routes[0][1])))
    assert "half" in rules(instance, half)
    assert "twice" in rules(instance, twice)


def test_one_carer_does_not_do_both_services(instance):
    able = replace(instance, skills={"c1": frozenset({"wash", "train"}), "c2": frozenset()})
    both = small.timed(instance=able, routes=[[(0, 0), (1, 0), (1, 1)], []])
    assert "one carer for both" in rules(able, both)


def test_a_lunch_outside_its_hours_is_named():
    raw = small.day(seed=2, visits=2)
    raw["caregivers"][0]["lunch_break"] = True
    instance = small.read(raw)
    plan = small.timed(instance=instance, routes=[[(0, 0), (None, 0)], []])
    assert "lunch" not in rules(instance, plan)
    late = moved(plan, 0, 1, start=900.0, end=930.0)
    assert "lunch" in rules(instance, late)
