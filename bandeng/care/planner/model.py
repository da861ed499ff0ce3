"""What is planned: visits, carers' turns, prices; and a plan: who is where from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

HARD = float("inf")  # a price that nobody pays: the part is a rule


class Bond(StrEnum):
    """How the two services of one visit hang together."""

    NONE = "none"
    SAME_TIME = "simultaneous"
    IN_ORDER = "sequential"
    LOOSE = "independent"


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when. Units: minutes of the day."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Task:
    """One service of a visit, done by one carer. Units: minutes."""

    service: str
    minutes: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a visit stands: its day, its start and its carers, task by task."""

    day: int
    start: float
    carers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One call at a client's home, of one service or two."""

    id: str
    client: str
    place: int
    windows: tuple[Window, ...]
    tasks: tuple[Task, ...]
    bond: Bond = Bond.NONE
    gap: Window = Window(0.0, 0.0)
    preferred: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()
    optional: bool = False
    days: frozenset[int] | None = None
    series: str | None = None
    locked: Placement | None = None
    published: Placement | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One carer's working day: the vehicle of the routing. `shift` None: no shift is stated."""

    carer: str
    day: int
    start_place: int
    end_place: int
    shift: Window | None = None
    lunch: bool = False


@dataclass(frozen=True, slots=True)
class Lunch:
    """When lunch may start and must end (or start), and how long it is. Units: minutes."""

    start: float
    end: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Series:
    """Visits that repeat: the days between two of them. Units: days."""

    id: str
    least: int
    most: int


PARTS = (
    "travel_time", "total_tardiness", "highest_tardiness", "total_waiting_time",
    "max_waiting_time", "total_extra_time", "max_idle_time", "caregiver_preferences",
    "optional_patients", "missed_lunch_break", "qualification", "working_time",
    "incompabilities", "workload_balance",
    "continuity", "spacing", "drift", "changed_carer", "changed_day", "changed_minutes",
)  # fmt: skip
CLASSIC = {"travel_time": 1.0, "total_tardiness": 1.0, "highest_tardiness": 1.0}


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything that is known before planning.

    `travel[a][b]` are minutes; `prices` weigh the named PARTS; the cost is their weighted sum
    divided by `divisor`.
    """

    name: str
    form: str
    travel: tuple[tuple[float, ...], ...]
    visits: tuple[Visit, ...]
    turns: tuple[Turn, ...]
    skills: Mapping[str, frozenset[str]]
    prices: Mapping[str, float] = field(default_factory=lambda: dict(CLASSIC))
    divisor: float = 3.0
    at_end: bool = False
    lunch: Lunch | None = None
    days: int = 1
    series: Mapping[str, Series] = field(default_factory=dict)
    tolerance: float = 0.0

    def price(self, part: str) -> float:
        """Give the price of one unit of a part; 0 if it is free, HARD if it is a rule."""
        return self.prices.get(part, 0.0)

    def able(self, *, carer: str, visit: Visit, task: int) -> bool:
        """Tell whether the carer may do the task: skill and exclusion, where these are rules."""
        skilled = visit.tasks[task].service in self.skills[carer]
        if not skilled and self.price("qualification") in (0.0, HARD):
            return False
        if carer in visit.excluded and self.price("incompabilities") in (0.0, HARD):
            return False
        if self.price("caregiver_preferences") == HARD and visit.preferred is not None:
            return carer in visit.preferred
        return True


@dataclass(frozen=True, slots=True)
class Stop:
    """A carer at a client's, doing one task; `visit` None is lunch at `place`. Units: minutes."""

    visit: int | None
    task: int
    start: float
    end: float
    place: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The stops of every turn, in order. A visit in none of them is not served."""

    routes: tuple[tuple[Stop, ...], ...]
