"""Rates of cases, each with what it was counted from. Nothing here counts a person."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from bandeng.cases.models import Answer, CaseQuerySet, Report
from bandeng.cases.permissions import visible_cases
from bandeng.cases.rules.rates import Excluded, Rate, Said, Satisfied, Solved, three_rates
from bandeng.cases.rules.states import State
from bandeng.people.models import Person

FINISHED = (State.CLOSED_SOLVED, State.CLOSED_UNSOLVED)


@dataclass(frozen=True)
class Rates:
    """A period's rates over the cases that were closed in it."""

    cases: int
    reports: int
    rates: dict[str, Rate]


def rates(*, person: Person, since: datetime, until: datetime) -> Rates:
    """Give the rates over the cases that `person` may see and that were closed in a period."""
    cases = visible_cases(person=person).filter(closed_at__gte=since, closed_at__lt=until)
    said = _said(cases.filter(state__in=FINISHED))
    return Rates(
        cases=cases.count(),
        reports=sum(said.values()),
        rates={"on_time": _on_time(cases)} | three_rates(reports=said),
    )


def _on_time(cases: CaseQuerySet) -> Rate:
    """Count closed cases whose last result came by their date; the rest is left out by reason."""
    counted = cases.aggregate(
        denominator=Count("pk", filter=Q(state__in=FINISHED)),
        numerator=Count("pk", filter=Q(state__in=FINISHED, result_at__lte=F("due_at"))),
        withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN)),
        joined=Count("pk", filter=Q(state=State.DUPLICATE)),
        out_of_scope=Count("pk", filter=Q(state=State.OUT_OF_SCOPE)),
    )
    left_out = {
        Excluded.WITHDRAWN: counted["withdrawn"],
        Excluded.JOINED: counted["joined"],
        Excluded.OUT_OF_SCOPE: counted["out_of_scope"],
    }
    excluded = {reason: n for reason, n in left_out.items() if n}
    return Rate(counted["numerator"], counted["denominator"], excluded)


def _said(cases: CaseQuerySet) -> dict[Said, int]:
    """Count the reports of cases by what is known of each: its answer to the last round."""
    followed = Report.objects.filter(case__in=cases)
    standing = followed.filter(withdrawn_at=None)
    answers = (
        Answer.objects.filter(report__in=standing, cycle=F("report__case__reopenings"))
        .values_list("reached", "contacted", "solved", "satisfied")
        .annotate(n=Count("pk"))
        .order_by()
    )
    said = {_one(*answer): n for *answer, n in answers}
    silent = standing.count() - sum(said.values())
    withdrawn = followed.exclude(withdrawn_at=None).count()
    said |= {Said(Excluded.NO_ANSWER): silent, Said(Excluded.WITHDRAWN): withdrawn}
    return {one: n for one, n in said.items() if n}


def _one(reached: bool, contacted: bool | None, solved: str | None, satisfied: str | None) -> Said:
    if not reached:
        return Said(Excluded.NOT_REACHED)
    return Said(
        None,
        contacted,
        Solved(solved) if solved else None,
        Satisfied(satisfied) if satisfied else None,
    )
