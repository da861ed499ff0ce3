"""Who sees and keeps estates, buildings, homes and the calendar."""

from django.db.models import QuerySet

from bandeng.people.models import Person, Role
from bandeng.people.permissions import (
    OFFICE,
    covers,
    is_administrator,
    is_auditor,
    roles,
    scope_q,
)
from bandeng.places.models import Area, Building, Estate, Home
from bandeng.places.rules.areas import parents, prefix

READERS = OFFICE | {Role.ADMINISTRATOR}
KEEPERS = frozenset({Role.COMMUNITY_WORKER, Role.OFFICER, Role.DIRECTOR, Role.ADMINISTRATOR})
FOUNDERS = frozenset({Role.OFFICER, Role.DIRECTOR, Role.ADMINISTRATOR})


def visible_estates(*, person: Person) -> QuerySet[Estate]:
    """Give the estates that `person` answers for; an auditor sees all, a stranger none."""
    if is_auditor(person=person):
        return Estate.objects.all()
    scope = scope_q(person=person, roles=READERS, field="area__code", estate="pk")
    return Estate.objects.filter(scope)


def visible_buildings(*, person: Person) -> QuerySet[Building]:
    """Give the buildings of the estates that `person` sees."""
    return Building.objects.filter(estate__in=visible_estates(person=person))


def visible_homes(*, person: Person) -> QuerySet[Home]:
    """Give the homes of the estates that `person` sees."""
    return Home.objects.filter(building__estate__in=visible_estates(person=person))


def visible_areas(*, person: Person) -> QuerySet[Area]:
    """Give the areas within what `person` answers for; administrators and auditors see all."""
    if is_auditor(person=person) or is_administrator(person=person):
        return Area.objects.all()
    return Area.objects.filter(scope_q(person=person, roles=READERS, field="code"))


def sees_places(*, person: Person) -> bool:
    """Tell whether there is anything here for `person`."""
    return is_auditor(person=person) or bool(roles(person=person, roles=READERS))


def can_keep(*, person: Person, estate: Estate) -> bool:
    """Tell whether `person` may change an estate's record and take in its roster."""
    return covers(person=person, estate=estate, roles=KEEPERS)


def can_found(*, person: Person) -> bool:
    """Tell whether `person` may take up estates: the subdistrict and administrators."""
    return bool(roles(person=person, roles=FOUNDERS))


def can_keep_areas(*, person: Person) -> bool:
    """Tell whether `person` may take up and rename areas."""
    return is_administrator(person=person)


def can_keep_calendar(*, person: Person) -> bool:
    """Tell whether `person` may see and change the working days."""
    return is_administrator(person=person)


def lies_in(*, code: str) -> list[Area]:
    """Give the areas in which a code lies, the largest first, as far as they are taken up."""
    found = {a.code: a for a in Area.objects.filter(code__in=parents(code=code)).order_by("period")}
    return sorted(found.values(), key=lambda area: len(prefix(code=area.code)))
