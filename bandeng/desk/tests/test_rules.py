"""How soon something is due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.desk.rules import Slot, slot

NOW, ENDS = datetime(2024, 3, 1, 9, tzinfo=UTC), datetime(2024, 3, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "runs", "soon"),
    [
        (NOW - timedelta(seconds=1), True, Slot.OVERDUE),
        (NOW - timedelta(days=9), False, Slot.TODAY),  # its clock rests
        (NOW, True, Slot.TODAY),
        (ENDS, True, Slot.TODAY),
        (ENDS + timedelta(seconds=1), True, Slot.WEEK),
        (ENDS + timedelta(days=6), True, Slot.WEEK),
        (ENDS + timedelta(days=6, seconds=1), True, Slot.LATER),
    ],
)
def test_how_soon(due_at, runs, soon):
    assert slot(due_at=due_at, runs=runs, now=NOW, day_ends=ENDS) == soon


@given(hours=st.lists(st.integers(-500, 500), min_size=2, max_size=2), runs=st.booleans())
def test_what_is_due_earlier_is_never_sorted_later(hours, runs):
    order = list(Slot)
    earlier, later = (
        order.index(slot(due_at=NOW + timedelta(hours=h), runs=runs, now=NOW, day_ends=ENDS))
        for h in sorted(hours)
    )
    assert earlier <= later
