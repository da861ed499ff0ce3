"""A thread with one entry that keeps a name back."""

from uuid import uuid4

from bandeng.trail import actions
from bandeng.trail.models import Thread
from bandeng.trail.rules import HOUSE


def furnish(world):
    world.thread, world.subject = Thread.objects.create(), uuid4()
    world.entry = actions.record(
        thread=world.thread,
        verb="test.happened",
        by=HOUSE,
        subject=world.subject,
        at=world.now,
        public={"count": 1},
        private={"name": "某人"},
    )
