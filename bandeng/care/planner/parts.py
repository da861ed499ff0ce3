"""What the three file formats have in common: names, places, services, windows, prices."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bandeng.care.planner.errors import BadFile
from bandeng.care.planner.model import HARD, PARTS, Bond, Lunch, Task, Turn, Visit, Window
from bandeng.care.planner.node import Node, unique

RULES = frozenset(PARTS) - {
    "travel_time", "max_idle_time", "workload_balance", "continuity", "spacing", "drift",
    "changed_carer", "changed_day", "changed_minutes",
}  # fmt: skip
UNUSED = ("tw_max_dev_in_time", "tw_max_dev_in_desired_time")


@dataclass(frozen=True, slots=True)
class Known:
    """What visits and carers refer to."""

    services: dict[str, float | None]
    carers: frozenset[str]
    terminals: dict[str, int]
    places: int
    days: int
    lunch: bool


def travel(root: Node) -> tuple[tuple[float, ...], ...]:
    """Read the table of minutes from place to place."""
    rows = list(root.at("distances").items())
    matrix = tuple(tuple(cell.number() for cell in row.items()) for row in rows)
    for row, numbers in zip(rows, matrix, strict=True):
        if len(numbers) != len(matrix):
            raise row.bad("not as long as the table is high")
    return matrix


def _services(root: Node) -> dict[str, float | None]:
    return {
        name: node.at("default_duration").number() if node.has("default_duration") else None
        for name, node in unique(root.at("services").items())
    }


def _terminals(root: Node, places: int) -> dict[str, int]:
    said = root.at("terminal_points", "departing_points", "central_offices")
    found = unique(said.items())
    if not found:
        raise said.bad("no place to begin at")
    return {
        name: node.at("distance_matrix_index").whole(below=places)
        if node.has("distance_matrix_index")
        else index
        for index, (name, node) in enumerate(found)
    }


def known_names(root: Node, places: int, days: int) -> Known:
    """Read what the rest of the file refers to."""
    return Known(
        services=_services(root),
        carers=frozenset(name for name, _node in unique(root.at("caregivers").items())),
        terminals=_terminals(root, places),
        places=places,
        days=days,
        lunch=root.has("lunch_breaks"),
    )


def _tasks(node: Node, known: Known) -> tuple[Task, ...]:
    found = []
    for one in node.at("required_services", "required_caregivers").items():
        service = one.at("service").one_of(known.services)
        minutes = one.at("duration").number() if one.has("duration") else known.services[service]
        if minutes is None:
            raise one.bad("no duration, and its service has no default")
        found.append(Task(service, minutes))
    if not 1 <= len(found) <= 2:
        raise node.at("required_services", "required_caregivers").bad("not one or two services")
    return tuple(found)


def _bond(node: Node, tasks: int) -> tuple[Bond, Window]:
    if tasks == 1:
        return Bond.NONE, Window(0.0, 0.0)
    said = node.at("synchronization")
    bond = Bond(said.at("type").one_of({Bond.SAME_TIME, Bond.IN_ORDER, Bond.LOOSE}))
    gap = Window(*said.at("distance").span()) if bond is Bond.IN_ORDER else Window(0.0, 0.0)
    return bond, gap


def _windows(node: Node) -> tuple[Window, ...]:
    if node.has("time_windows"):
        found = [(one, Window(*one.span())) for one in node.at("time_windows").items()]
    else:
        one = node.at("time_window")
        found = [(one, Window(*one.span()))]
    if not found:
        raise node.at("time_windows").bad("no window")
    for (_before, earlier), (one, later) in pairwise(found):
        if later.start < earlier.end:
            raise one.bad("begins before the window before it ends")
    return tuple(window for _node, window in found)


def _names(node: Node, key: str, known: frozenset[str]) -> frozenset[str] | None:
    if not node.has(key):
        return None
    return frozenset(one.one_of(known) for one in node.at(key).items())


def visit(name: str, node: Node, home: Node, known: Known, index: int) -> Visit:
    """Read one visit; where its home says no row of the table, `index` is the row."""
    tasks = _tasks(node, known)
    bond, gap = _bond(node, len(tasks))
    place = index
    if home.has("distance_matrix_index"):
        place = home.at("distance_matrix_index").whole(below=known.places)
    if place >= known.places:
        raise home.bad("no row in the table of distances")
    return Visit(
        id=name,
        client=name,
        place=place,
        windows=_windows(node),
        tasks=tasks,
        bond=bond,
        gap=gap,
        preferred=_names(home, "preferred_caregivers", known.carers),
        excluded=_names(home, "incompatible_caregivers", known.carers) or frozenset(),
        optional=node.at("optional").flag() if node.has("optional") else False,
    )


def _turn(name: str, node: Node, known: Known, day: int) -> Turn:
    start = next(iter(known.terminals.values()))
    for key in ("departing_point", "starting_point_id"):
        if node.has(key):
            start = known.terminals[node.at(key).one_of(known.terminals)]
    end = start
    if node.has("arrival_point"):
        end = known.terminals[node.at("arrival_point").one_of(known.terminals)]
    return Turn(
        carer=name,
        day=day,
        start_place=start,
        end_place=end,
        shift=Window(*node.at("working_shift").span()) if node.has("working_shift") else None,
        lunch=_lunches(node, known),
    )


def _lunches(node: Node, known: Known) -> bool:
    """Tell whether a carer has lunch, which the file must then say more of."""
    due = node.at("lunch_break").flag() if node.has("lunch_break") else False
    if due and not known.lunch:
        raise BadFile(path="$.lunch_breaks", rule="missing")
    return due


def turns(root: Node, known: Known) -> tuple[Turn, ...]:
    """Read every carer's working days."""
    return tuple(
        _turn(name, node, known, day)
        for name, node in unique(root.at("caregivers").items())
        for day in _days(node, known.days)
    )


def _days(node: Node, days: int) -> Iterator[int]:
    if not node.has("days"):
        return iter(range(days))
    return (one.whole(below=days) for one in node.at("days").items())


def skills(root: Node, known: Known) -> dict[str, frozenset[str]]:
    """Read what every carer can do."""
    return {
        name: frozenset(one.one_of(known.services) for one in node.at("abilities").items())
        for name, node in unique(root.at("caregivers").items())
    }


def prices(node: Node) -> dict[str, float]:
    """Read the price of each part of the cost."""
    prices = {}
    for key, said in node.pairs():
        if said.value is None or (key in UNUSED and said.value == 0):
            continue
        if key not in PARTS:
            raise said.bad("a part of the cost that is not known here")
        prices[key] = _price(key, said)
    if (
        prices.get("working_time") == HARD
    ):  # of the shift's end; counted once, as the validator does
        prices |= {"working_time": 1.0, "total_extra_time": HARD}
    return prices


def _price(part: str, said: Node) -> float:
    if said.value != "HARD":
        return said.number()
    if part not in RULES:
        raise said.bad("cannot be a rule")
    return HARD


def lunch(root: Node) -> Lunch | None:
    """Read when and how long lunch is."""
    if not root.has("lunch_breaks"):
        return None
    said = root.at("lunch_breaks")
    start, end = said.span()
    return Lunch(start, end, said.at("min_duration").number())
