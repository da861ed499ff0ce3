"""An estate in one community, a second community beside it."""

from datetime import date

from bandeng.places import actions
from bandeng.trail.rules import HOUSE

HERE, ELSEWHERE, SUBDISTRICT = "430203003001", "430203003002", "430203003"


def furnish(world):
    def add(code, name):
        return actions.add_area(
            code=code, name=name, since_on=date(2010, 1, 1), by=HOUSE, at=world.now
        )

    world.here, world.elsewhere = add(HERE, "甲社区"), add(ELSEWHERE, "乙社区")
    by = {"by": HOUSE, "at": world.now}
    world.estate = actions.add_estate(name="槐园", area=world.here, address="槐路1号", **by)
    world.building = actions.add_building(estate=world.estate, number="3", **by)
    world.home = actions.add_home(
        building=world.building, entrance="2", number="1502", floor=15, floor_area=8_850, **by
    )
