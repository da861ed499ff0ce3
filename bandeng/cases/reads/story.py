"""A case's story, as staff and as its reporters read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bandeng.cases.models import SATISFIED, SOLVED, UNITS, VERBS, Case, HandoverState, Report
from bandeng.cases.parameters import ASK_DAYS
from bandeng.cases.rules.rates import Satisfied, Solved
from bandeng.cases.rules.states import OPEN, State
from bandeng.people.models import Person
from bandeng.places.reads import why
from bandeng.places.rules.calendar import DayOff, Explanation, Unit, Why
from bandeng.trail.models import VERBS as TRAIL_VERBS
from bandeng.trail.models import Attachment, Audience
from bandeng.trail.reads import Line, attachments
from bandeng.trail.reads import story as lines_of
from bandeng.trail.rules import HOUSE

LABELS = TRAIL_VERBS | VERBS
FOR_REPORTERS = {
    "case.opened", "case.routed", "case.accepted", "case.disputed", "case.started",
    "case.waiting", "case.resumed", "case.made_safe", "case.result_reported", "case.asked",
    "case.closed", "case.reopened", "case.set_aside", "case.merged", "comment.public",
}  # fmt: skip
THEIR_OWN = {"report.received", "report.answered", "report.withdrawn", "comment.internal"}
REPORTS_APART = 3  # a longer run of reports is told in one line
SAID = ("reason", "note", "without_photo", "result", "explanation", "text")


@dataclass(frozen=True)
class Step:
    """What comes next: who does what, until when."""

    who: str
    what: str
    until: datetime | None = None


def story(*, case: Case) -> list[dict[str, Any]]:
    """Tell staff what happened, newest first; reporters appear by number, never by name.

    Returns: entries as the kit's timeline takes them.
    """
    told = [verb for verb in LABELS if not verb.startswith("attachment")]
    lines = lines_of(
        thread=case.thread, labels={verb: LABELS[verb] for verb in told}, with_private=told
    )
    names = _names(case, {line.by for line in lines})
    return [
        entry
        for verb, same in groupby(reversed(lines), key=lambda line: line.verb)
        for entry in _entries(verb, list(same), names)
    ]


def story_for(*, report: Report) -> list[dict[str, Any]]:
    """Tell a reporter what happened: bodies, never persons, and only their own words.

    Returns: entries as the kit's timeline takes them, newest first.
    """
    told = FOR_REPORTERS | THEIR_OWN
    lines = lines_of(
        thread=report.case.thread,
        labels={verb: LABELS[verb] for verb in told},
        with_private=told - {"case.reopened", "case.routed"},
    )
    own = {report.token} | ({report.reporter.token} if report.reporter else set())
    mine = (line for line in lines if line.verb in FOR_REPORTERS or _is_own(line, report, own))
    return [_entry(line, _("you") if line.by in own else "") for line in reversed(list(mine))]


def pictures(*, case: Case, internal: bool) -> QuerySet[Attachment]:
    """Give a case's photos; those that came with reports are internal."""
    audiences = [Audience.PUBLIC, Audience.INTERNAL] if internal else [Audience.PUBLIC]
    return attachments(thread=case.thread, audiences=audiences)


def pictures_for(*, report: Report) -> list[Attachment]:
    """Give a reporter their own photos and those that prove the result."""
    own = {report.token} | ({report.reporter.token} if report.reporter else set())
    added = lines_of(thread=report.case.thread, labels={"attachment.added": ""})
    mine = {line.subject for line in added if line.by in own}
    found = pictures(case=report.case, internal=True)
    return [one for one in found if one.audience == Audience.PUBLIC or one.token in mine]


def handovers(*, case: Case) -> list[dict[str, Any]]:
    """Give whom a case went to, the first body first, and what each said.

    Returns: body, state, label of the state, at, reason, suggested (another body), why (rule).
    """
    told = {"body": F("organisation__name"), "instead": F("suggested__name")}
    rows = case.handovers.order_by("pk").values("state", "at", "reason", "why", **told)
    return [row | {"label": HandoverState(row["state"]).label} for row in rows]


