"""What each action of this room is called with (tests/test_actions.py)."""

from bandeng.trail.rules import HOUSE


def acts(world):
    return {"erase_person": {"person": world.people["Charlie"], "by": HOUSE}}
