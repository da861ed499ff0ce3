"""What each action of this room is called with (tests/test_actions.py)."""

from bandeng.post.models import Channel
from bandeng.trail.rules import HOUSE


def acts(world):
    where = {"owner": world.reader, "channel": Channel.EMAIL, "thread": world.thread, "by": HOUSE}
    return {
        "set_address": {**where, "value": "other@example.org", "verified": False},
        "drop_address": where,
    }
