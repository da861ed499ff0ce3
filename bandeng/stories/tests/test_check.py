"""The figures against a naive recount, on whatever estate is furnished."""

import pytest
from django.utils import timezone

from bandeng.stories import reads, recount
from bandeng.stories.catalogue import SOURCES
from bandeng.stories.models import FigureKey
from bandeng.stories.tests.willow import willow
from tests.world import NOW

pytestmark = pytest.mark.django_db


SIZES = [(1, 1), (3, 7), (5, 2)]


def _check(**bounds):
    rows = [{"key": key.replace("__", "."), "min": b, "max": b} for key, b in bounds.items()]
    return reads.check(bounds=rows, at=NOW)


def test_every_built_source_is_recounted():
    assert set(recount.COUNTS) == {name for name, source in SOURCES.items() if source.count}


@pytest.mark.parametrize(("buildings", "homes"), SIZES)
def test_figures_equal_the_naive_recount(world, buildings, homes):
    willow(world=world, buildings=buildings, homes=homes)
    for key in FigureKey.objects.filter(source__in=recount.COUNTS):
        expected = recount.COUNTS[key.source](key.subject)
        (row,) = reads.check(
            bounds=[{"key": key.key, "min": expected, "max": expected}], at=timezone.now()
        )
        assert (row["found"], row["ok"], row["built"]) == (expected, True, True)


def test_a_figure_outside_its_bounds_is_not_ok(world):
    (row,) = _check(elm__homes=2)
    assert row == {
        "key": "elm.homes", "min": 2, "max": 2, "found": 1, "ok": False, "built": True, "records": 1,
    }  # fmt: skip


def test_a_figure_that_nobody_named_or_built_is_not_ok(world):
    unknown, unbuilt = _check(elm__cats=1, elm__tender_on=1)
    assert not unknown["built"]
    assert not unbuilt["built"]
    assert unbuilt["found"] is None
    assert not unbuilt["ok"]
