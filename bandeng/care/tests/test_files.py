"""Files: the public formats are read, plans written and read again, mistakes named by path."""

import json
import re
from pathlib import Path

import pytest

from bandeng.care.planner import parts
from bandeng.care.planner.errors import BadFile
from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.model import Plan
from bandeng.care.planner.node import Node, load
from bandeng.care.planner.reading import parse_instance
from bandeng.care.planner.solutions import parse_plan, solution
from bandeng.care.tests import small
from config.care_words import FILE

CLASSIC = {
    "patients": [
        {
            "id": "p1",
            "time_window": [60, 120],
            "required_caregivers": [{"service": "wash", "duration": 30}],
        },
        {
            "id": "p2",
            "time_window": [100, 200],
            "required_caregivers": [{"service": "wash"}, {"service": "train"}],
            "synchronization": {"type": "sequential", "distance": [30, 60]},
        },
    ],
    "services": [{"id": "wash", "default_duration": 20}, {"id": "train", "default_duration": 40}],
    "caregivers": [{"id": "c1", "abilities": ["wash"]}, {"id": "c2", "abilities": ["train"]}],
    "central_offices": [{"id": "d"}],
    "distances": [[0, 10, 20], [10, 0, 30], [20, 30, 0]],
}


def changed(path, value):
    raw = json.loads(json.dumps(CLASSIC))
    *way, last = path
    spot = raw
    for step in way:
        spot = spot[step]
    if value is None:
        del spot[last]
    else:
        spot[last] = value
    return raw


def test_the_classic_cost_is_travel_and_lateness_and_worst_lateness_by_three():
    instance = small.read(CLASSIC)
    plan = small.timed(instance=instance, routes=[[(0, 0), (1, 0)], [(1, 1)]])
    found = evaluate(instance=instance, plan=plan)
    assert found.violations == ()
    assert [stop.start for route in plan.routes for stop in route] == [60, 120, 150]
    assert found.cost == pytest.approx((10 + 30 + 20 + 20 + 20) / 3)


def test_a_latter_service_pushes_its_former_back():
    late = changed(["patients", 1, "time_window"], [0, 50])
    late["caregivers"][1]["working_shift"] = [200, 600]
    plan = small.timed(instance=small.read(late), routes=[[(0, 0), (1, 0)], [(1, 1)]])
    assert [stop.start for route in plan.routes for stop in route] == [60, 160, 220]
    found = evaluate(instance=small.read(late), plan=plan)
    assert (found.amounts["total_tardiness"], found.amounts["highest_tardiness"]) == (280, 170)


@pytest.mark.parametrize(
    ("path", "value", "rule", "where"),
    [
        (["patients", 1, "synchronization", "type"], "somehow", "unknown name",
         "$.patients[1].synchronization.type"),
        (["patients", 0, "time_window"], [120, 60], "ends before it begins",
         "$.patients[0].time_window"),
        (["patients", 0, "time_window"], [1, 2, 3], "not two numbers", "$.patients[0].time_window"),
        (["patients", 0, "required_caregivers", 0, "service"], "fly", "unknown name",
         "$.patients[0].required_caregivers[0].service"),
        (["patients", 0, "required_caregivers"], [], "not one or two services",
         "$.patients[0].required_caregivers"),
        (["patients", 1, "id"], "p1", "twice the same id", "$.patients[1].id"),
        (["distances", 1, 2], "far", "not a number", "$.distances[1][2]"),
        (["distances", 1, 2], -1, "too small", "$.distances[1][2]"),
        (["distances", 1, 2], float("nan"), "not a number", "$.distances[1][2]"),
        (["distances", 2], [0, 1], "not as long as the table is high", "$.distances[2]"),
        (["caregivers"], "nobody", "not a list", "$.caregivers"),
        (["services"], None, "missing", "$.services"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_path_and_rule(path, value, rule, where):
    with pytest.raises(BadFile) as told:
        parse_instance(root=Node(changed(path, value)), name="wrong")
    assert (told.value.rule, told.value.path) == (rule, where)


def test_an_unknown_part_of_the_cost_is_refused():
    raw = small.day(seed=1)
    raw["metadata"]["cost_components"] = {"elegance": 3}
    with pytest.raises(BadFile, match=r"cost_components\.elegance"):
        small.read(raw)


@pytest.mark.parametrize("text", [b"{", b"\xff\xfe", b"\x1f\x8bnot gzip"])
def test_what_is_not_json_is_refused(tmp_path, text):
    path = tmp_path / "broken.json"
    path.write_bytes(text)
    with pytest.raises(BadFile):
        load(path=path)


def test_a_plan_written_is_the_plan_read():
    instance = small.read(small.day(seed=3, visits=3))
    routes = [[(0, 0), (None, 0), (1, 0)], [(2, 0)]]
    plan = small.timed(instance=instance, routes=routes)
    written = solution(
        instance=instance, plan=plan, assessment=evaluate(instance=instance, plan=plan)
    )
    again = parse_plan(instance=instance, root=Node(json.loads(json.dumps(written))))
    assert again == plan


def test_an_empty_plan_names_every_visit_that_must_be_made():
    instance = small.read(CLASSIC)
    found = evaluate(instance=instance, plan=Plan(((), ())))
    assert [(one.rule, one.visit) for one in found.violations] == [
        ("unserved", "p1"),
        ("unserved", "p2"),
    ]


def test_every_rule_of_a_file_has_words_in_both_languages():
    rules = set()
    for path in Path(parts.__file__).parent.glob("*.py"):
        found = re.findall(r'(?:\.bad\(|rule=)"([^"]+)"', path.read_text(encoding="utf-8"))
        rules |= set(found) - {"nobody"}
    assert rules <= set(FILE)
    assert "cannot be a rule" in rules
