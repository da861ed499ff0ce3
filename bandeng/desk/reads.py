"""What is to be done, and by whom; counts with the cases behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone, localdate, localtime
from django.utils.translation import gettext_lazy as _

from bandeng.cases import permissions as cases
from bandeng.cases.models import RATES, Case, CaseQuerySet
from bandeng.cases.reads.rates import rates
from bandeng.cases.reads.reports import of_person
from bandeng.cases.rules.states import OPEN, RUNNING, State
from bandeng.desk.parameters import CASES_READ, RATES_OVER, SHOWN, WEEKS
from bandeng.desk.rules import Slot, slot
from bandeng.funds.reads import person as money
from bandeng.people import reads as people
from bandeng.people.models import Person
from bandeng.people.permissions import roles, scope_q
from bandeng.places.models import Estate
from bandeng.places.rules.calendar import end_of
from bandeng.post.reads import inbox

Words = str | Promise
Can = Callable[..., bool]

# What a person does next with a case, verb first; the first that fits.
TASKS: list[tuple[frozenset[State], Can, Words]] = [
    (frozenset({State.RECEIVED}), cases.can_route, _("Route")),
    (frozenset({State.DISPUTED}), cases.can_route, _("Decide who handles it")),
    (frozenset({State.ASSIGNED}), cases.can_accept, _("Accept or refuse")),
    (frozenset({State.REOPENED}), cases.can_accept, _("Look again")),
    (frozenset({State.ACCEPTED}), cases.can_start, _("Begin")),
    (frozenset({State.IN_PROGRESS}), cases.can_report_result, _("Finish")),
    (frozenset({State.WAITING}), cases.can_start, _("Let it go on")),
    (frozenset({State.RESULT_REPORTED}), cases.can_close, _("Verify and close")),
]


@dataclass(frozen=True)
class Task:
    """Something to do: the verb, the case, and how soon."""

    verb: Words
    case: Case
    slot: Slot


@dataclass(frozen=True)
class Todo:
    """A worker's tasks by how soon, and what is overdue with others."""

    tasks: dict[Slot, list[Task]]
    elsewhere: list[Case]
    more: bool


@dataclass(frozen=True)
class Card:
    """A count with its definition; its list is at `key`."""

    key: str
    name: Words
    definition: Words
    kept: Q
    value: int = 0


CARDS = {
    card.key: card
    for card in (
        Card(
            "open",
            _("Open cases"),
            _("Cases with which somebody still has something to do."),
            Q(state__in=OPEN),
        ),
        Card(
            "overdue",
            _("Overdue"),
            _("Open cases whose clock runs and whose date is over."),
            Q(state__in=RUNNING),
        ),
        Card(
            "hazards",
            _("Hazards not yet safe"),
            _("Open hazards of which nobody has said that they are safe."),
            Q(urgent=True),
        ),
        Card(
            "disputed",
            _("Disputed"),
            _("Cases that the body asked refuses and that nobody has taken on."),
            Q(state=State.DISPUTED),
        ),
    )
}


def todo(*, person: Person, at: datetime) -> Todo:
    """Sort the open cases that `person` may see into what they do, and when.

    Returns: hazards first in each slot, then whatever is due first.
    """
    found = list(
        cases.visible_cases(person=person)
        .open()
        .select_related("estate", "organisation", "building")
        .in_queue()[: CASES_READ + 1]
    )
    day_ends = end_of(day=localdate(at))
    tasks: dict[Slot, list[Task]] = {one: [] for one in Slot}
    elsewhere = []
    for case in found[:CASES_READ]:
        runs = State(case.state) in RUNNING
        soon = slot(due_at=case.due_at, runs=runs, now=at, day_ends=day_ends)
        if case.paused_at:  # its date moves on while its clock rests
            soon = Slot.LATER
        if verb := task(person=person, case=case):
            tasks[soon].append(Task(verb, case, soon))
        elif soon == Slot.OVERDUE:
            elsewhere.append(case)
    return Todo(tasks, elsewhere[:SHOWN], len(found) > CASES_READ)


