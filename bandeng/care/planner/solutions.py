"""Plans as files, in the public formats: what we write, an outsider's validator reads."""

import errno
import json
import os
from pathlib import Path
from typing import Any

from bandeng.care.planner.evaluation import Assessment
from bandeng.care.planner.model import HARD, Instance, Plan, Stop, Turn
from bandeng.care.planner.node import Node, load

LUNCH_BREAK = "lunch_break"
STARTS = ("start_service_time", "arrival_time", "start_time")
ENDS = ("end_service_time", "departure_time", "end_time")


def read_plan(*, instance: Instance, path: Path) -> Plan:
    """Read a solution file of the instance.

    Raises:
        BadFile: it is malformed, or names what the instance does not have.
    """
    return parse_plan(instance=instance, root=load(path=path))


def parse_plan(*, instance: Instance, root: Node) -> Plan:
    """Turn the parsed solution into a Plan; times are taken as they stand."""
    turns = {(turn.day, turn.carer): i for i, turn in enumerate(instance.turns)}
    routes: list[tuple[Stop, ...]] = [()] * len(turns)
    for day, node in _route_nodes(root, instance.days):
        carer = node.at("caregiver_id", "caregiver").one_of(instance.skills)
        index = turns.get((day, carer))
        if index is None:
            raise node.bad("the carer does not work that day")
        if routes[index]:
            raise node.bad("twice the same carer")
        routes[index] = _stops(instance, instance.turns[index], node)
    return Plan(tuple(routes))


def _route_nodes(root: Node, days: int) -> list[tuple[int, Node]]:
    if not root.has("days"):
        return [(0, node) for node in root.at("routes").items()]
    return [
        (one.at("day").whole(below=days), node)
        for one in root.at("days").items()
        for node in one.at("routes").items()
    ]


def _stops(instance: Instance, turn: Turn, node: Node) -> tuple[Stop, ...]:
    if not node.has("locations"):
        return ()
    visits = {visit.id: index for index, visit in enumerate(instance.visits)}
    stops = [
        _stop(instance, turn, one, visits)
        for one in node.at("locations").items()
        if not one.has("depot")
    ]
    return tuple(sorted(stops, key=lambda stop: stop.start))


def _stop(instance: Instance, turn: Turn, node: Node, visits: dict[str, int]) -> Stop:
    start, end = node.at(*STARTS).number(), node.at(*ENDS).number()
    service = node.at("service", "service_id").text()
    said = node.at("patient", "patient_id", "visit")
    if service == LUNCH_BREAK:
        known = visits.get(said.text())
        place = turn.start_place if known is None else instance.visits[known].place
        return Stop(None, 0, start, end, place)
    index = visits[said.one_of(visits)]
    names = [task.service for task in instance.visits[index].tasks]
    if service not in names:
        raise node.at("service", "service_id").bad("not a service of this visit")
    return Stop(index, names.index(service), start, end, instance.visits[index].place)


def solution(*, instance: Instance, plan: Plan, assessment: Assessment) -> dict[str, Any]:
    """Give a plan as the public format has it, with its cost."""
    days: dict[int, list[dict[str, Any]]] = {day: [] for day in range(instance.days)}
    for turn, stops in zip(instance.turns, plan.routes, strict=True):
        if stops or instance.form == "uhhc":
            days[turn.day].append(_route(instance, turn, stops))
    told: dict[str, Any] = {
        "instance": instance.name,
        "cost": {"objective": _plain(assessment.cost), "violations": len(assessment.violations)},
        "cost_components": _components(instance, assessment),
    }
    if instance.form == "month":
        return told | {"days": [{"day": d, "routes": routes} for d, routes in days.items()]}
    return told | {"routes": days[0]}


def _components(instance: Instance, assessment: Assessment) -> dict[str, float]:
    priced = {
        part: assessment.amounts[part] * price
        for part, price in instance.prices.items()
        if price != HARD
    }
    return {part: _plain(amount) for part, amount in priced.items()}


def _route(instance: Instance, turn: Turn, stops: tuple[Stop, ...]) -> dict[str, Any]:
    if not stops:
        return {"caregiver_id": turn.carer}
    return {
        "caregiver_id": turn.carer,
        "locations": [_location(instance, turn, stops, at) for at in range(len(stops))],
    }


def _location(instance: Instance, turn: Turn, stops: tuple[Stop, ...], at: int) -> dict[str, Any]:
    stop = stops[at]
    times = {"arrival_time": _plain(stop.start), "departure_time": _plain(stop.end)}
    if stop.visit is not None:
        visit = instance.visits[stop.visit]
        return {"patient": visit.id, "service": visit.tasks[stop.task].service} | times
    beside = [stops[i] for i in (at + 1, at - 1) if 0 <= i < len(stops)]
    host = next((s.visit for s in beside if s.place == stop.place and s.visit is not None), None)
    name = f"terminal {turn.start_place}" if host is None else instance.visits[host].id
    return {"patient": name, "service": LUNCH_BREAK} | times


def _plain(amount: float) -> float:
    """Drop the noise of binary fractions: 12.000000001 is 12."""
    rounded = round(amount, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def write_plan(*, instance: Instance, plan: Plan, assessment: Assessment, path: Path) -> None:
    """Write a solution file, whole or not at all."""
    text = json.dumps(
        solution(instance=instance, plan=plan, assessment=assessment), ensure_ascii=False, indent=1
    )
    part = _part(path)
    part.write_text(text + "\n", encoding="utf-8")
    os.replace(part, path)


def try_writing(*, path: Path) -> None:
    """Find out whether a plan can be written there; what stands there stays.

    Raises:
        OSError: it cannot.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        _part(path).touch()
        _part(path).unlink()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")
