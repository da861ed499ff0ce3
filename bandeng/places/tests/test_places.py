"""Areas by code and period, buildings by any number, who looks after them, homes' states."""

from datetime import date
from typing import Any

import pytest

from bandeng.places import actions, reads
from bandeng.places.models import AliasKind, AreaSource, ManagementStatus
from bandeng.places.rules.areas import level, parents, prefix
from bandeng.trail.rules import HOUSE
from tests.world import NOW

BY: Any = {"by": HOUSE, "at": NOW}


@pytest.mark.parametrize(
    ("code", "size", "begins", "lies_in"),
    [
        ("430000000000", "province", "43", ()),
        ("430200000000", "city", "4302", ("430000000000",)),
        ("430203000000", "county", "430203", ("430000000000", "430200000000")),
        (
            "430203003000",
            "subdistrict",
            "430203003",
            ("430000000000", "430200000000", "430203000000"),
        ),
        (
            "430203003001",
            "community",
            "430203003001",
            ("430000000000", "430200000000", "430203000000", "430203003000"),
        ),
        ("441900003000", "subdistrict", "441900003", ("440000000000", "441900000000")),
    ],
)
def test_a_code_says_its_level_and_what_it_lies_in(code, size, begins, lies_in):
    assert level(code=code) == size
    assert prefix(code=code) == begins
    assert parents(code=code) == lies_in


@pytest.mark.django_db
def test_an_area_keeps_its_old_name_for_the_old_days(world):
    new = actions.rename_area(area=world.here, name="甲新社区", since_on=date(2024, 2, 1), **BY)
    assert str(reads.area_on(code=new.code, on=date(2024, 1, 31))) == "甲社区"
    assert str(reads.area_on(code=new.code, on=date(2024, 2, 1))) == "甲新社区"
    assert reads.area_on(code=new.code, on=date(1999, 1, 1)) is None
    world.estate.refresh_from_db()
    assert world.estate.area == new


@pytest.mark.django_db
def test_an_area_with_estates_does_not_end_and_a_code_means_one_area(world):
    with pytest.raises(actions.areas.AreaInUse):
        actions.end_area(area=world.here, until_on=date(2024, 2, 1), **BY)
    with pytest.raises(actions.areas.CodeTaken):
        actions.add_area(code=world.here.code, name="又一个", since_on=date(2024, 1, 1), **BY)
    actions.end_area(area=world.elsewhere, until_on=date(2024, 2, 1), **BY)
    with pytest.raises(actions.areas.WrongDay):
        actions.end_area(area=world.elsewhere, until_on=date(2024, 3, 1), **BY)
    actions.add_area(code=world.elsewhere.code, name="重新设立", since_on=date(2024, 2, 1), **BY)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["3", "3栋", "三号楼", "A3", "A3座", "12", "２０３"])
def test_a_building_is_found_by_any_of_its_numbers(world, asked):
    for kind, number in (
        (AliasKind.SALES, "A3"),
        (AliasKind.POLICE, "12"),
        (AliasKind.SURVEY, "203"),
    ):
        actions.add_alias(building=world.building, kind=kind, number=number, **BY)
    assert list(reads.buildings_called(estate=world.estate, number=asked)) == [world.building]
    assert not reads.buildings_called(estate=world.estate, number="4")


@pytest.mark.django_db
def test_a_number_means_one_building_of_the_estate(world):
    other = actions.add_building(estate=world.estate, number="4", **BY)
    actions.add_alias(building=world.building, kind=AliasKind.SALES, number="A3", **BY)
    with pytest.raises(actions.estates.AliasTaken, match="3"):
        actions.add_alias(building=other, kind=AliasKind.SALES, number="A3", **BY)
    with pytest.raises(actions.estates.NameTaken):
        actions.add_building(estate=world.estate, number="4", **BY)


@pytest.mark.django_db
def test_who_looked_after_a_building_on_a_day(world):
    def manage(status, since_on):
        actions.set_management(
            building=world.building, status=status, since_on=since_on, company_name="", **BY
        )

    def on(day):
        nobody = reads.unmanaged_buildings(estate=world.estate, on=day)
        unsaid = reads.buildings_without_word(estate=world.estate, on=day)
        return len(nobody), len(unsaid)

    manage(ManagementStatus.COMPANY, date(2015, 1, 1))
    manage(ManagementStatus.NOBODY, date(2020, 7, 1))
    assert on(date(2014, 12, 31)) == (0, 1)
    assert on(date(2020, 6, 30)) == (0, 0)
    assert on(date(2020, 7, 1)) == (1, 0)
    with pytest.raises(actions.estates.ManagementIsLater):
        manage(ManagementStatus.OWNERS, date(2020, 7, 1))


@pytest.mark.django_db
def test_a_home_is_taken_up_once_and_its_area_names_its_document(world):
    with pytest.raises(actions.homes.HomeTaken):
        actions.add_home(building=world.building, entrance="2", number="1502", **BY)
    changed = actions.change_home(
        home=world.home, floor=15, floor_area=8_851, area_source=AreaSource.REGISTER, **BY
    )
    assert (changed.floor_area, changed.area_source) == (8_851, "register")
