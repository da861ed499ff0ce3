"""Where something is: found by what people type, and what was reported there already."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from bandeng.cases.models import Case, Category
from bandeng.cases.parameters import NEARBY_DAYS
from bandeng.cases.rules.states import OPEN, Kind
from bandeng.people.models import Organisation, Person
from bandeng.people.permissions import OFFICE, covers, scope_q
from bandeng.places.models import Area, Building, Estate
from bandeng.places.reads import area_on, communities
from bandeng.places.rules.calendar import local_day

COUNTY = 6  # digits of an area's code
SHOWN_TO_NEIGHBOURS = (Kind.COMPLAINT, Kind.LONG_STUCK)  # others only once published


@dataclass(frozen=True)
class Place:
    """Where something is: at a building, in an estate, or elsewhere in a community."""

    area: Area
    estate: Estate | None = None
    building: Building | None = None

    def __str__(self) -> str:
        if self.estate is None:
            return self.area.name
        return f"{self.estate.name} · {self.building}" if self.building else self.estate.name

    @property
    def token(self) -> UUID:
        """Give what stands for it in an address."""
        return (self.building or self.estate or self.area).token


def place(*, token: UUID, on: date) -> Place | None:
    """Give the building, estate or community that has this token.

    An older name of a community leads to it as it is called on that day.
    """
    building = Building.objects.select_related("estate__area").filter(token=token).first()
    if building:
        return Place(building.estate.area, building.estate, building)
    estate = Estate.objects.select_related("area").filter(token=token).first()
    if estate:
        return Place(estate.area, estate)
    codes = Area.objects.filter(token=token).values("code")
    area = communities(on=on).filter(code__in=codes).first()
    return Place(area) if area else None


def named(*, typed: str) -> QuerySet[Estate]:
    """Find estates by a part of their name, with their buildings: at most twenty."""
    found = Estate.objects.filter(name__icontains=typed).prefetch_related("buildings")
    return found.select_related("area").order_by("name")[:20]


def area_of(*, case: Case) -> Area | None:
    """Give the community in which a case lies, as it was called when the case was opened."""
    return area_on(code=case.area_code, on=local_day(at=case.opened_at))


def around(*, case: Case) -> QuerySet[Estate]:
    """Give the estates of the case's county: where it may lie in truth."""
    found = Estate.objects.filter(area__code__startswith=case.area_code[:COUNTY])
    return found.select_related("area").order_by("name")


def estates(*, person: Person) -> QuerySet[Estate]:
    """Give the estates for which `person` answers."""
    within = scope_q(person=person, roles=OFFICE, field="area__code", estate="pk")
    return Estate.objects.filter(within).select_related("area").order_by("name")


def areas(*, person: Person, on: date) -> QuerySet[Area]:
    """Give the communities for which `person` answers on a day."""
    return communities(on=on).filter(scope_q(person=person, roles=OFFICE, field="code"))


def answers_for(*, person: Person, place: Place) -> bool:
    """Tell whether the place lies within what `person` answers for."""
    return covers(person=person, area_code=place.area.code, estate=place.estate, roles=OFFICE)


def suggestions(*, within: QuerySet[Estate], most: int) -> list[str]:
    """Give what staff can type for these estates, as far as a page can hold it."""
    rows = Building.objects.filter(estate__in=within.values("pk")).select_related("estate")
    ordered = rows.order_by("estate__name", Length("number"), "number")[:most]
    return [f"{one.estate.name}{one.number}栋" for one in ordered]


def found(*, within: QuerySet[Estate], typed: str) -> Place | None:
    """Find what staff mean by "槐园3栋" or "槐园 3" among these estates; None if nothing fits."""
    plain = "".join(typed.split())
    fitting = [one for one in within if plain.startswith("".join(one.name.split()))]
    if not fitting:
        return None
    estate = max(fitting, key=lambda one: len(one.name))
    rest = plain[len("".join(estate.name.split())) :]
    number = rest.strip("-·,，").removesuffix("栋").removesuffix("幢").removesuffix("号楼")
    if not number:
        return Place(estate.area, estate)
    building = estate.buildings.filter(
        Q(number=number) | Q(number=rest) | Q(aliases__number=number)
    ).first()
    return Place(estate.area, estate, building) if building else None


def doors(*, place: Place) -> list[Place]:
    """Give the buildings of a whole estate, each as a place of its own."""
    if place.estate is None or place.building:
        return []
    buildings = place.estate.buildings.order_by("pk")
    return [Place(place.area, place.estate, building) for building in buildings]


def nearby(*, place: Place, at: datetime) -> QuerySet[Case]:
    """Give open cases of the place from the last `NEARBY_DAYS` that a newcomer may mean too.

    Public summaries alone; disputes, requests for help and hazards only once published, and
    so whatever lies outside an estate, where the summary does not say which place.
    """
    here = Q(estate=place.estate)
    if place.estate is None:
        here &= Q(area_code=place.area.code)
    if place.building:
        here &= Q(building=place.building) | Q(building=None)
    shown = Q(published_at__isnull=False)
    if place.estate:
        shown |= Q(kind__in=SHOWN_TO_NEIGHBOURS)
    since = at - timedelta(days=NEARBY_DAYS)
    return (
        Case.objects.filter(here, shown, state__in=OPEN, opened_at__gte=since)
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
