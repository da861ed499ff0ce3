"""What two people do at the same moment happens once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from bandeng.cases import actions
from bandeng.cases.models import Case, Counter, Handover, Report
from bandeng.kit.errors import Refused
from bandeng.trail.models import Entry
from bandeng.trail.rules import HOUSE


def _both(*acts):
    """Let two start together; give what came of each, or the name of the refusal."""
    start = Barrier(len(acts))

    def one(act):
        start.wait()
        try:
            return act()
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def test_accepted_and_refused_at_once_is_one_of_the_two(own_clone, world, people):
    frank = {"by": people["Frank"], "at": world.now}
    answers = _both(
        lambda: actions.accept_case(case=world.case, **frank).state,
        lambda: actions.dispute_case(case=world.case, reason="不是我们的", **frank).state,
    )
    assert "WrongState" in answers
    state = Case.objects.get(pk=world.case.pk).state
    assert {state, "WrongState"} == set(answers)
    assert Handover.objects.get().state == state
    assert Entry.objects.filter(verb__in=["case.accepted", "case.disputed"]).count() == 1


def test_one_form_from_two_tabs_is_one_report_with_one_secret(own_clone, world):
    told = {"estate": world.estate, "text": "灯坏了", "client_id": uuid4()}
    known = Report.objects.count()

    def send():
        return actions.submit_report(**told, by=HOUSE, at=timezone.now())

    first, second = _both(send, send)
    assert first.secret == second.secret
    assert Report.objects.count() == known + 1
    assert Case.objects.count() == known + 1


def test_many_at_once_get_numbers_of_their_own(own_clone, world):
    def send():
        told = {"estate": world.estate, "text": "灯坏了"}
        return actions.submit_report(**told, by=HOUSE, at=world.now).report.number

    def follow():
        return actions.follow_case(case=world.case, by=HOUSE, at=world.now).report.number

    numbers = _both(send, send, send, follow, follow, follow)
    assert len(set(numbers)) == 6
    assert Counter.objects.get().last == 4
    assert Case.objects.get(pk=world.case.pk).followers == 4
