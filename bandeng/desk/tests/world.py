"""A message to Alice."""

from bandeng.post.actions import tell
from bandeng.trail.rules import HOUSE


def furnish(world):
    world.told = tell(
        recipient=world.people["Alice"].token,
        subject="您的上报已受理",
        body="编号在链接里。",
        link="/account/",
        by=HOUSE,
        at=world.now,
    )
