"""What each action of this room is called with (tests/test_actions.py)."""

from datetime import date

from bandeng.trail.rules import HOUSE


def acts(world):
    given = {
        "add_area": {"code": "430203003009", "name": "丙社区", "since_on": date(2020, 1, 1)},
        "add_estate": {"name": "柳园", "area": world.here, "address": ""},
        "add_building": {"estate": world.estate, "number": "4"},
        "add_home": {"building": world.building, "entrance": "1", "number": "101"},
    }
    return {name: {**arguments, "by": HOUSE} for name, arguments in given.items()}
