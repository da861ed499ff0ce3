"""Who writes, who signs, who sees a draft, who sees the rows behind a figure by name."""

from datetime import date
from typing import Any

from bandeng.cases.models import Case
from bandeng.people.models import Person, Role
from bandeng.people.permissions import OFFICE, covers, roles
from bandeng.places.models import Estate
from bandeng.stories.models import FigureKey, Story, StoryQuerySet


def can_write(*, person: Person | None, on: date) -> bool:
    """Correspondents and editors write stories, name figures and place videos."""
    return bool(person and roles(person=person, roles={Role.CORRESPONDENT, Role.EDITOR}, on=on))


def can_publish(*, person: Person | None, on: date) -> bool:
    """An editor signs what goes out."""
    return bool(person and roles(person=person, roles={Role.EDITOR}, on=on))


def visible_stories(*, person: Person | None, on: date) -> StoryQuerySet:
    """Everybody reads what is published; drafts stay among writers."""
    stories = Story.objects.all()
    return stories if can_write(person=person, on=on) else stories.published()


def can_name_records(*, person: Person | None, key: FigureKey, on: date) -> bool:
    """Whoever works for the place of a figure, or audits it, sees its rows by their full names."""
    place = _place(key)
    if person is None or place is None:
        return False
    return covers(person=person, **place, roles=OFFICE | {Role.AUDITOR}, on=on)


def _place(key: FigureKey) -> dict[str, Any] | None:
    if key.subject is None:
        return None
    case = Case.objects.filter(token=key.subject).select_related("estate").first()
    if case:
        return {"area_code": case.area_code, "estate": case.estate}
    estate = Estate.objects.filter(token=key.subject).select_related("area").first()
    return {"estate": estate} if estate else None
