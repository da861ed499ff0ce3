"""Who works where, and who may see and change what is known about people.

Every room asks here: `scope_q` narrows a list, `covers` answers for one place.
A scope is a code's beginning or one estate; whoever has neither covers nothing.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from bandeng.people.models import Assignment, HomeRelation, Organisation, Person, Role
from bandeng.places.models import Estate

# Who works for the office; who may read what the office reads.
OFFICE = frozenset({Role.GRID_WORKER, Role.COMMUNITY_WORKER, Role.OFFICER, Role.DIRECTOR})

READERS = OFFICE | {Role.AUDITOR}


def roles(
    *, person: Person, roles: Collection[str] | None = None, on: date | None = None
) -> list[Assignment]:
    """Give what `person` holds on a day (today), of the named roles or of all.

    One query for each `Person` object, so once a request; the actions that change
    roles make the object forget.

    Returns: assignments with their organisation.
    """
    day = on or localdate()
    return [
        held
        for held in (person.held if person.is_active else ())
        if (roles is None or held.role in roles) and held.is_valid(on=day)
    ]


def covers(
    *,
    person: Person,
    area_code: str = "",
    estate: Estate | None = None,
    roles: Collection[str] | None = None,
    on: date | None = None,
) -> bool:
    """Tell whether `person` answers, in one of `roles`, for this area or estate.

    An estate is covered by who covers it alone and by who covers its area, or the area that
    is named with it.
    """
    code = area_code or (estate.area.code if estate else "")
    return any(
        held.estate_id == estate.pk
        if estate and held.estate_id
        else not held.estate_id and bool(held.area_code) and code.startswith(held.area_code)
        for held in _held(person=person, roles=roles, on=on)
    )


def scope_q(
    *,
    person: Person,
    roles: Collection[str] | None = None,
    on: date | None = None,
    field: str = "area_code",
    estate: str = "",
) -> Q:
    """Give the condition for "within what `person` answers for" on a list.

    `field` is the path to the area's code, `estate` that to the estate, if the rows
    have one. It asks `LIKE 'prefix%'`, which an index with `db_index=True` answers.
    """
    held = _held(person=person, roles=roles, on=on)
    within = Q(pk__in=[])
    for prefix in _shortest({h.area_code for h in held if h.area_code and not h.estate_id}):
        within |= Q(**{f"{field}__startswith": prefix})
    estates = {h.estate_id for h in held if h.estate_id}
    if estate and estates:
        within |= Q(**{f"{estate}__in": estates})
    return within


def organisations_of(
    *, person: Person, roles: Collection[str] | None = None, on: date | None = None
) -> list[Organisation]:
    """Give the organisations for which `person` works on a day (today), each once."""
    held = _held(person=person, roles=roles, on=on)
    return list(
        {assignment.organisation_id: assignment.organisation for assignment in held}.values()
    )


def is_staff(*, person: Person, on: date | None = None) -> bool:
    """Tell whether `person` works for the office: subdistrict, community or grid."""
    return bool(roles(person=person, roles=OFFICE, on=on))


def is_administrator(*, person: Person, on: date | None = None) -> bool:
    """Tell whether `person` looks after the installation: accounts, roles, health."""
    return bool(roles(person=person, roles={Role.ADMINISTRATOR}, on=on))


def is_auditor(*, person: Person, on: date | None = None) -> bool:
    """Tell whether `person` may read everything and change nothing."""
    return bool(roles(person=person, roles={Role.AUDITOR}, on=on))


def visible_people(*, person: Person) -> QuerySet[Person]:
    """Give whom `person` may see, masked: themselves, and who lives or is known in their scope.

    Administrators and auditors see everybody. The office sees people by their homes, and
    those whom it has taken up itself.
    """
    if is_administrator(person=person) or is_auditor(person=person):
        return Person.objects.all()
    estate = "home__building__estate"
    theirs = scope_q(person=person, roles=OFFICE, field=f"{estate}__area__code", estate=estate)
    related = HomeRelation.objects.filter(theirs)
    known = scope_q(person=person, roles=OFFICE) | Q(pk__in=related.values("person"))
    return Person.objects.filter(Q(pk=person.pk) | known)


def can_change_person(*, person: Person, subject: Person) -> bool:
    """Tell whether `person` may correct what is known of `subject`: the office in scope."""
    return not subject.erased_at and (
        is_administrator(person=person)
        or (is_staff(person=person) and _sees(person=person, subject=subject))
    )


def can_unmask(*, person: Person, subject: Person) -> bool:
    """Tell whether `person` may see what is hidden of `subject`, if they say why."""
    works = is_staff(person=person) or is_administrator(person=person) or is_auditor(person=person)
    return works and not subject.erased_at and _sees(person=person, subject=subject)


def can_enrol(*, person: Person) -> bool:
    """Tell whether `person` may take people up."""
    return is_staff(person=person) or is_administrator(person=person)


def visible_organisations(*, person: Person) -> QuerySet[Organisation]:
    """Give the bodies that `person` may see: all for who works here, else none."""
    if any(roles(person=person, roles=READERS | {Role.ADMINISTRATOR})):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=[o.pk for o in organisations_of(person=person)])


def can_change_organisations(*, person: Person) -> bool:
    """Tell whether `person` may take up bodies, correct them and give roles."""
    return is_administrator(person=person)


def _sees(*, person: Person, subject: Person) -> bool:
    return visible_people(person=person).filter(pk=subject.pk).exists()


_held = roles  # where an argument has the function's name


def _shortest(prefixes: set[str]) -> list[str]:
    """Leave out each prefix that a shorter one already contains."""
    kept: list[str] = []
    for prefix in sorted(prefixes):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return kept
