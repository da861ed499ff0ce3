"""What each action of this room is called with (tests/test_actions.py)."""

from datetime import date

from bandeng.places.rules.calendar import Exceptional
from bandeng.trail.rules import HOUSE


def acts(world):
    new_year = date(2027, 1, 1)
    given = {
        "add_area": {"code": "430203003009", "name": "丙社区", "since_on": date(2020, 1, 1)},
        "add_estate": {"name": "柳园", "area": world.here, "address": ""},
        "add_building": {"estate": world.estate, "number": "4"},
        "add_home": {"building": world.building, "entrance": "1", "number": "101"},
        "replace_year": {
            "year": 2027,
            "source": "通知",
            "days": {new_year: Exceptional(False, "元旦")},
        },
        "set_day": {"day": date(2026, 1, 1), "works": None, "name": ""},
    }
    return {name: {**arguments, "by": HOUSE} for name, arguments in given.items()}
