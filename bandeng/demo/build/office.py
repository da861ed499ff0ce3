"""Areas, bodies, people, categories and rules: what an office enters in its first week."""

from datetime import date
from typing import Any

from bandeng.cases.actions import add_category, add_rule
from bandeng.cases.rules.deadlines import Limit
from bandeng.cases.rules.states import Kind
from bandeng.demo.build.stage import Stage, clock
from bandeng.demo.cast import AREAS, COMMUNITY, ORGANISATIONS, RESIDENTS, STAFF, SUBDISTRICT, phone
from bandeng.people.actions import add_organisation, assign_role, enrol_person
from bandeng.places.actions import add_area, add_estate
from bandeng.places.rules.calendar import Unit
from bandeng.trail.rules import HOUSE

SINCE = date(2015, 1, 1)
FIRST_DAY = clock(2024, 7, 29)
INVENTED = "虚构演示：由演示街道自定"

# code: Chinese, English, kind, limit, whom it goes to
CATEGORIES = {
    "fire": ("消防设施", "Fire-safety facilities", Kind.HAZARD, (24, Unit.HOURS), "subdistrict"),
    "facade": ("外墙脱落", "Falling facade", Kind.HAZARD, (24, Unit.HOURS), "subdistrict"),
    "lift": ("电梯故障", "Lift out of order", Kind.HAZARD, (24, Unit.HOURS), "property"),
    "leak": ("漏水渗水", "Leaking water", Kind.COMPLAINT, (7, Unit.WORKING_DAYS), "property"),
    "rubbish": ("环境卫生", "Rubbish, smell, clutter", Kind.COMPLAINT, (3, Unit.WORKING_DAYS), "property"),
    "light": ("路灯照明", "Lights out", Kind.COMPLAINT, (5, Unit.WORKING_DAYS), "property"),
    "noise": ("噪声扰民", "Noise", Kind.DISPUTE, (10, Unit.WORKING_DAYS), "community"),
    "parking": ("停车纠纷", "Parking", Kind.DISPUTE, (15, Unit.DAYS), "community"),
    "certificate": ("不动产证办理", "Property certificate", Kind.LONG_STUCK, (60, Unit.DAYS), "subdistrict"),
    "help": ("生活帮扶", "Help in daily life", Kind.ASSISTANCE, (10, Unit.WORKING_DAYS), "community"),
}  # fmt: skip


def open_office(*, stage: Stage) -> None:
    """Enter everything that stands before the first report."""
    by: dict[str, Any] = {"by": HOUSE, "at": FIRST_DAY}
    areas = {code: add_area(code=code, name=name, since_on=SINCE, **by) for code, name in AREAS}
    for key, (name, kind, code) in ORGANISATIONS.items():
        stage.organisations[key] = add_organisation(name=name, kind=kind, area_code=code, **by)
    for key, (name, role, body) in STAFF.items():
        person = enrol_person(name=name, phone=phone(key=key), verified=True, **by)
        organisation = stage.organisations[body]
        assign_role(person=person, organisation=organisation, role=role, since_on=SINCE, **by)
        stage.people[key] = person
    for key, name in RESIDENTS.items():
        stage.people[key] = enrol_person(name=name, phone=phone(key=key), verified=True, **by)
    stage.estate = add_estate(name=stage.plan.name, area=areas[COMMUNITY], address="", **by)
    _enter_rules(stage)


def _enter_rules(stage: Stage) -> None:
    by: dict[str, Any] = {"by": stage.people["administrator"], "at": FIRST_DAY, "since_on": SINCE}
    for order, (code, row) in enumerate(CATEGORIES.items(), start=1):
        chinese, english, kind, (n, unit), body = row
        stage.categories[code] = add_category(
            code=code, name_zh=chinese, name_en=english, kind=kind,
            limit=Limit(n, unit, INVENTED), order=order, **by,
        )  # fmt: skip
        add_rule(
            category=stage.categories[code], area_code=COMMUNITY,
            organisation=stage.organisations[body], **by,
        )  # fmt: skip
    add_rule(area_code=COMMUNITY, organisation=stage.organisations["community"], **by)
    add_rule(area_code=SUBDISTRICT, organisation=stage.organisations["subdistrict"], **by)
