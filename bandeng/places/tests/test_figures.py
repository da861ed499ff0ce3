import pytest

from bandeng.places import figures
from tests.world import NOW

pytestmark = pytest.mark.django_db


def test_an_estate_counts_its_buildings_and_homes(world):
    counted = figures.homes(estate=world.estate, at=NOW)
    assert (counted.value, counted.count, counted.as_of) == (1, 1, NOW)
    assert figures.buildings(estate=world.estate, at=NOW).value == 1


def test_the_public_reads_the_building_of_a_home_and_not_its_number(world):
    counted = figures.homes(estate=world.estate, at=NOW)
    (record,) = map(counted.called, counted.records)
    assert "1502" in record.name
    assert "1502" not in record.public
