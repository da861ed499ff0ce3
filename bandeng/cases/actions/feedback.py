"""What the people concerned say: was it solved, were they content."""

from datetime import datetime

from django.utils.translation import gettext as _

from bandeng.cases.actions._notices import _please_answer, _tell_reporters
from bandeng.cases.actions._steps import By, WrongState, _locked, _set, _tell
from bandeng.cases.actions.closing import _asked, _close
from bandeng.cases.models import Answer, AnswerChannel, Case, Report
from bandeng.cases.permissions import can_answer_for
from bandeng.cases.rules.rates import Satisfied, Solved
from bandeng.cases.rules.states import State
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.rules import HOUSE

ASKED = (State.RESULT_REPORTED, State.CLOSED_SOLVED, State.CLOSED_UNSOLVED)


class AlreadyAnswered(Refused):
    """The reporter has answered for this round of work."""


class NotYours(Refused):
    """Who handled or entered it does not answer for the reporter."""


@action
def ask_feedback(*, case: Case, by: By, at: datetime) -> Case:
    """Ask the people concerned again; the time they have begins anew.

    Raises:
        WrongState: no result was reported, or the case is closed.
    """
    case = _locked(case)
    if case.state != State.RESULT_REPORTED:
        raise WrongState(_("There is no result to ask about."))
    _set(case, asked_at=at)
    _tell(case, "case.asked", by, at, public={"followers": case.followers})
    _tell_reporters(case, _please_answer, by, at)
    return case


@action
def answer(
    *,
    report: Report,
    solved: Solved | None = None,
    satisfied: Satisfied | None = None,
    contacted: bool | None = None,
    reached: bool = True,
    comment: str = "",
    channel: AnswerChannel = AnswerChannel.LINK,
    by: By,
    at: datetime,
) -> Answer:
    """Keep one reporter's own answer: theirs by the secret link, or entered after a call.

    `contacted`: did the body get in touch. When everybody concerned calls it solved, the
    case closes.

    Raises:
        NotYours: the handling body, or who entered the report.
        WrongState: there is nothing to answer yet.
        AlreadyAnswered: this round has its answer.
    """
    case = _locked(report.case)
    report = Report.objects.select_related("case").get(pk=report.pk)
    if isinstance(by, Person) and report.reporter_id != by.pk:
        if not can_answer_for(person=by, report=report):
            raise NotYours(_("Somebody who neither handled nor entered this must ask."))
    if case.state not in ASKED or report.case_id != case.pk or report.withdrawn_at:
        raise WrongState(_("There is no result to answer about yet."))
    if report.answers.filter(cycle=case.reopenings, reached=True).exists():
        raise AlreadyAnswered(_("This has already been answered. Thank you."))
    kept, _new = Answer.objects.update_or_create(
        report=report,
        cycle=case.reopenings,
        defaults={
            "reached": reached,
            "contacted": contacted if reached else None,
            "solved": solved if reached else None,
            "satisfied": satisfied if reached else None,
            "comment": comment.strip() or None,
            "channel": channel,
            "entered_by": by if channel != AnswerChannel.LINK and isinstance(by, Person) else None,
            "at": at,
        },
    )
    verb = "report.answered" if reached else "report.not_reached"
    public = {"solved": solved, "satisfied": satisfied, "channel": channel}
    _tell(case, verb, by, at, subject=report.token, public=public)
    _close_if_all_agree(case, at)
    return kept


def _close_if_all_agree(case: Case, at: datetime) -> None:
    asked = _asked(case)
    agreed = len(asked.answers) == asked.people and set(asked.answers) == {Solved.YES}
    if case.state == State.RESULT_REPORTED and agreed:
        _close(case, True, "", HOUSE, at)
