"""Another estate beside the world's own, of any size, with its figures named."""

from bandeng.places.actions import add_building, add_estate, add_home
from bandeng.stories.actions import define_figure
from bandeng.stories.tests import recount
from bandeng.trail.rules import HOUSE


def willow(*, world, buildings, homes):
    by = {"by": HOUSE, "at": world.now}
    estate = add_estate(name="柳园", area=world.here, address="", **by)
    for number in range(buildings):
        building = add_building(estate=estate, number=str(number + 1), **by)
        for home in range(homes):
            add_home(building=building, entrance="1", number=str(101 + home), **by)
    for source in recount.COUNTS:
        define_figure(
            key=f"willow.{source.split('.')[1]}",
            source=source,
            subject=estate.token,
            label_zh=source,
            label_en=source,
            **by,
        )
    return estate
