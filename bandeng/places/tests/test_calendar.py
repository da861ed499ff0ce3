"""Rows of (event, period) → (last day, days that did not count), and what always holds."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bandeng.places.parameters import OFFICE_HOURS
from bandeng.places.parameters.working_days import YEARS
from bandeng.places.rules.calendar import ZONE, Calendar, Exceptional, OfficeHours, Unit

CALENDAR = Calendar(
    years=dict.fromkeys(YEARS, ""),
    exceptions={
        date.fromisoformat(f"{year}-{day}"): Exceptional(works, name)
        for year, days in YEARS.items()
        for day, works, name in days
    },
    hours=tuple(OfficeHours(*row) for row in OFFICE_HOURS),
)


def at(day, hour=9, minute=0):
    return datetime.combine(date.fromisoformat(day), time(hour, minute), ZONE)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-02-04", True),  # a Sunday made up for the Spring Festival
        ("2024-02-09", True),  # 除夕 2024 was a working day
        ("2024-02-12", False),
        ("2024-05-11", True),
        ("2024-10-07", False),
        ("2024-10-12", True),
        ("2025-01-26", True),
        ("2025-01-28", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-10", True),
    ],
)
def test_make_up_days_and_holidays(day, works):
    assert CALENDAR.is_working_day(day=date.fromisoformat(day)) == works


@pytest.mark.parametrize(
    ("start", "n", "last", "skipped"),
    [
        ("2024-03-01", 1, "2024-03-04", 2),  # Friday → Monday
        ("2024-02-02", 2, "2024-02-05", 1),  # Saturday the 3rd off, Sunday the 4th made up
        ("2024-02-08", 2, "2024-02-18", 8),  # the festival, then a made-up Sunday
        ("2024-09-30", 5, "2024-10-12", 7),
        ("2025-09-28", 5, "2025-10-11", 8),
        ("2026-02-13", 2, "2026-02-24", 9),
        ("2024-03-02", 0, "2024-03-04", 2),  # nothing to count, but not on a day off
    ],
)
def test_working_days(start, n, last, skipped):
    found = CALENDAR.add_working_days(start=at(start), n=n)
    assert (str(found.last_day), len(found.skipped)) == (last, skipped)
    assert found.end == datetime.combine(date.fromisoformat(last), time.max, ZONE)
    assert not found.uncertain


@pytest.mark.parametrize(
    ("start", "unit", "n", "last", "rolled_from"),
    [
        ("2026-09-16", Unit.DAYS, 15, "2026-10-08", "2026-10-01"),
        ("2026-01-31", Unit.DAYS, 15, "2026-02-24", "2026-02-15"),
        ("2026-01-30", Unit.DAYS, 15, "2026-02-14", None),  # a made-up Saturday stays
        ("2024-03-01", Unit.DAYS, 5, "2024-03-06", None),
        ("2024-01-31", Unit.MONTHS, 1, "2024-02-29", None),  # no 31st: the month's last day
        ("2024-02-29", Unit.MONTHS, 12, "2025-02-28", None),
        ("2024-07-01", Unit.MONTHS, 3, "2024-10-08", "2024-10-01"),
    ],
)
def test_the_last_day_off_rolls(start, unit, n, last, rolled_from):
    found = CALENDAR.add(start=at(start), n=n, unit=unit)
    assert str(found.last_day) == last
    assert (found.rolled_from and str(found.rolled_from)) == rolled_from
    stays = CALENDAR.add(start=at(start), n=n, unit=unit, rolls=False)
    assert str(stays.last_day) == (rolled_from or last)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (at("2024-03-01", 9), 2, at("2024-03-01", 11)),
        (at("2024-03-01", 11, 30), 1, at("2024-03-01", 13, 30)),  # over the midday break
        (at("2024-03-01", 16, 30), 1, at("2024-03-04", 9, 30)),  # over the weekend
        (at("2024-03-02", 10), 1, at("2024-03-04", 10)),  # begins on a day off
        (at("2024-03-01", 6), 7, at("2024-03-01", 17)),  # a whole day ends at its close
        (at("2024-02-08", 16), 9, at("2024-02-18", 10)),
    ],
)
def test_working_hours(start, n, end):
    assert CALENDAR.add_working_hours(start=start, n=n).end == end


def test_hours_run_from_the_event_itself():
    assert CALENDAR.add(start=at("2024-03-01", 22), n=24, unit=Unit.HOURS).end == at(
        "2024-03-02", 22
    )


def test_the_day_of_the_event_is_the_local_one():
    late = datetime(2024, 3, 4, 17, tzinfo=UTC)  # already the 5th in Zhuzhou
    assert str(CALENDAR.add_days(start=late, n=1).last_day) == "2024-03-06"


def test_a_year_that_nobody_published_is_flagged():
    found = CALENDAR.add_working_days(start=at("2026-12-30"), n=3)
    assert found.unknown_years == (2027,)
    assert found.uncertain
    assert not CALENDAR.is_known(day=date(2027, 1, 1))
    assert not CALENDAR.add_working_days(start=at("2026-12-29"), n=2).uncertain


def test_office_hours_change_on_their_day():
    summer = OfficeHours(date(2024, 6, 1), ((time(8), time(12)),))
    hours = Calendar(CALENDAR.years, CALENDAR.exceptions, (*CALENDAR.hours, summer))
    assert hours.add_working_hours(start=at("2024-05-31", 16), n=2).end == at("2024-06-03", 9)


def test_a_period_does_not_run_backwards():
    for unit in Unit:
        with pytest.raises(ValueError, match="backwards"):
            CALENDAR.add(start=at("2024-03-01"), n=-1, unit=unit)


starts = some.datetimes(datetime(2015, 1, 1), datetime(2026, 6, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=ZONE)
)
numbers = some.integers(0, 90)
units = some.sampled_from(Unit)


@given(starts, starts, numbers, units)
def test_a_later_event_never_ends_earlier(one, other, n, unit):
    early, late = sorted([one, other])
    ends = [CALENDAR.add(start=start, n=n, unit=unit).end for start in (early, late)]
    assert ends == sorted(ends)


@given(starts, numbers, units)
def test_a_longer_period_never_ends_earlier(start, n, unit):
    ends = [CALENDAR.add(start=start, n=more, unit=unit).end for more in (n, n + 1)]
    assert ends == sorted(ends)


@given(starts, numbers, some.sampled_from([unit for unit in Unit if unit is not Unit.HOURS]))
def test_it_never_ends_on_a_day_off(start, n, unit):
    assert CALENDAR.is_working_day(day=CALENDAR.add(start=start, n=n, unit=unit).last_day)


@given(starts, numbers)
def test_counting_back_gives_the_working_days(start, n):
    found = CALENDAR.add_working_days(start=start, n=n)
    day = start.astimezone(ZONE).date()
    if n or not found.skipped:
        assert CALENDAR.working_days_between(start=day, end=found.last_day) == n


@given(starts, numbers)
def test_summing_back_gives_the_working_hours(start, n):
    end = CALENDAR.add_working_hours(start=start, n=n).end
    assert CALENDAR.working_time_between(start=start, end=end) == timedelta(hours=n)


@given(starts, some.integers(1, 90))
def test_every_day_is_either_counted_or_explained(start, n):
    found = CALENDAR.add_working_days(start=start, n=n)
    days = (found.last_day - start.astimezone(ZONE).date()).days
    off = {skipped.day for skipped in found.skipped} - {start.astimezone(ZONE).date()}
    assert days == n + len(off)
