"""What each action of this room is called with (tests/test_actions.py)."""

from bandeng.trail.actions import attach
from bandeng.trail.models import Audience
from bandeng.trail.rules import HOUSE
from bandeng.trail.tests.pictures import photo
from bandeng.trail.tests.world import AUDITOR


def acts(world):
    said = {"audience": Audience.INTERNAL, "text": "已电话核实。", "subject": world.subject}
    hung = {"thread": world.thread, "file": photo(), "audience": Audience.PUBLIC}
    given = {
        "erase_private": {"entry": world.entry},
        "comment": {"thread": world.thread, **said},
        "attach": hung,
        "register_witness": {"key": str(AUDITOR.public), "role": "审计"},
        "retire_witness": {"witness": world.witness},
        "erase_attachment": {"attachment": attach(**hung, by=HOUSE, at=world.now)},
    }
    return {name: {**arguments, "by": HOUSE} for name, arguments in given.items()}
