"""What the pages about places show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from bandeng.kit.masking import masked_name
from bandeng.people.models import HomeRelation, Person
from bandeng.places.models import (
    VERBS,
    Building,
    Estate,
    Home,
    HomeCondition,
    HomeState,
    Management,
    ManagementStatus,
)
from bandeng.trail.models import Thread
from bandeng.trail.reads import story
from bandeng.trail.rules import HOUSE

SHOWN = 50  # lines of a story on a page


@dataclass(frozen=True)
class Floor:
    """One storey of a building: its homes by entrance."""

    number: int | None
    entrances: list[list[Home]]


def estates(*, within: QuerySet[Estate]) -> QuerySet[Estate]:
    """Give estates with their counts of buildings and homes."""
    counts = {
        "building_count": Count("buildings", distinct=True),
        "home_count": Count("buildings__homes", distinct=True),
    }
    return within.select_related("area").annotate(**counts).order_by("area__code", "name")


def buildings(*, estate: Estate, on: date) -> list[Building]:
    """Give an estate's buildings with counts, other numbers and who looks after them on a day."""
    today = Management.objects.filter(period__contains=on)
    return list(
        estate.buildings.annotate(
            home_count=Count("homes"),
            floor_area=Sum("homes__floor_area"),
            entrance_count=Count("homes__entrance", distinct=True),
            floor_count=Count("homes__floor", distinct=True),
        )
        .prefetch_related("aliases", Prefetch("managements", queryset=today, to_attr="today"))
        .order_by(Length("number"), "number")
    )


def is_unmanaged(*, building: Building) -> bool:
    """Tell whether it is entered that nobody looks after a building that `buildings` gave."""
    now = building.today  # type: ignore[attr-defined]
    return bool(now) and now[0].status == ManagementStatus.NOBODY


def conditions(*, estate: Estate, on: date) -> list[tuple[str, int]]:
    """Count what is true of an estate's homes on a day, in the order of the conditions."""
    states = HomeState.objects.filter(home__building__estate=estate, period__contains=on)
    counts = dict(states.values_list("condition").annotate(n=Count("pk")).order_by())
    return [(str(c.label), counts[c]) for c in HomeCondition if counts.get(c)]


def homes(*, within: QuerySet[Home], on: date) -> QuerySet[Home]:
    """Give homes in the order of their doors, with what is true of them on a day."""
    today = HomeState.objects.filter(period__contains=on)
    return (
        within.select_related("building__estate")
        .prefetch_related(Prefetch("states", queryset=today, to_attr="today"))
        .order_by(
            Length("building__number"), "building__number", "entrance", "floor",
            Length("number"), "number",
        )
    )  # fmt: skip


def floors(*, building: Building) -> tuple[list[str], list[Floor]]:
    """Give a building as it stands: its entrances, and each floor from the top with its homes."""
    place: dict[int | None, dict[str, list[Home]]] = defaultdict(lambda: defaultdict(list))
    for home in building.homes.order_by(Length("number"), "number"):
        place[home.floor][home.entrance].append(home)
    entrances = sorted({e for row in place.values() for e in row}, key=lambda e: (len(e), e))
    order = sorted(place, key=lambda floor: (floor is None, -(floor or 0)))
    return entrances, [Floor(n, [place[n].get(e, []) for e in entrances]) for n in order]


def people_of(*, home: Home) -> list[HomeRelation]:
    """Give who belongs or belonged to a home, those of today first."""
    held = home.relations.select_related("person").order_by("pk")
    return sorted(held, key=lambda relation: relation.period.upper is not None)


def told(*, thread: Thread, subject: UUID | None = None) -> list[dict[str, Any]]:
    """Tell the latest of a place's story for the timeline, newest first."""
    lines = [
        line
        for line in story(thread=thread, labels=VERBS)
        if subject is None or line.subject == subject
    ]
    lines = lines[-SHOWN:][::-1]
    names = _names(line.by for line in lines)
    return [
        {
            "title": line.label,
            "at": line.at,
            "who": names.get(line.by, ""),
            "text": _said(line.facts),
        }
        for line in lines
    ]


def _names(tokens: Iterable[UUID]) -> dict[UUID, str]:
    people = Person.objects.filter(token__in=set(tokens)).values_list("token", "name")
    return {HOUSE: _("the house")} | {token: masked_name(name) for token, name in people}


def _said(facts: dict[str, Any]) -> str:
    """Put what an entry says in public into a line."""
    if "new" in facts:
        counts = _("%(new)d new, %(changed)d changed, %(same)d as they were, %(missing)d not named")
        return counts % {name: facts[name] for name in ("new", "changed", "same", "missing")}
    return " ".join(
        str(facts[key]) for key in ("building", "number", "name", "since") if key in facts
    )
