"""Whatever stands in a file: an error by path and value, or a plan that holds; never a traceback."""

import copy
import random
from collections.abc import Iterable
from typing import Any

import pytest

from bandeng.care.planner.engine.track import Budget
from bandeng.care.planner.errors import BadFile, Impossible
from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.generating import generate_month
from bandeng.care.planner.node import Node
from bandeng.care.planner.planning import plan_instance
from bandeng.care.planner.reading import parse_instance
from bandeng.care.planner.solutions import parse_plan, solution
from bandeng.care.tests import small
from bandeng.care.tests.test_files import CLASSIC

WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, 1e30, 10**400, float("nan"), float("inf"), "", "nobody", "c1", [], [1],
    [2, 1], [[]], {}, {"a": 1}, "HARD", ["x", "x"],
)  # fmt: skip
GONE, TWICE = object(), object()
SHOWN = 2  # of a list's elements: the others are alike


def month():
    raw = generate_month(visits=6, seed=1)
    raw["visits"][0]["locked"] = {"day": 0, "start": 600, "caregivers": ["carer-2", "carer-3"]}
    raw["visits"][1]["published"] = {"day": 2, "start": 600, "caregivers": ["carer-2", "carer-3"]}
    return raw


FORMS = {"classic": CLASSIC, "unified": small.day(seed=3, visits=3, carers=2), "month": month()}


def paths(value, path=()):
    """Give the path of everything in a file."""
    yield path
    pairs: Iterable[Any] = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        pairs = enumerate(value[:SHOWN])
    for key, inner in pairs:
        yield from paths(inner, (*path, key))


def with_wrong(raw, path, wrong):
    if not path:
        return {} if wrong in (GONE, TWICE) else wrong
    raw = copy.deepcopy(raw)
    spot = raw
    for key in path[:-1]:
        spot = spot[key]
    if wrong is GONE:
        del spot[path[-1]]
    elif wrong is TWICE and isinstance(spot, list):
        spot.append(copy.deepcopy(spot[path[-1]]))
    elif wrong is not TWICE:
        spot[path[-1]] = wrong
    return raw


def all_wrong(raw):
    for path in paths(raw):
        for wrong in (*WRONG, GONE, TWICE):
            yield path, with_wrong(raw, path, wrong)


def refused(read, raw):
    """Read. Returns: what was read (None: refused), and the path that a refusal names."""
    try:
        return read(raw), "$"
    except BadFile as bad:
        return None, bad.path


@pytest.mark.parametrize("form", FORMS)
def test_every_field_may_be_wrong(form):
    read = [refused(small.read, raw) for _path, raw in all_wrong(FORMS[form])]
    assert all(path.startswith("$") for _instance, path in read)
    accepted = [instance for instance, _path in read if instance is not None]
    for instance in random.Random(1).sample(accepted, 15):
        try:
            found = plan_instance(
                instance=instance, seed=1, budget=Budget(trials=1_000), workers=1
            ).assessment
        except Impossible:
            continue
        assert {one.rule for one in found.violations} <= {
            "carer",
            "day",
            "locked",
        }  # as a person locked it


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_a_plan_may_be_wrong(form):
    instance = parse_instance(root=Node(FORMS[form]), name=form)
    found = plan_instance(instance=instance, seed=1, budget=Budget(trials=1_000), workers=1)
    told = solution(instance=instance, plan=found.plan, assessment=found.assessment)
    wrongs = list(all_wrong(told))
    for _path, raw in random.Random(1).sample(wrongs, min(len(wrongs), 300)):
        plan, path = refused(lambda raw: parse_plan(instance=instance, root=Node(raw)), raw)
        assert path.startswith("$")
        if plan is not None:
            evaluate(instance=instance, plan=plan)
