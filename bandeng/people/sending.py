"""A code goes out at once and by one channel: it is no message for an inbox."""

from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from bandeng.kit.errors import Refused
from bandeng.post.channels import Letter, Refusal, Sender, Trouble, Unreachable, sender
from bandeng.post.channels.console import ConsoleSender
from bandeng.post.models import Channel


class NotSent(Refused):
    """Nothing could be sent now."""


def available(*, channel: Channel) -> Sender | None:
    """Give the channel, if somebody has configured it; in the demo the console."""
    return sender(channel=channel) or (ConsoleSender() if settings.BANDENG_DEMO else None)


def send_code(*, to: str, code: str, channel: Channel = Channel.SMS) -> None:
    """Send a code to a number or address.

    Raises:
        NotSent: no such channel here, or it did not take the message.
    """
    words = _("%(code)s is your code for Bandeng. It is valid for five minutes; tell nobody.")
    letter = Letter(
        message_id=f"<{uuid4()}@bandeng>",
        to=to,
        subject=_("Your code"),
        body=words % {"code": code},
        link="",
    )
    out = available(channel=channel)
    if not out:
        raise NotSent(unavailable(channel=channel))
    try:
        out.send(letter=letter)
    except (Refusal, Trouble, Unreachable) as trouble:
        raise NotSent(
            _("The message could not be sent now; please try again in a minute.")
        ) from trouble
    finally:
        out.close()


def unavailable(*, channel: Channel) -> str:
    """Say that codes cannot be sent here."""
    if channel == Channel.EMAIL:
        return _("E-mails cannot be sent here yet.")
    return _(
        "Text messages cannot be sent here yet; please sign in by password or ask at the office."
    )
