"""Steps that several actions share. Locks: a case's row first, several by rising key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.utils.translation import gettext as _

from bandeng.cases.models import STATES, Case, Report
from bandeng.cases.parameters import LIMITS
from bandeng.cases.rules import deadlines
from bandeng.cases.rules.states import STATES as MEANING
from bandeng.cases.rules.states import Clock, Kind, State, can_move
from bandeng.kit.errors import Refused
from bandeng.kit.pictures import Picture
from bandeng.people.models import Person
from bandeng.places.reads import calendar
from bandeng.places.rules.calendar import Unit
from bandeng.trail.actions import record
from bandeng.trail.rules import Names

By = Person | Report | UUID  # a person, a reporter through their secret link, or the house

Photo = Picture | BinaryIO  # cleaned by a form, or as it was sent


class WrongState(Refused):
    """The case does not stand where this is possible."""


def _token(by: By) -> UUID:
    return by if isinstance(by, UUID) else by.token


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().get(pk=case.pk)


def _check_move(case: Case, new: State) -> None:
    if not can_move(old=State(case.state), new=new):
        sentence = _("This is not possible any more: the case is now “%(state)s”.")
        raise WrongState(sentence % {"state": STATES[State(case.state)]})


def _move(case: Case, new: State, **fields: Any) -> None:
    """Put the case into another state, together with the fields that belong to it."""
    _check_move(case, new)
    _set(case, state=new, **fields)


def _set(case: Case, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=list(fields))


def _limit(case: Case) -> deadlines.Limit:
    """Give the category's limit where the case is of its kind, else the kind's."""
    if case.category and case.category.kind == case.kind:
        return case.category.limit
    n, unit, source = LIMITS[Kind(case.kind)]
    return deadlines.Limit(n, Unit(unit), source)


def _due(case: Case) -> dict[str, Any]:
    """Give `due_at` and its explanation, from where the clock began and what it rested."""
    limit, known = _limit(case), calendar()
    found = deadlines.after_pause(
        calendar=known, start=case.clock_from, limit=limit, paused=case.paused_units
    )
    stored = deadlines.stored(explanation=found, limit=limit, calendar=known)
    return {
        "due_at": found.end,
        "due_explanation": stored | {"n": limit.n, "paused": case.paused_units},
    }


def _rested(case: Case, at: datetime) -> int:
    """Count what the clock rested since the case began to wait, in its limit's units."""
    if MEANING[State(case.state)].clock is not Clock.PAUSE or case.paused_at is None:
        return 0
    unit = _limit(case).unit
    return deadlines.units_between(calendar=calendar(), start=case.paused_at, end=at, unit=unit)


def _tell(
    case: Case,
    verb: str,
    by: By,
    at: datetime,
    *,
    public: Mapping[str, Any] | None = None,
    names: Mapping[str, Names] | None = None,
    private: Mapping[str, Any] | None = None,
    subject: UUID | None = None,
) -> None:
    """Add one line to the case's story."""
    record(
        thread=case.thread,
        verb=verb,
        by=_token(by),
        subject=subject or case.token,
        at=at,
        public=public,
        names=names,
        private=private,
    )
