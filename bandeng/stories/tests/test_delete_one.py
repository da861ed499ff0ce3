"""One counted record less is one less in the count: on a clone, by the owner alone."""

import pytest

from bandeng.stories.catalogue import SOURCES
from bandeng.stories.tests.willow import willow
from tests.world import NOW

DELETE = {
    "places.homes": ["DELETE FROM places_home WHERE id = %s"],
    "places.buildings": [
        "DELETE FROM places_home WHERE building_id = %s",
        "DELETE FROM places_building WHERE id = %s",
    ],
}


def _figure(source, estate):
    figure = SOURCES[source].figure(subject=estate.token, at=NOW)
    assert figure
    return figure, figure.value, figure.count


@pytest.mark.parametrize("source", DELETE)
def test_deleting_one_counted_record_changes_its_count_by_exactly_one(owner, world, source):
    estate = willow(world=world, buildings=3, homes=4)
    figure, value, count = _figure(source, estate)
    gone = list(figure.records)[-1].pk
    for statement in DELETE[source]:
        owner.execute(statement, [gone])
    owner.commit()
    assert _figure(source, estate)[1:] == (value - 1, count - 1)
