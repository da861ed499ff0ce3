"""What each action of this room is called with (tests/test_actions.py)."""

from datetime import date, timedelta

from bandeng.places import actions
from bandeng.places.models import AliasKind, HomeCondition, ManagementStatus
from bandeng.places.rules.calendar import Exceptional
from bandeng.places.rules.roster import read_roster
from bandeng.places.rules.roster.workbook import Sheet
from bandeng.trail.rules import HOUSE

ROWS = [["楼栋", "单元", "房号", "面积"], ["5栋", "1单元", "101", "88.5㎡"]]
TODAY = date(2024, 3, 1)


def acts(world):
    new_year, by = date(2027, 1, 1), {"by": HOUSE, "at": world.now}
    empty = actions.add_area(code="430203003008", name="丁社区", since_on=TODAY, **by)
    alias = actions.add_alias(building=world.building, kind=AliasKind.SALES, number="9", **by)
    home, sealed = world.home, HomeCondition.SEALED
    state = actions.set_state(home=home, condition=sealed, since_on=TODAY, source="裁定", **by)
    upload = actions.keep_upload(estate=world.estate, file_name="册.xlsx", content=b"1", **by)
    long_ago = {"by": HOUSE, "at": world.now - timedelta(days=2)}
    actions.keep_upload(estate=world.estate, file_name="旧册.xlsx", content=b"1", **long_ago)
    given = {
        "add_area": {"code": "430203003009", "name": "丙社区", "since_on": date(2020, 1, 1)},
        "add_estate": {"name": "柳园", "area": world.here, "address": ""},
        "add_building": {"estate": world.estate, "number": "4"},
        "add_home": {"building": world.building, "entrance": "1", "number": "101"},
        "rename_area": {"area": world.here, "name": "甲新社区", "since_on": TODAY},
        "end_area": {"area": empty, "until_on": date(2024, 4, 1)},
        "change_estate": {
            "estate": world.estate,
            "name": "槐树园",
            "address": "槐路2号",
            "area": world.here,
        },
        "add_alias": {"building": world.building, "kind": AliasKind.POLICE, "number": "12"},
        "remove_alias": {"alias": alias},
        "set_management": {
            "building": world.building,
            "status": ManagementStatus.NOBODY,
            "since_on": TODAY,
        },
        "change_home": {
            "home": home,
            "floor": 15,
            "floor_area": 8_900,
            "area_source": "register",
        },
        "set_state": {
            "home": home,
            "condition": HomeCondition.SOLD,
            "since_on": TODAY,
            "source": "合同",
        },
        "end_state": {"state": state, "until_on": date(2024, 4, 1)},
        "keep_upload": {"estate": world.estate, "file_name": "册.xlsx", "content": b"1"},
        "discard_upload": {"upload": upload},
        "discard_abandoned_uploads": {},
        "import_roster": {
            "estate": world.estate,
            "roster": read_roster(sheets=[Sheet("", [[*row] for row in ROWS])]),
            "file_name": "册.xlsx",
            "content_hash": b"0" * 32,
        },
        "replace_year": {
            "year": 2027,
            "source": "通知",
            "days": {new_year: Exceptional(False, "元旦")},
        },
        "set_day": {"day": date(2026, 1, 1), "works": None, "name": ""},
    }
    return {name: {**arguments, "by": HOUSE} for name, arguments in given.items()}
