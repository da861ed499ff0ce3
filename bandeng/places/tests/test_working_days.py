"""Our own table of working days against two packages, and how it is kept."""

from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from django.db import IntegrityError, transaction

from bandeng.places import actions, reads
from bandeng.places.models import CalendarDay, CalendarYear
from bandeng.places.parameters import generate, working_days
from bandeng.places.rules.calendar import ZONE, Exceptional
from bandeng.trail.rules import HOUSE
from tests.world import NOW

BY: Any = {"by": HOUSE, "at": NOW}


@pytest.mark.skipif(
    f"holidays {version('holidays')}" not in working_days.SOURCE, reason="another version"
)
def test_the_committed_file_is_what_the_package_says():
    assert Path(working_days.__file__).read_text() == generate.text()


@pytest.mark.django_db
def test_every_day_agrees_with_the_second_package(django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar = reads.calendar()
    first, last = date(min(calendar.years), 1, 1), date(max(calendar.years), 12, 31)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    assert len(days) == 4383
    ours = {day: calendar.is_working_day(day=day) for day in days}
    assert ours == {day: chinese_calendar.is_workday(day) for day in days}


@pytest.mark.django_db
def test_a_new_year_is_entered_and_corrected():
    new_year = {date(2027, 1, 1): Exceptional(False, "元旦")}
    actions.replace_year(year=2027, source="通知", days=new_year, **BY)
    assert reads.calendar().exceptions[date(2027, 1, 1)].name == "元旦"
    actions.set_day(day=date(2027, 1, 3), works=True, name="元旦调休上班", **BY)
    assert reads.calendar().is_working_day(day=date(2027, 1, 3))
    actions.set_day(day=date(2027, 1, 1), works=None, name="", **BY)
    assert reads.calendar().is_working_day(day=date(2027, 1, 1))
    verbs = CalendarYear.objects.get(year=2027).thread.entries.values_list("verb", flat=True)
    assert list(verbs) == ["calendar.year_added", "calendar.day_set", "calendar.day_set"]


@pytest.mark.django_db
def test_what_does_not_fit_is_refused():
    wrong = {date(2028, 1, 1): Exceptional(False, "元旦")}
    with pytest.raises(actions.calendar.WrongYear):
        actions.replace_year(year=2027, source="通知", days=wrong, **BY)
    with pytest.raises(actions.calendar.UnknownYear):
        actions.set_day(day=date(2028, 1, 1), works=False, name="元旦", **BY)
    row = CalendarDay(day=date(2028, 1, 1), year_id=2024, works=False, name="元旦")
    with pytest.raises(IntegrityError, match="lies_in_its_year"), transaction.atomic():
        row.save()


@pytest.mark.django_db
def test_the_reason_is_said_in_sentences():
    start = datetime(2026, 9, 16, 9, tzinfo=ZONE)
    [days, rolled] = reads.why(explanation=reads.calendar().add_days(start=start, n=15))
    assert "国庆节" in days
    assert "2026-10-01" in rolled
    [*_days, doubt] = reads.why(explanation=reads.calendar().add_working_days(start=start, n=90))
    assert "2027" in doubt