def task(*, person: Person, case: Case) -> Words:
    """Say what `person` does next with `case`; empty if it is somebody else's turn."""
    for states, can, verb in TASKS:
        if case.state in states and can(person=person, case=case):
            return verb
    return ""


def behind(*, person: Person, key: str, at: datetime) -> CaseQuerySet:
    """Give the cases behind a count, in the order in which they are to be looked at."""
    seen = _answered_for(person=person)
    return seen.filter(_kept(CARDS[key], at)).in_queue()


def cards(*, person: Person, at: datetime) -> list[Card]:
    """Count the cases of `person`'s scope, in one query."""
    wanted = {key: Count("pk", filter=_kept(card, at)) for key, card in CARDS.items()}
    counted = _answered_for(person=person).aggregate(**wanted)
    return [
        Card(card.key, card.name, card.definition, card.kept, counted[key])
        for key, card in CARDS.items()
    ]


def rates_of(*, person: Person, at: datetime) -> list[dict[str, Any]]:
    """Give each rate with its definition, numerator and denominator.

    Returns: `share` is None where there is no data.
    """
    counted = rates(person=person, since=at - RATES_OVER, until=at)
    return [
        {"name": RATES[key][0], "definition": RATES[key][1], "rate": rate, "share": rate.share}
        for key, rate in counted.rates.items()
    ]


def by_week(*, person: Person, at: datetime) -> list[tuple[datetime, int, int]]:
    """Count what was opened and what was closed in each of the last weeks.

    Returns: (Monday, opened, closed), oldest first; a week without either has zeros.
    """
    monday = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    monday -= timedelta(days=monday.weekday())
    mondays = [monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    opened, closed = (_weekly(person, field, mondays[0], at) for field in ("opened", "closed"))
    return [(one, opened.get(one, 0), closed.get(one, 0)) for one in mondays]


def estates(*, person: Person) -> QuerySet[Estate]:
    """Give the estates for which `person` answers, with how many cases are open in each."""
    still = Count("case", filter=Q(case__state__in=OPEN))
    return people.estates_of(person=person).annotate(open_cases=still)[:SHOWN]


def data_copy(*, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give everything that any room keeps about a person.

    Source: 个人信息保护法 art. 45.
    """
    reports = of_person(person=person).prefetch_related("answers")
    return (
        people.data_copy(person=person)
        | money.data_copy(person=person)
        | {
            "reports": [
                {
                    "number": report.number,
                    "reported": report.at,
                    "place": report.place or "",
                    "text": report.text or "",
                    "name": report.name or "",
                    "phone": report.phone or "",
                    "state": report.case.get_state_display(),
                    "answers": "; ".join(
                        " ".join(filter(None, (answer.solved, answer.satisfied, answer.comment)))
                        for answer in report.answers.all()
                    ),
                }
                for report in reports
            ],
            "messages": [
                {"at": message.at, "subject": message.subject, "body": message.body}
                for message in inbox(person=person.token)
            ],
        }
    )


def _weekly(person: Person, what: str, since: datetime, until: datetime) -> dict[datetime, int]:
    moment = f"{what}_at"
    within = {f"{moment}__gte": since, f"{moment}__lte": until}
    week = TruncWeek(moment, tzinfo=get_current_timezone())
    rows = _answered_for(person=person).filter(**within).annotate(week=week)
    return dict(rows.values_list("week").annotate(n=Count("pk")).order_by("week"))


def _answered_for(*, person: Person) -> CaseQuerySet:
    """Keep to the scope of the person's roles: what they reported themselves is not counted."""
    held = roles(person=person, roles=cases.READERS)
    scope = scope_q(person=person, roles=cases.READERS, field="area_code", estate="estate")
    return Case.objects.filter(scope) if held else Case.objects.none()


def _kept(card: Card, at: datetime) -> Q:
    return card.kept & Q(due_at__lt=at) if card.key == "overdue" else card.kept
