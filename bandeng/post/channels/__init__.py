"""The ways out of the house. A channel sends one letter, or says why not."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from bandeng.post.channels.console import ConsoleSender
from bandeng.post.channels.letter import Letter, Refusal, Sender, Trouble, Unreachable
from bandeng.post.channels.mail import MailSender
from bandeng.post.models import Channel

__all__ = ["Letter", "Refusal", "Sender", "Trouble", "Unreachable", "sender"]


def _mail() -> Sender | None:
    url, writer = settings.BANDENG_SMTP_URL, settings.BANDENG_MAIL_FROM
    return MailSender(url=url, writer=writer) if url else None


def _sms() -> Sender | None:
    adapter: Callable[[], Sender] | None = (
        import_string(settings.BANDENG_SMS) if settings.BANDENG_SMS else None
    )
    return adapter() if adapter else None


SENDERS: dict[str, Callable[[], Sender | None]] = {
    Channel.EMAIL: _mail,
    Channel.SMS: _sms,
    Channel.CONSOLE: ConsoleSender,
}  # in the app needs no sending: the message is there with the act that it tells of


def sender(*, channel: str) -> Sender | None:
    """Open a channel; None when nobody has configured it."""
    return SENDERS[channel]()
