"""Another estate beside the world's own, of any size: its figures are named and counted."""

from datetime import date, timedelta

from bandeng.cases.actions import make_safe, name_buildings, submit_report
from bandeng.cases.models import Case
from bandeng.cases.rules.states import Kind
from bandeng.places.actions import add_building, add_estate, add_home, set_state
from bandeng.places.models import Estate, HomeCondition
from bandeng.stories import recount
from bandeng.stories.actions import define_figure
from bandeng.stories.catalogue import SOURCES
from bandeng.trail.rules import HOUSE

SINCE = date(2019, 5, 1)


def willow(*, world, buildings, homes):
    """Every second home is occupied; all buildings but the last are at risk."""
    by = {"by": HOUSE, "at": world.now}
    estate = add_estate(name="柳园", area=world.here, address="", **by)
    made = [add_building(estate=estate, number=str(n + 1), **by) for n in range(buildings)]
    for building in made:
        for number in range(homes):
            home = add_home(building=building, entrance="1", number=str(101 + number), **by)
            if number % 2 == 0:
                occupied = HomeCondition.OCCUPIED
                set_state(home=home, condition=occupied, since_on=SINCE, source="名册", **by)
    case = _hazard(estate, world, made[:-1] or made)
    _name_figures(estate=estate, case=case, **by)
    return {Estate: estate.token, Case: case.token}


def _hazard(estate, world, affected):
    by = {"by": HOUSE, "at": world.now}
    told = submit_report(estate=estate, category=world.facade, kind=Kind.HAZARD, text="掉砖", **by)
    case = told.report.case
    name_buildings(case=case, buildings=affected, by=world.people["Erin"], at=world.now)
    make_safe(
        case=case, note="已铲除", without_photo="夜里没有光", by=world.people["Erin"],
        at=world.now + timedelta(days=3),
    )  # fmt: skip
    return case


def _name_figures(*, estate, case, by, at):
    for source in recount.COUNTS:
        token = case.token if SOURCES[source].subject is Case else estate.token
        define_figure(
            key=f"willow.{source.split('.')[1]}",
            source=source,
            subject=token,
            label_zh=source,
            label_en=source,
            by=by,
            at=at,
        )
