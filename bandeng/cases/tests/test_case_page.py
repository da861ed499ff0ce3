"""What staff read on a case's page."""

import pytest

from bandeng.cases.actions import follow_case
from bandeng.cases.reads.story import REPORTS_APART, story
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db


def _titles(case):
    return [str(entry["title"]) for entry in story(case=case)]


def test_a_long_run_of_reports_is_told_in_one_line(world):
    before = _titles(world.case)
    for number in range(REPORTS_APART + 1):
        follow_case(case=world.case, text=f"我也是 {number}", by=HOUSE, at=NOW)
    told = _titles(world.case)
    assert len(told) == len(before) + 1
    assert "4" in told[0]


def test_a_few_reports_are_told_one_by_one(world):
    before = _titles(world.case)
    for number in range(2):
        follow_case(case=world.case, text=f"我也是 {number}", by=HOUSE, at=NOW)
    assert len(_titles(world.case)) == len(before) + 2
