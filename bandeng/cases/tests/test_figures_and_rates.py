"""A case's numbers against a count by hand, and rates against the rows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from bandeng.cases import actions, figures
from bandeng.cases.models import Case, Channel
from bandeng.cases.reads.rates import rates
from bandeng.cases.rules.rates import Excluded, Satisfied
from bandeng.cases.rules.states import Kind
from bandeng.places.models import Home, HomeCondition, HomeState
from bandeng.trail.rules import HOUSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(world):
    """A long-stuck case with an old paper report, an affected building, one occupied home."""
    by = {"by": HOUSE, "at": world.now}
    case = actions.submit_report(
        estate=world.estate, kind=Kind.LONG_STUCK, text="消防一直没有验收", **by
    ).report.case
    actions.enter_report_on_behalf(
        follows=case, text="旧台账", channel=Channel.PAPER,
        reported_at=datetime(2015, 5, 4, tzinfo=UTC), **by,
    )  # fmt: skip
    actions.name_buildings(case=case, buildings=[world.building], **by)
    HomeState.objects.create(
        home=world.home,
        condition=HomeCondition.OCCUPIED,
        period=DateRange(date(2018, 1, 1), None),
        source="名册",
    )
    return case


def test_stuck_since_the_first_report(world, stuck):
    figure = figures.stuck_since(case=stuck, at=world.now)
    assert (figure.value, figure.count) == (2015, 2)
    assert figures.stuck_since(case=stuck, at=datetime(2014, 1, 1, tzinfo=UTC)).value is None


def test_homes_at_risk_are_occupied_and_affected(world, stuck):
    assert figures.homes_at_risk(case=stuck, at=world.now).value == 1
    before = datetime(2017, 1, 1, tzinfo=UTC)
    assert figures.homes_at_risk(case=stuck, at=before).value == 0
    assert figures.homes_at_risk(case=world.case, at=world.now).value == 0
    assert list(figures.homes_at_risk(case=stuck, at=world.now).records) == [Home.objects.get()]


@pytest.mark.parametrize(("hours", "days"), [(1, 0), (14, 0), (16, 1), (39, 1), (40, 2)])
def test_days_to_safe_are_calendar_days_here(world, hours, days):
    """Reported on 1 March at 08:00 UTC, 16:00 here; midnight is eight hours later."""
    start = datetime(2024, 3, 1, 0, tzinfo=UTC)
    case = actions.submit_report(
        estate=world.estate, category=world.facade, text="掉砖", by=HOUSE, at=start
    ).report.case
    assert figures.days_to_safe(case=case, at=world.now + timedelta(days=9)).value is None
    safe = start + timedelta(hours=hours)
    case = actions.make_safe(case=case, note="已清除", without_photo="夜间", by=HOUSE, at=safe)
    figure = figures.days_to_safe(case=case, at=safe + timedelta(days=1))
    assert (figure.value, figure.count) == (days, 1)


def _finished(world, *, at, solved=None, late=False):
    case = actions.submit_report(
        estate=world.estate, category=world.lamps, text="灯坏了", by=HOUSE, at=at
    ).report.case
    house = {"by": HOUSE, "at": at + timedelta(days=60 if late else 1)}
    case = actions.report_result(
        case=actions.accept_case(case=case, **house), result="已修", **house
    )
    report = case.reports.get()
    if solved:
        actions.answer(
            report=report, solved=solved, satisfied=Satisfied.YES, contacted=True, **house
        )
    elif solved is None:
        actions.answer(report=report, reached=False, **house)
    case = Case.objects.get(pk=case.pk)
    if case.closed_at is None:
        later = {"by": HOUSE, "at": house["at"] + timedelta(days=30)}
        actions.close_case(case=case, solved=False, explanation="说明", **later)


def test_rates_are_what_the_rows_say(world, people):
    start = world.now
    _finished(world, at=start, solved="yes")
    _finished(world, at=start, solved="partly", late=True)
    _finished(world, at=start)
    found = rates(person=people["Erin"], since=start, until=timezone.now())
    assert (found.cases, found.reports) == (3, 3)
    counted = {name: (r.numerator, r.denominator) for name, r in found.rates.items()}
    assert counted == {
        "on_time": (2, 3), "response": (2, 2), "solved": (1, 2), "satisfied": (2, 2),
    }  # fmt: skip
    assert found.rates["solved"].excluded == {Excluded.NOT_REACHED: 1}
    elsewhere = rates(person=people["Dora"], since=start, until=timezone.now())
    assert elsewhere.rates["solved"].share is None


def test_the_page_says_no_data_where_there_is_none(client, people):
    client.force_login(people["Dora"])
    assert client.get("/cases/rates/").content.decode().count("暂无数据") == 4
