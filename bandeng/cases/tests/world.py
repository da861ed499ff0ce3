"""A category, a rule, a case that Alice reported and the property company is asked to handle."""

from datetime import date

from bandeng.cases import actions
from bandeng.cases.models import Channel
from bandeng.cases.rules.deadlines import Limit
from bandeng.cases.rules.states import Kind
from bandeng.places.rules.calendar import Unit
from bandeng.places.tests.world import HERE, SUBDISTRICT
from bandeng.trail.rules import HOUSE

SINCE = date(2020, 1, 1)


def furnish(world):
    by = {"by": HOUSE, "at": world.now}

    def category(code, zh, en, kind, limit):
        return actions.add_category(
            code=code, name_zh=zh, name_en=en, kind=kind, limit=limit, since_on=SINCE, **by
        )

    days = Limit(5, Unit.WORKING_DAYS, "街道办事清单")
    world.lamps = category("lamps", "楼道照明", "Stairway lights", Kind.COMPLAINT, days)
    world.facade = category(
        "facade", "外墙脱落", "Falling facade", Kind.HAZARD, Limit(24, Unit.HOURS, "街道办事清单")
    )
    world.rule = actions.add_rule(
        organisation=world.company, estate=world.estate, since_on=SINCE, **by
    )
    world.fallback = actions.add_rule(
        organisation=world.subdistrict, area_code=SUBDISTRICT, since_on=SINCE, **by
    )
    submitted = actions.submit_report(
        estate=world.estate,
        building=world.building,
        category=world.lamps,
        text="三楼的灯坏了一周",
        place="2单元三楼",
        name="爱丽丝",
        phone="+8613800000001",
        channel=Channel.QR,
        by=world.people["Alice"],
        at=world.now,
    )
    world.report, world.secret, world.case = (
        submitted.report,
        submitted.secret,
        submitted.report.case,
    )
    world.case.refresh_from_db()
    assert world.case.area_code == HERE
