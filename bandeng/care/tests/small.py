"""Small invented days with every feature, and the best plan by trying all."""

import random
from itertools import permutations, product
from typing import Any

from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.node import Node
from bandeng.care.planner.reading import parse_instance
from bandeng.care.planner.retiming import retimed
from bandeng.care.planner.timetable import timetable

PRICES = {
    "travel_time": 2, "total_tardiness": 5, "highest_tardiness": 3, "total_waiting_time": 1,
    "total_extra_time": 4, "max_idle_time": 6, "caregiver_preferences": 7,
    "optional_patients": 90, "missed_lunch_break": 60,
}  # fmt: skip
NEAR = 60  # how much better exact times may make a tiny day


def day(*, seed, visits=4, carers=2, lunch=True, at_end=False, far=False):
    """Invent a day in the unified format: pairs, windows, optional visits, shifts, lunch."""
    draw = random.Random(seed)
    least, most = (40, 120) if far else (5, 40)
    services = ["wash", "train", "dress"]
    places = 2 + visits
    return {
        "metadata": {
            "time_window_met": "at_service_end" if at_end else "at_service_start",
            "cost_components": dict(PRICES),
        },
        "services": [{"id": name, "default_duration": 20} for name in services],
        "terminal_points": [{"id": "a"}, {"id": "b"}],
        "lunch_breaks": {"start": 180, "end": 260, "min_duration": 30},
        "caregivers": [_carer(draw, n, services, lunch) for n in range(carers)],
        "patients": [_patient(draw, n, services, carers) for n in range(visits)],
        "distances": [
            [0 if a == b else draw.randrange(least, most) for b in range(places)]
            for a in range(places)
        ],
    }


def _carer(draw, number, services, lunch):
    start = draw.choice((0, 30))
    return {
        "id": f"c{number}",
        "abilities": services if number < 2 else draw.sample(services, 2),
        "departing_point": draw.choice("ab"),
        "arrival_point": draw.choice("ab"),
        "working_shift": {"start": start, "end": start + draw.choice((240, 360))},
        "lunch_break": lunch and draw.random() < 0.7,
    }


def _patient(draw, number, services, carers):
    opens = draw.randrange(0, 240, 15)
    windows = [{"start": opens, "end": opens + draw.choice((30, 60, 90))}]
    if draw.random() < 0.3:
        windows.append({"start": opens + 120, "end": opens + 180})
    patient = {"id": f"p{number}", "time_windows": windows, "optional": draw.random() < 0.3}
    kind = draw.choice(("single", "single", "simultaneous", "sequential", "independent"))
    wanted = draw.sample(services, 1 if kind == "single" else 2)
    patient["required_services"] = [
        {"service": s, "duration": draw.choice((15, 30))} for s in wanted
    ]
    if kind != "single":
        patient["synchronization"] = {"type": kind}
    if kind == "sequential":
        patient["synchronization"]["distance"] = draw.choice(([10, 30], [20, 20], [0, 45]))
    if draw.random() < 0.4:
        patient["preferred_caregivers"] = [f"c{draw.randrange(carers)}"]
    if draw.random() < 0.2 and kind == "single":
        patient["incompatible_caregivers"] = [f"c{draw.randrange(carers)}"]
    return patient


WAITS = {
    "travel_time": 1, "total_tardiness": 5, "highest_tardiness": 1, "total_waiting_time": 2,
    "max_waiting_time": 3, "max_idle_time": 1, "missed_lunch_break": 90,
}  # fmt: skip


def two_visits(*, pair=False, lunch=False, later=0):
    """Invent a day whose second client opens long after the first one, who has time until then."""
    raw = day(seed=1, visits=2, carers=2)
    raw["metadata"]["cost_components"] = dict(WAITS)
    raw["distances"] = [[0 if a == b else 10 for b in range(4)] for a in range(4)]
    for carer in raw["caregivers"]:
        carer |= {"abilities": ["wash", "train"], "working_shift": [0, 600], "lunch_break": lunch}
    first, second = (
        dict[str, Any](
            id=f"p{n}", time_windows=[[opens + later, closes + later]],
            required_services=[{"service": "wash"}],
        )
        for n, (opens, closes) in enumerate(((60, 200), (200, 260)))
    )  # fmt: skip
    if pair:
        first["required_services"] = [{"service": "wash"}, {"service": "train"}]
        first["synchronization"] = {"type": "simultaneous"}
    return raw | {"patients": [first, second]}


def read(raw):
    return parse_instance(root=Node(raw), name="small")


def timed(*, instance, routes):
    """Give routes their earliest times; they must have some."""
    plan = timetable(instance=instance, routes=routes)
    assert plan is not None
    return plan


def best_by_trying_all(instance):
    """Try every carer, order and lunch.

    Returns: the least cost with the times that the search gives, and with exact times.
    """
    calls = [(v, t) for v, visit in enumerate(instance.visits) for t in range(len(visit.tasks))]
    best, plans = float("inf"), []
    for turns in product(range(len(instance.turns) + 1), repeat=len(calls)):
        if not _sensible(instance, calls, turns):
            continue
        shares = [[c for c, k in zip(calls, turns, strict=True) if k == turn]
                  for turn in range(len(instance.turns))]  # fmt: skip
        for routes in product(*(_routes(instance, n, share) for n, share in enumerate(shares))):
            plan = timetable(instance=instance, routes=routes)
            if plan is None:
                continue
            found = evaluate(instance=instance, plan=plan)
            if not found.violations:
                best = min(best, found.cost)
                plans.append((found.cost, plan))
    near = [plan for cost, plan in plans if cost <= best + NEAR]
    exact = (evaluate(instance=instance, plan=retimed(instance=instance, plan=p)) for p in near)
    return best, min(one.cost for one in exact if not one.violations)


def _sensible(instance, calls, turns):
    out = len(instance.turns)
    of = dict(zip(calls, turns, strict=True))
    for index, visit in enumerate(instance.visits):
        mine = [of[index, task] for task in range(len(visit.tasks))]
        if (out in mine and set(mine) != {out}) or (out in mine and not visit.optional):
            return False
        if len(set(mine)) < len(mine) and out not in mine and visit.bond != "independent":
            return False
        if any(k != out and not instance.able(carer=instance.turns[k].carer, visit=visit, task=t)
               for t, k in enumerate(mine)):  # fmt: skip
            return False
    return True


def _routes(instance, turn, share):
    for order in permutations(share):
        if not instance.turns[turn].lunch or instance.lunch is None:
            yield list(order)
            continue
        for at in range(len(order) + 1):
            yield [*order[:at], (None, 0), *order[at:]]
