"""How a case ends, comes back, or becomes part of another."""

from datetime import datetime

from django.utils.translation import gettext as _

from bandeng.cases.actions._notices import _again, _ended, _tell_body, _tell_reporters
from bandeng.cases.actions._steps import (
    By,
    WrongState,
    _check_move,
    _due,
    _locked,
    _move,
    _set,
    _tell,
)
from bandeng.cases.actions.routing import _offer, _release
from bandeng.cases.models import Answer, Case, Report
from bandeng.cases.parameters import ASK_DAYS, REOPEN_DAYS
from bandeng.cases.permissions import can_close, can_publish
from bandeng.cases.rules import closing
from bandeng.cases.rules.rates import Solved
from bandeng.cases.rules.states import OPEN, Kind, State
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person


class CannotClose(Refused):
    """The people concerned were not asked, or say something else."""


class TooLate(Refused):
    """The time for taking a case up again is over."""


class NotAllowed(Refused):
    """This person may not sign for it."""


@action
def close_case(*, case: Case, solved: bool, explanation: str = "", by: By, at: datetime) -> Case:
    """Close a case as solved, or as not solved with an explanation.

    Raises:
        NotAllowed: who handled it does not close it.
        CannotClose: the people concerned were not asked, may still answer, or say no; or
            not solved and no explanation.
    """
    case = _locked(case)
    if isinstance(by, Person) and case.state == State.RESULT_REPORTED:
        if not can_close(person=by, case=case):
            raise NotAllowed(_("Who handled a case does not close it."))
    _check_move(case, State.CLOSED_SOLVED)
    found = closing.obstacle(asked=_asked(case), solved=solved, at=at, days=ASK_DAYS)
    if found:
        raise CannotClose(_obstacle(found))
    if not solved and not explanation.strip():
        raise CannotClose(_("Please explain why it was not solved."))
    _close(case, solved, explanation, by, at)
    return case


@action
def reopen_case(*, case: Case, reason: str, by: By, at: datetime) -> Case:
    """Take a case up again: the body that had it is asked anew, with a new limit.

    A hazard counts as dangerous again until somebody makes it safe.

    Raises:
        TooLate: closed for longer than `REOPEN_DAYS` calendar days, and asked by a reporter.
    """
    case = _locked(case)
    _check_move(case, State.REOPENED)
    if isinstance(by, Report):
        if not closing.can_reopen(closed_at=case.closed_at, at=at, days=REOPEN_DAYS):
            raise TooLate(_("It is too late for that: please make a new report."))
    fresh = {"closed_at": None, "result_at": None, "asked_at": None, "made_safe_at": None}
    _set(case, state=State.REOPENED, reopenings=case.reopenings + 1, clock_from=at,
         paused_units=0, **fresh)  # fmt: skip
    _set(case, **_due(case))
    body = case.organisation
    if body:
        _release(case, at)
        _offer(case, body, by, at)
    names = {"organisation": body.name if body else ""}
    _tell(case, "case.reopened", by, at, public={"due": case.due_at}, names=names,
          private={"reason": reason})  # fmt: skip
    _tell_body(case, _again, by, at)
    return case


@action
def set_aside_case(*, case: Case, explanation: str, by: By, at: datetime) -> Case:
    """Close a case as outside what may be handled here, saying who is competent."""
    case = _locked(case)
    _move(case, State.OUT_OF_SCOPE, closed_at=at, paused_at=None)
    _tell(case, "case.set_aside", by, at, private={"explanation": explanation})
    _tell_reporters(case, _ended, by, at)
    return case


@action
def merge_case(*, case: Case, into: Case, by: By, at: datetime) -> Case:
    """Join a case to another about the same matter: its reporters become followers of that one.

    Nothing is deleted: numbers, secret links and answers stay each reporter's own.

    Raises:
        WrongState: with itself, or one of the two is closed.
    """
    rows = Case.objects.select_for_update().filter(pk__in=(case.pk, into.pk)).order_by("pk")
    found = {row.pk: row for row in rows}
    case, into = found[case.pk], found[into.pk]
    if case.pk == into.pk or into.state not in OPEN:
        raise WrongState(_("Choose another case that is still open."))
    moved = case.reports.update(case=into)
    _move(case, State.DUPLICATE, duplicate_of=into, closed_at=at, paused_at=None, followers=0)
    _set(into, followers=into.followers + moved)
    _tell(case, "case.merged", by, at, public={"into": into.number, "reports": moved})
    _tell(into, "case.joined", by, at, public={"from": case.number, "reports": moved})
    return into


@action
def withdraw_report(*, report: Report, by: By, at: datetime) -> Report:
    """Take a report back; a case that nobody reports any more ends, a hazard does not.

    Raises:
        WrongState: taken back already.
    """
    case = _locked(report.case)
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.withdrawn_at:
        raise WrongState(_("This report has already been withdrawn."))
    report.withdrawn_at = at
    report.save(update_fields=["withdrawn_at"])
    _set(case, followers=case.followers - 1)
    public = {"number": report.number}
    _tell(case, "report.withdrawn", by, at, subject=report.token, public=public)
    if case.followers == 0 and case.state in OPEN and case.kind != Kind.HAZARD:
        _move(case, State.WITHDRAWN, closed_at=at, paused_at=None)
    return report


@action
def publish_case(*, case: Case, title: str, by: By, at: datetime) -> Case:
    """Sign for showing a case to everyone: summary, state, dates and result, no person.

    Raises:
        NotAllowed: not an officer or director who answers for the place.
    """
    case = _locked(case)
    if isinstance(by, Person) and not can_publish(person=by, case=case):
        raise NotAllowed(_("Publishing is signed by an officer or director of the subdistrict."))
    _set(case, title=title, published_at=at)
    _tell(case, "case.published", by, at, private={"title": title})
    return case


@action
def unpublish_case(*, case: Case, reason: str, by: By, at: datetime) -> Case:
    """Show a case no longer to everyone."""
    case = _locked(case)
    _set(case, published_at=None)
    _tell(case, "case.unpublished", by, at, private={"reason": reason})
    return case


def _close(case: Case, solved: bool, explanation: str, by: By, at: datetime) -> None:
    state = State.CLOSED_SOLVED if solved else State.CLOSED_UNSOLVED
    _move(case, state, closed_at=at)
    private = {"explanation": explanation}
    _tell(case, "case.closed", by, at, public={"solved": solved}, private=private)
    _tell_reporters(case, _ended, by, at)


def _asked(case: Case) -> closing.Asked:
    """Count who is concerned by the case and what they said of this round of work."""
    said = Answer.objects.filter(
        report__case=case, report__withdrawn_at=None, cycle=case.reopenings
    ).values_list("reached", "solved")
    return closing.Asked(
        asked_at=case.asked_at,
        people=case.followers,
        answers=[Solved(solved) for reached, solved in said if reached and solved],
        unreachable=sum(not reached for reached, _solved in said),
    )


def _obstacle(found: closing.Obstacle) -> str:
    return {
        closing.Obstacle.NOT_ASKED: _("The people concerned have not been asked yet."),
        closing.Obstacle.STILL_WAITING: _(
            "Not everybody concerned has answered, and they have %(days)d days to do so."
        )
        % {"days": ASK_DAYS},
        closing.Obstacle.MOST_SAY_NO: _(
            "Most of those who answered do not call it solved: take it up again, or close it "
            "as not solved and explain."
        ),
    }[found]
