"""A new statement beside what is held: by what moved and what was left, never by numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandeng.funds.rules.statements import (
    Fit,
    Held,
    Line,
    Statement,
    align,
)

DAY = date(2024, 9, 1)


def lines_of(amounts, *, opening=0, since=DAY, a_day=3):
    """Give an account's lines, some on each day, in their order."""
    made, balance = [], opening
    for n, amount in enumerate(amounts):
        balance += amount
        made.append(Line(n + 1, since + timedelta(days=n // a_day), None, amount, balance))
    return made


def statement(lines):
    lines = tuple(lines)
    opening = lines[0].balance_after - lines[0].amount
    return Statement(
        "table", "", lines[0].on, lines[-1].on, opening, lines[-1].balance_after, lines, b""
    )


def held(lines):
    return [Held(line.on, line.amount, line.balance_after, line.at) for line in lines]


YEAR = lines_of([300, 300, -50, 300, 300, 40, 300, 300, 300, -900, 300, 25])


def test_the_first_statement_is_all_new():
    found = align(held=[], new=statement(YEAR))
    assert (found.fit, len(found.after)) == (Fit.FIRST, 12)


def test_a_statement_that_follows_is_all_new():
    found = align(held=held(YEAR[:6]), new=statement(YEAR[6:]))
    assert (found.fit, list(found.after)) == (Fit.CONTINUES, YEAR[6:])


def test_of_an_overlap_only_the_rest_is_new():
    found = align(held=held(YEAR[:8]), new=statement(YEAR[3:]))
    assert (found.fit, list(found.after)) == (Fit.OVERLAPS, YEAR[8:])


@pytest.mark.parametrize(("first", "last"), [(0, 12), (0, 5), (4, 9), (9, 12)])
def test_a_file_taken_twice_brings_nothing(first, last):
    found = align(held=held(YEAR), new=statement(YEAR[first:last]))
    assert (found.fit, found.after) == (Fit.HELD, ())


def test_an_earlier_statement_brings_what_lies_before():
    found = align(held=held(YEAR[6:]), new=statement(YEAR[:8]))
    assert (found.fit, list(found.before), found.after) == (Fit.EARLIER, YEAR[:6], ())
    found = align(held=held(YEAR[4:8]), new=statement(YEAR))
    assert (list(found.before), list(found.after)) == (YEAR[:4], YEAR[8:])


def test_a_gap_is_refused_with_its_days_and_its_sum():
    found = align(held=held(YEAR[:3]), new=statement(YEAR[6:]))
    assert found.is_refused
    assert found.fit is Fit.GAP
    assert (found.gap_since, found.gap_until) == (DAY, DAY + timedelta(days=2))
    assert found.gap_sum == 300 + 300 + 40


def test_a_line_that_was_changed_is_named():
    changed = lines_of([300, 300, -50, 300, 301, 40, 300])
    found = align(held=held(YEAR[:7]), new=statement(changed))
    assert (found.fit, found.differs) == (Fit.DIFFERS, changed[4])


def test_two_equal_lines_stay_two_even_at_the_seam():
    twins = lines_of([300, 300, 300, 300], a_day=4)
    found = align(held=held(twins[:2]), new=statement(twins[1:]))
    assert [line.balance_after for line in found.after] == [900, 1200]


def test_a_balance_that_comes_back_is_told_apart_by_its_day():
    back = lines_of([300, -300, 300, -300], a_day=2)
    found = align(held=held(back[:2]), new=statement(back[2:]))
    assert (found.fit, len(found.after)) == (Fit.CONTINUES, 2)
    again = align(held=held(back[:2]), new=statement(back[:2]))
    assert again.fit is Fit.HELD


def test_a_file_holds_whole_days_so_the_same_day_is_the_same_lines():
    """Paid and bounced on one day, and the day's file comes once more, longer."""
    back = lines_of([300, -300, 300, -300], a_day=4)
    assert align(held=held(back[:2]), new=statement(back[:2])).fit is Fit.HELD
    longer = align(held=held(back[:2]), new=statement(back))
    assert (longer.fit, [line.n for line in longer.after]) == (Fit.OVERLAPS, [3, 4])


def test_times_tell_equal_lines_apart():
    hour = timedelta(hours=1)
    noon = datetime(2024, 9, 1, 4, tzinfo=UTC)
    back = [
        replace(line, at=noon + n * hour)
        for n, line in enumerate(lines_of([300, -300, 300, -300], a_day=4))
    ]
    found = align(held=held(back[:2]), new=statement(back[2:]))
    assert (found.fit, [line.n for line in found.after]) == (Fit.CONTINUES, [3, 4])
    assert align(held=held(back[:2]), new=statement(back)).after == tuple(back[2:])


def test_what_nothing_tells_apart_is_asked():
    """Every day the same comes and goes; a file without the days held cannot be placed."""
    days = lines_of([300, -300] * 6, a_day=2)
    odd = [replace(line, on=DAY + timedelta(days=1)) for line in days[:4]]
    assert align(held=held(days[:6]), new=statement(odd)).fit is Fit.UNCLEAR


def test_another_bank_format_may_book_a_day_later():
    later = [replace(line, on=line.on + timedelta(days=1)) for line in YEAR[3:]]
    found = align(held=held(YEAR[:8]), new=statement(later))
    assert (found.fit, len(found.after)) == (Fit.OVERLAPS, 4)


whole = st.lists(
    st.sampled_from([300, 300, 300, 318_600, -300, -45, 12_345]), min_size=2, max_size=60
)


@settings(max_examples=300, deadline=None)
@given(amounts=whole, data=st.data())
def test_overlapping_pieces_give_the_account_or_a_question_never_another_account(amounts, data):
    """Whatever two pieces of an account meet, no line is doubled and none is lost."""
    account = lines_of(amounts, a_day=data.draw(st.integers(1, 4)))
    end = data.draw(st.integers(1, len(account)))
    days = [n for n, line in enumerate(account) if not n or account[n - 1].on < line.on]
    start = data.draw(st.sampled_from([n for n in days if n <= end]))
    stop = data.draw(st.integers(start + 1, len(account)))
    found = align(held=held(account[:end]), new=statement(account[start:stop]))
    if not found.is_refused:
        assert not found.before
        assert account[:end] + list(found.after) == account[: max(end, stop)]


def test_a_hundred_thousand_equal_lines_align_in_linear_time():
    many = lines_of([300] * 100_000, a_day=900)
    found = align(held=held(many[:60_000]), new=statement(many[30_000:]))
    assert len(found.after) == 40_000
