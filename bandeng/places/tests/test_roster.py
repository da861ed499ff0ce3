"""Taking a roster in: whole or not at all, again without losing anything."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from bandeng.kit.sweeping import Sweeper
from bandeng.places import actions
from bandeng.places.actions.roster import RosterRefused
from bandeng.places.models import (
    BuildingAlias,
    Home,
    HomeCondition,
    HomeState,
    RosterImport,
    RosterUpload,
)
from bandeng.places.rules.roster import open_workbook, read_roster
from bandeng.places.rules.roster.workbook import Sheet, Unreadable
from bandeng.places.tests import ugly
from bandeng.trail import reads as trail
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
BY: Any = {"by": HOUSE, "at": NOW}
HEAD = ["楼栋", "单元", "房号", "登记面积", "状态", "销售楼号"]


def take(world, *rows, at=NOW, head=HEAD):
    roster = read_roster(sheets=[Sheet("", [[*row] for row in (head, *rows)])])
    return actions.import_roster(
        estate=world.estate,
        roster=roster,
        file_name="名册.xlsx",
        content_hash=bytes(32),
        by=HOUSE,
        at=at,
    )


def homes(world):
    return {
        str(home): home.floor_area for home in Home.objects.filter(building__estate=world.estate)
    }


def test_new_changed_same_and_missing(world):
    """The world has 3-2-1502 with 88.50 m² of unknown source."""
    taken = take(world, ["3栋", "2单元", "1502", "90.5"], ["5栋", "1单元", "0101", 88])
    assert (taken.homes_new, taken.homes_changed, taken.homes_same) == (1, 1, 0)
    assert homes(world) == {"3-2-1502": 9050, "5-1-0101": 8800}
    again = take(world, ["5栋", "1单元", 101, 88])  # a number in the next file, the same home
    assert (again.homes_new, again.homes_changed, again.homes_same) == (0, 0, 1)
    assert again.missing == [world.home.pk]
    assert homes(world) == {"3-2-1502": 9050, "5-1-0101": 8800}


def test_a_worse_document_does_not_overwrite_the_register(world):
    take(world, ["3栋", "2单元", "1502", "90.5"])
    taken = take(world, ["3栋", "2单元", "1502", "91"], head=["楼栋", "单元", "房号", "面积"])
    assert taken.homes_same == 1
    assert homes(world) == {"3-2-1502": 9050}


def test_an_empty_cell_changes_nothing(world):
    take(world, ["3栋", "2单元", "1502", ""])
    assert homes(world) == {"3-2-1502": 8850}


def test_states_begin_and_exclude_each_other(world):
    take(world, ["3栋", "2单元", "1502", "", "未售、抵押"])
    take(world, ["3栋", "2单元", "1502", "", "已售"], at=NOW + timedelta(days=3))
    states = {s.condition: s.period for s in HomeState.objects.filter(home=world.home)}
    assert states["unsold"].upper == states["sold"].lower == date(2024, 3, 4)
    assert states["mortgaged"].upper is None
    take(world, ["3栋", "2单元", "1502", "", "已售"], at=NOW + timedelta(days=5))
    assert HomeState.objects.filter(home=world.home).count() == 3


def test_aliases_mean_one_building(world):
    take(world, ["3栋", "2单元", "1502", "", "", "A3"])
    assert BuildingAlias.objects.get().building == world.building
    with pytest.raises(RosterRefused, match="A3"):
        take(world, ["5栋", "1单元", "101", "", "", "A3"])
    assert homes(world) == {"3-2-1502": 8850}


def test_one_entry_with_the_files_hash(world):
    before = world.estate.thread.entries.count()
    take(world, ["5栋", "1单元", "101", 88], ["5栋", "1单元", "102", 88])
    entry = world.estate.thread.entries.order_by("-pk")[0]
    assert world.estate.thread.entries.count() == before + 1
    assert entry.verb == "roster.imported"
    facts = trail.facts(entry=entry)
    assert facts["sha256"] == bytes(32).hex()
    assert (facts["new"], facts["missing"]) == (2, 1)
    assert trail.private(entry=entry) == {"file": "名册.xlsx"}


def test_a_file_with_a_problem_changes_nothing(world):
    with pytest.raises(RosterRefused):
        take(world, ["5栋", "1单元", "101", 88], ["5栋", "1单元", "", 88])
    assert homes(world) == {"3-2-1502": 8850}
    assert not RosterImport.objects.exists()


@pytest.mark.parametrize("make", ugly.LOAD, ids=lambda make: make.__name__)
def test_every_ugly_file_goes_in_twice(world, make):
    file = make()
    for new in (len(file.homes), 0):
        roster = read_roster(sheets=open_workbook(data=file.data))
        taken = actions.import_roster(
            estate=world.estate, roster=roster, file_name=file.name, content_hash=bytes(32), **BY
        )
        assert (taken.homes_new, taken.homes_changed) == (new, 0)
    assert Home.objects.filter(building__estate=world.estate).count() == len(file.homes) + 1


def test_an_upload_lies_encrypted_and_goes_after_a_day(world):
    upload = actions.keep_upload(
        estate=world.estate, file_name="名册.xlsx", content="王甲".encode(), **BY
    )
    assert RosterUpload.objects.get().content == "王甲".encode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content::text FROM places_rosterupload")
        assert "王甲".encode().hex() not in cursor.fetchone()[0]
    sweeper = Sweeper()
    sweeper.run(at=NOW + timedelta(hours=23))
    assert RosterUpload.objects.get() == upload
    sweeper.run(at=NOW + timedelta(hours=24, minutes=1))
    assert not RosterUpload.objects.exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"  <html><table><tr><td>1</td></tr></table></html>", "page"),
        (b"PK\x03\x04 broken", "broken"),
        (b"\xd0\xcf\x11\xe0 broken", "broken"),
        (b"\xff\xd8\xff\xe0 a picture", "unknown"),
        ("一段话，没有表格".encode(), "unknown"),
    ],
)
def test_a_file_that_is_no_table_says_why(data, why):
    with pytest.raises(Unreadable) as told:
        open_workbook(data=data)
    assert told.value.why == why


def test_the_states_of_the_world_hold(world):
    actions.set_state(
        home=world.home,
        condition=HomeCondition.SEALED,
        since_on=date(2024, 1, 1),
        source="裁定",
        **BY,
    )
    with pytest.raises(actions.homes.StateKnown):
        actions.set_state(
            home=world.home,
            condition=HomeCondition.SEALED,
            since_on=date(2024, 2, 1),
            source="",
            **BY,
        )
