"""Where something is: found by what people type, and what was reported there already."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from bandeng.cases.models import Case, Category
from bandeng.cases.parameters import NEARBY_DAYS
from bandeng.cases.rules.states import OPEN, Kind
from bandeng.people.models import Organisation, Person
from bandeng.people.permissions import OFFICE, scope_q
from bandeng.places.models import Building, Estate
from bandeng.places.rules.calendar import local_day

SHOWN_TO_NEIGHBOURS = (Kind.COMPLAINT, Kind.LONG_STUCK)  # others only once published
Place = tuple[Estate, Building | None]


def place(*, token: UUID) -> Place | None:
    """Give the estate and, if the code hangs on a building, the building."""
    building = Building.objects.select_related("estate__area").filter(token=token).first()
    if building:
        return building.estate, building
    estate = Estate.objects.select_related("area").filter(token=token).first()
    return (estate, None) if estate else None


def named(*, typed: str) -> QuerySet[Estate]:
    """Find estates by a part of their name, with their buildings: at most twenty."""
    found = Estate.objects.filter(name__icontains=typed).prefetch_related("buildings")
    return found.select_related("area").order_by("name")[:20]


def estates(*, person: Person) -> QuerySet[Estate]:
    """Give the estates for which `person` answers."""
    within = scope_q(person=person, roles=OFFICE, field="area__code", estate="pk")
    return Estate.objects.filter(within).select_related("area").order_by("name")


def suggestions(*, person: Person, most: int) -> list[str]:
    """Give what staff can type for the places of their scope, as far as a page can hold it."""
    mine = estates(person=person).values("pk")
    rows = Building.objects.filter(estate__in=mine).select_related("estate")
    ordered = rows.order_by("estate__name", Length("number"), "number")[:most]
    return [f"{one.estate.name}{one.number}栋" for one in ordered]


def found(*, person: Person, typed: str) -> Place | None:
    """Find what staff mean by "槐园3栋" or "槐园 3" within their scope; None if nothing fits."""
    plain = "".join(typed.split())
    within = [one for one in estates(person=person) if plain.startswith("".join(one.name.split()))]
    if not within:
        return None
    estate = max(within, key=lambda one: len(one.name))
    rest = plain[len("".join(estate.name.split())) :]
    number = rest.strip("-·,，").removesuffix("栋").removesuffix("幢").removesuffix("号楼")
    if not number:
        return estate, None
    building = estate.buildings.filter(
        Q(number=number) | Q(number=rest) | Q(aliases__number=number)
    ).first()
    return (estate, building) if building else None


def nearby(*, estate: Estate, building: Building | None, at: datetime) -> QuerySet[Case]:
    """Give open cases of the place from the last `NEARBY_DAYS` that a newcomer may mean too.

    Public summaries alone; disputes, requests for help and hazards only once published.
    """
    here = Q(building=building) | Q(building=None) if building else Q()
    return (
        Case.objects.filter(
            here,
            Q(kind__in=SHOWN_TO_NEIGHBOURS) | Q(published_at__isnull=False),
            estate=estate,
            state__in=OPEN,
            opened_at__gte=at - timedelta(days=NEARBY_DAYS),
        )
        .select_related("category", "building")
        .order_by("-opened_at")
    )


def categories(*, at: datetime) -> QuerySet[Category]:
    """Give what can be reported on a day."""
    return Category.objects.filter(period__contains=local_day(at=at)).order_by("order", "pk")


def categories_of(*, case: Case) -> QuerySet[Category]:
    """Give what a case can be about: the categories of the day on which it was opened."""
    return categories(at=case.opened_at)


def bodies(*, case: Case) -> QuerySet[Organisation]:
    """Give the bodies that answer for the case's place: its community up to the whole house."""
    code = case.area_code
    return Organisation.objects.filter(
        area_code__in=[code[:length] for length in range(len(code) + 1)]
    ).order_by("name")
