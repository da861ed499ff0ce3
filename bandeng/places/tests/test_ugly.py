"""Ugly files load with exactly their homes, or are refused at the right cell."""

import pytest

from bandeng.places.rules.roster import open_workbook, read_roster
from bandeng.places.tests import ugly


def read(file):
    return read_roster(sheets=open_workbook(data=file.data))


def test_there_are_enough_of_them():
    assert len(ugly.LOAD) + len(ugly.REFUSED) >= 20
    assert len(ugly.LOAD) >= 18


@pytest.mark.parametrize("make", ugly.LOAD, ids=lambda make: make.__name__)
def test_it_loads_unaided(make):
    file = make()
    roster = read(file)
    assert roster.findings.problems == []
    assert {(h.building, h.entrance, h.number) for h in roster.homes} == file.homes
    assert len(roster.homes) == len(file.homes)


@pytest.mark.parametrize("make", ugly.REFUSED, ids=lambda make: make.__name__)
def test_it_is_refused_at_its_cell(make):
    file = make()
    problems = read(file).findings.problems
    assert {(p.code, p.sheet, p.row, p.column) for p in problems} == file.refused


@pytest.mark.parametrize("make", [ugly.title_and_merges, ugly.two_row_header, ugly.wide_digits])
def test_areas_are_exact(make):
    areas = {(h.building, h.entrance, h.number): h.area for h in read(make()).homes}
    assert areas == {home: round(ugly.area(n) * 100) for n, home in enumerate(ugly.HOMES)}
