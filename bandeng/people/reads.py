"""Questions about persons and organisations."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from bandeng.people.models import Assignment, Organisation, Person


def responsible_people(
    *,
    organisation: Organisation,
    roles: Collection[str] | None = None,
    area_code: str = "",
    on: date | None = None,
) -> QuerySet[Person]:
    """Give who works for `organisation` on a day (today), in one of `roles` or in any.

    With `area_code`, only those whose scope contains it.
    """
    held = Assignment.objects.valid(on=on or localdate()).filter(organisation=organisation)
    if roles is not None:
        held = held.filter(role__in=roles)
    if area_code:
        prefixes = [area_code[:length] for length in range(1, len(area_code) + 1)]
        held = held.filter(area_code__in=prefixes, estate=None)
    return Person.objects.filter(is_active=True, assignments__in=held).distinct().order_by("pk")


def responsible_tokens(
    *,
    organisation: Organisation,
    roles: Collection[str] | None = None,
    area_code: str = "",
    on: date | None = None,
) -> list[UUID]:
    """Give the tokens that `post` needs to tell an organisation's people something."""
    people = responsible_people(organisation=organisation, roles=roles, area_code=area_code, on=on)
    return list(people.values_list("token", flat=True))