def next_step(*, case: Case) -> Step:
    """Say what comes next, and who has to do it."""
    body = case.organisation.name if case.organisation else ""
    office = _("The community or subdistrict office")
    due, state = case.due_at, State(case.state)
    asked_until = case.asked_at + timedelta(days=ASK_DAYS) if case.asked_at else None
    steps = {
        State.RECEIVED: Step(office, _("decides who handles it"), due),
        State.ASSIGNED: Step(body, _("says whether it takes this on"), due),
        State.REOPENED: Step(body or office, _("looks at it again"), due),
        State.DISPUTED: Step(office, _("finds another body, or decides who is responsible"), due),
        State.ACCEPTED: Step(body, _("begins the work and reports the result"), due),
        State.IN_PROGRESS: Step(body, _("finishes the work and reports the result"), due),
        State.WAITING: Step(office, _("lets the work go on once the reason is gone")),
        State.RESULT_REPORTED: Step(
            _("The people who reported it"), _("say whether it is solved"), asked_until
        ),
        State.DUPLICATE: Step("", _("This goes on in the case it was joined to.")),
    }
    return steps.get(state, Step("", _("Nothing more is planned.")))


def why_due(*, case: Case) -> list[str]:
    """Say in sentences how the case's date came about: limit, days left out, pauses, sources."""
    told: Mapping[str, Any] = case.due_explanation
    start = date_format(localtime(case.clock_from), "DATETIME_FORMAT")
    facts = {"n": told["n"], "unit": UNITS[Unit(told["unit"])], "start": start}
    said = [_("%(n)s %(unit)s from %(start)s; the day itself is not counted.") % facts]
    said += why(explanation=explanation(told=told))
    if told.get("paused"):
        rested = _("The clock rested for %(n)s %(unit)s, which are added.")
        said.append(rested % {"n": told["paused"], "unit": facts["unit"]})
    said.append(_("Source of the limit: %(source)s") % {"source": told["source"]})
    said += [_("Source of the calendar: %(source)s") % {"source": one} for one in told["calendar"]]
    return said


def explanation(*, told: Mapping[str, Any]) -> Explanation:
    """Give back the calendar's explanation that lies beside a case."""
    rolled = told["rolled_from"]
    return Explanation(
        start=datetime.fromisoformat(told["start"]),
        n=told["n"] + told.get("paused", 0),
        unit=Unit(told["unit"]),
        end=datetime.fromisoformat(told["end"]),
        skipped=tuple(
            DayOff(datetime.fromisoformat(off["day"]).date(), Why(off["why"]), off["name"])
            for off in told["skipped"]
        ),
        rolled_from=datetime.fromisoformat(rolled).date() if rolled else None,
        unknown_years=tuple(told["unknown_years"]),
    )


def is_overdue(*, case: Case, at: datetime) -> bool:
    """Tell whether the clock runs beyond the date."""
    return case.state in OPEN and case.paused_at is None and not case.result_at and case.due_at < at


def _is_own(line: Line, report: Report, own: set[UUID]) -> bool:
    return line.subject == report.token or (line.verb == "comment.internal" and line.by in own)


def _entries(verb: str, lines: list[Line], names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Give one entry a line; a long run of reports becomes one."""
    if verb == "report.received" and len(lines) > REPORTS_APART:
        title = _("%(count)d reports received") % {"count": len(lines)}
        return [{"title": title, "at": lines[0].at, "who": "", "text": ""}]
    return [_entry(line, names.get(line.by, "")) for line in lines]


def _entry(line: Line, who: str) -> dict[str, Any]:
    return {"title": line.label, "at": line.at, "who": who, "text": _text(line)}


def _text(line: Line) -> str:
    """Put a line's body, its answers and its free text one below the other."""
    facts, private = line.facts, line.private or {}
    said = [facts.get("organisation", "")]
    if facts.get("from"):
        said.append(_("before: %(body)s") % {"body": facts["from"]})
    if facts.get("suggested"):
        said.append(_("suggested instead: %(body)s") % {"body": facts["suggested"]})
    if facts.get("by_rule"):
        said.append(_("by the routing rule"))
    if facts.get("solved") in list(Solved):
        said.append(str(SOLVED[Solved(facts["solved"])]))
    if facts.get("satisfied"):
        said.append(str(SATISFIED[Satisfied(facts["satisfied"])]))
    said += [str(private[key]) for key in SAID if private.get(key)]
    return "\n".join(one for one in said if one)


def _names(case: Case, tokens: set[UUID]) -> dict[UUID, str]:
    """Name whoever acted: staff by name, reporters by the number of their report."""
    names = dict(Person.objects.filter(token__in=tokens).values_list("token", "name"))
    for number, *theirs in case.reports.values_list("number", "token", "reporter__token"):
        said = _("reporter %(number)s") % {"number": number}
        names |= {token: said for token in theirs if token}
    return names | {HOUSE: _("the house")}
