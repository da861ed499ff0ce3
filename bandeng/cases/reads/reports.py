"""Reports as their reporters, and those at work, find them."""

from datetime import datetime

from django.db.models import QuerySet

from bandeng.cases.models import Answer, Case, Report
from bandeng.cases.parameters import REOPEN_DAYS
from bandeng.cases.rules.closing import can_reopen
from bandeng.cases.rules.numbers import secret_hash
from bandeng.cases.rules.states import OPEN, State
from bandeng.kit.crypto import keyed_hash
from bandeng.people.models import Person

WITH_CASE = (
    "case__category", "case__estate", "case__building", "case__organisation", "case__thread",
    "reporter",
)  # fmt: skip
ASKED = (State.RESULT_REPORTED, State.CLOSED_SOLVED, State.CLOSED_UNSOLVED)


def by_secret(*, secret: str) -> Report | None:
    """Give the report whose status page has this secret."""
    found = Report.objects.select_related(*WITH_CASE)
    return found.filter(secret_hash=secret_hash(secret=secret)).first()


def by_number(*, number: str, phone: str) -> Report | None:
    """Give the report with this number that was made with this phone (E.164)."""
    key = keyed_hash(text=phone, context="phone")
    return Report.objects.filter(number=number, phone_key=key).first()


def of_case(*, case: Case) -> QuerySet[Report]:
    """Give a case's reports, oldest first, with their answers."""
    return case.reports.prefetch_related("answers").order_by("at", "pk")


def of_person(*, person: Person) -> QuerySet[Report]:
    """Give what `person` reported, newest first."""
    return Report.objects.filter(reporter=person).select_related("case").order_by("-at", "-pk")


def answer_of(*, report: Report) -> Answer | None:
    """Give the report's answer about the present round of work, if it was reached."""
    return report.answers.filter(cycle=report.case.reopenings, reached=True).first()


def can_answer(*, report: Report) -> bool:
    """Tell whether the reporter is asked something and has not answered."""
    asked = report.case.state in ASKED and report.withdrawn_at is None
    return asked and answer_of(report=report) is None


def can_ask_again(*, report: Report, at: datetime) -> bool:
    """Tell whether the reporter may have the case taken up again."""
    done = report.case.state in ASKED and report.withdrawn_at is None
    return done and can_reopen(closed_at=report.case.closed_at, at=at, days=REOPEN_DAYS)


def can_withdraw(*, report: Report) -> bool:
    """Tell whether the report can still be taken back."""
    return report.withdrawn_at is None and report.case.state in OPEN
