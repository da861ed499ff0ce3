"""What the body that has the case does."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from bandeng.cases.actions._notices import _please_answer, _safe, _tell_reporters, _waits
from bandeng.cases.actions._steps import (
    By,
    Photo,
    WrongState,
    _due,
    _locked,
    _move,
    _rested,
    _set,
    _tell,
)
from bandeng.cases.actions.notes import _add_photo
from bandeng.cases.models import Case
from bandeng.cases.rules.states import OPEN, Kind, State
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.trail.models import Audience


class ProofMissing(Refused):
    """A photo is asked for here, or the reason why there is none."""


@action
def start_case(*, case: Case, note: str = "", by: By, at: datetime) -> Case:
    """Begin work, or go on after waiting: the limit is then longer by what the clock rested."""
    case = _locked(case)
    waited = case.state == State.WAITING
    rested = _rested(case, at)
    _move(case, State.IN_PROGRESS, paused_at=None, paused_units=case.paused_units + rested)
    if waited:
        _set(case, **_due(case))
    public = {"rested": rested, "due": case.due_at.isoformat()}
    _tell(case, "case.resumed" if waited else "case.started", by, at, public=public,
          private={"note": note})  # fmt: skip
    return case


@action
def wait_case(*, case: Case, reason: str, by: By, at: datetime) -> Case:
    """Let the clock rest for a reason that the reporter can read."""
    case = _locked(case)
    _move(case, State.WAITING, paused_at=at)
    _tell(case, "case.waiting", by, at, private={"reason": reason})
    _tell_reporters(case, _waits, by, at)
    return case


@action
def make_safe(
    *,
    case: Case,
    note: str,
    photo: Photo | None = None,
    without_photo: str = "",
    by: By,
    at: datetime,
) -> Case:
    """Say that the danger of a hazard is gone, with a photo or the reason why there is none.

    Raises:
        WrongState: no hazard, closed, or already safe.
        ProofMissing: neither photo nor reason.
    """
    case = _locked(case)
    if case.kind != Kind.HAZARD or case.made_safe_at or case.state not in OPEN:
        raise WrongState(_("There is no open danger here."))
    if not photo and not without_photo.strip():
        raise ProofMissing(_("Please add a photo, or say why there is none."))
    _set(case, made_safe_at=at)
    if photo:
        _add_photo(case, photo, Audience.PUBLIC, by, at)
    private = {"note": note, "without_photo": without_photo}
    _tell(case, "case.made_safe", by, at, public={"photo": bool(photo)}, private=private)
    _tell_reporters(case, _safe, by, at)
    return case


@action
def report_result(
    *, case: Case, result: str, photos: Sequence[Photo] = (), by: By, at: datetime
) -> Case:
    """Say what was done; from now on the people concerned are asked.

    Raises:
        ProofMissing: a hazard that nobody has made safe.
    """
    case = _locked(case)
    if case.kind == Kind.HAZARD and case.made_safe_at is None:
        raise ProofMissing(_("First say when the danger was removed."))
    _move(case, State.RESULT_REPORTED, result=result, result_at=at, asked_at=at)
    for photo in photos:
        _add_photo(case, photo, Audience.PUBLIC, by, at)
    public = {"in_time": at <= case.due_at, "photos": len(photos)}
    _tell(case, "case.result_reported", by, at, public=public, private={"result": result})
    _tell_reporters(case, _please_answer, by, at)
    return case
