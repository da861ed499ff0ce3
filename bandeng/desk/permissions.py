"""Which start page is whose, and who looks after the machine."""

from enum import StrEnum

from bandeng.people.models import Person, Role
from bandeng.people.permissions import is_administrator, roles


class Page(StrEnum):
    """The start pages."""

    OFFICER = "officer"
    WORKER = "worker"
    RESIDENT = "resident"


OFFICERS = frozenset({Role.OFFICER, Role.DIRECTOR, Role.AUDITOR})
WORKERS = frozenset({Role.GRID_WORKER, Role.COMMUNITY_WORKER, Role.HANDLER})


def start_page(*, person: Person) -> Page:
    """Tell which start page `person` gets: by the widest of their roles."""
    if roles(person=person, roles=OFFICERS):
        return Page.OFFICER
    return Page.WORKER if roles(person=person, roles=WORKERS) else Page.RESIDENT


def sees_figures(*, person: Person) -> bool:
    """Tell whether `person` may open the list behind a figure of the officers' page."""
    return start_page(person=person) == Page.OFFICER


def sees_health(*, person: Person) -> bool:
    """Tell whether `person` may see how the machine is."""
    return is_administrator(person=person)
