"""Reads the public JSON formats, and our own of a month, into an Instance.

Source: the formats of the public instance collections `hhcrsp` (Mankowska et al. 2014, Kummer
2021, Ceschia et al. 2024) and `uhhc` (Ceschia et al. 2025, a unified formulation).
"""

from pathlib import Path
from typing import Any

from bandeng.care.planner import parts
from bandeng.care.planner.model import Bond, Instance, Placement, Series, Visit
from bandeng.care.planner.node import Node, load, unique
from bandeng.care.planner.parts import Known

MONTH = "bandeng-month-1"
MOST_DAYS = 366


def read_instance(*, path: Path) -> Instance:
    """Read an instance of any of the three forms.

    Raises:
        BadFile: the file is malformed; it says where and how.
    """
    return parse_instance(root=load(path=path), name=path.name.split(".json")[0])


def parse_instance(*, root: Node, name: str) -> Instance:
    """Turn the parsed file into an Instance."""
    if root.has("format"):
        root.at("format").one_of({MONTH})
        return _month(root=root, name=name)
    form = _unified if root.has("metadata") else _classic
    return form(root=root, name=name)


def _common(*, root: Node, known: Known) -> dict[str, Any]:
    return {"turns": parts.turns(root, known), "skills": parts.skills(root, known)}


def _patients(*, root: Node, known: Known) -> tuple[Visit, ...]:
    first = len(known.terminals)
    nodes = unique(root.at("patients").items())
    return tuple(
        parts.visit(name, node, node, known, first + index)
        for index, (name, node) in enumerate(nodes)
    )


def _classic(*, root: Node, name: str) -> Instance:
    travel = parts.travel(root)
    known = parts.known_names(root, len(travel), 1)
    return Instance(
        name=name,
        form="hhcrsp",
        travel=travel,
        visits=_patients(root=root, known=known),
        **_common(root=root, known=known),
    )


def _unified(*, root: Node, name: str) -> Instance:
    travel = parts.travel(root)
    known = parts.known_names(root, len(travel), 1)
    told = root.at("metadata")
    rules = {"at_service_start", "at_service_end"}
    met = told.at("time_window_met").one_of(rules) if told.has("time_window_met") else ""
    return Instance(
        name=name,
        form="uhhc",
        travel=travel,
        visits=_patients(root=root, known=known),
        prices=parts.prices(told.at("cost_components")),
        divisor=1.0,
        at_end=met == "at_service_end",
        lunch=parts.lunch(root),
        **_common(root=root, known=known),
    )


def _month(*, root: Node, name: str) -> Instance:
    travel = parts.travel(root)
    days = root.at("days").whole(below=MOST_DAYS + 1)
    known = parts.known_names(root, len(travel), days)
    series = {one.id: one for one in _series(root)}
    homes = dict(unique(root.at("clients").items()))
    visits = tuple(
        _month_visit(key, node, homes, known, series)
        for key, node in unique(root.at("visits").items())
    )
    tolerance = root.at("drift_tolerance").number() if root.has("drift_tolerance") else 0.0
    return Instance(
        name=name,
        form="month",
        travel=travel,
        visits=visits,
        prices=parts.prices(root.at("cost_components")),
        divisor=1.0,
        lunch=parts.lunch(root),
        days=days,
        series=series,
        tolerance=tolerance,
        **_common(root=root, known=known),
    )


def _series(root: Node) -> list[Series]:
    found = []
    for name, node in unique(root.at("series").items()):
        least, most = node.at("gap").span()
        found.append(Series(name, int(least), int(most)))
    return found


def _month_visit(
    name: str, node: Node, homes: dict[str, Node], known: Known, series: dict[str, Series]
) -> Visit:
    client = node.at("client").one_of(homes)
    plain = parts.visit(name, node, homes[client], known, known.places)
    days = None
    if node.has("days"):
        days = frozenset(one.whole(below=known.days) for one in node.at("days").items())
    return Visit(
        **{key: getattr(plain, key) for key in _KEPT},
        client=client,
        days=days,
        series=node.at("series").one_of(series) if node.has("series") else None,
        locked=_placement(node, "locked", plain, known),
        published=_placement(node, "published", plain, known),
    )


_KEPT = (
    "id", "place", "windows", "tasks", "bond", "gap", "preferred", "excluded", "optional",
)  # fmt: skip


def _placement(node: Node, key: str, visit: Visit, known: Known) -> Placement | None:
    if not node.has(key):
        return None
    said = node.at(key)
    carers = tuple(one.one_of(known.carers) for one in said.at("caregivers").items())
    if len(carers) != len(visit.tasks):
        raise said.at("caregivers").bad("not one carer for each service")
    if len(set(carers)) < len(carers) and visit.bond is not Bond.LOOSE:
        raise said.at("caregivers").bad("one carer for both services")
    day = said.at("day").whole(below=known.days)
    return Placement(day=day, start=said.at("start").number(), carers=carers)
