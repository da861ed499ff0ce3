"""One counted record less is one less in the count: on a clone, by the owner alone."""

import pytest
from django.utils import timezone

from bandeng.stories.catalogue import SOURCES
from bandeng.stories.tests.willow import willow

HOME = ["DELETE FROM places_homestate WHERE home_id = %s", "DELETE FROM places_home WHERE id = %s"]
DELETE = {
    "places.homes": HOME,
    "cases.homes_at_risk": HOME,
    "funds.homes_in_arrears": ["DELETE FROM funds_due WHERE receivable_id = %s"],
    "places.buildings": [
        "DELETE FROM cases_casebuilding WHERE building_id = %s",
        "DELETE FROM places_homestate USING places_home h WHERE home_id = h.id AND building_id = %s",
        "DELETE FROM places_home WHERE building_id = %s",
        "DELETE FROM places_building WHERE id = %s",
    ],
}


def _figure(source, tokens):
    counted = SOURCES[source]
    figure = counted.figure(subject=tokens[counted.subject], at=timezone.now())
    assert figure
    return figure, figure.value, figure.count


@pytest.mark.parametrize("source", DELETE)
def test_deleting_one_counted_record_changes_its_count_by_exactly_one(owner, world, source):
    tokens = willow(world=world, buildings=3, homes=4)
    figure, value, count = _figure(source, tokens)
    gone = list(figure.records)[-1].pk
    for statement in DELETE[source]:
        owner.execute(statement, [gone])
    owner.commit()
    assert _figure(source, tokens)[1:] == (value - 1, count - 1)
