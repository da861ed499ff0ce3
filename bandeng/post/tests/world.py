"""Somebody who is reached by e-mail, and one message to them."""

from uuid import uuid4

from bandeng.post import actions
from bandeng.post.models import Channel
from bandeng.trail.rules import HOUSE


def furnish(world):
    world.reader = uuid4()
    by = {"by": HOUSE, "at": world.now}
    actions.set_address(
        owner=world.reader, channel=Channel.EMAIL, value="reader@example.org", verified=True,
        thread=world.thread, **by,
    )  # fmt: skip
    world.message = actions.tell(
        recipient=world.reader, subject="您反映的事项已受理", body="预计三个工作日内答复。",
        link="/cases/1/", channels=[Channel.IN_APP], **by,
    )  # fmt: skip
