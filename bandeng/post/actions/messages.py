"""What is told: written with the act that it tells of, or not at all."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from bandeng.post import rules
from bandeng.post.models import Address, Channel, Delivery, DeliveryState, Message
from bandeng.post.parameters import SUBJECT_LENGTH


def tell(
    *,
    recipient: UUID,
    subject: str,
    body: str,
    link: str = "",
    channels: Collection[Channel] | None = None,
    by: UUID,
    at: datetime,
) -> Message:
    """Tell `recipient` something; call it inside the action that it tells of.

    The words are the caller's, in the recipient's language. `link` is a path of this
    house. Without `channels`: in the app, and by every verified address.
    """
    if not subject.strip():
        raise ValueError("an empty subject is that of an erased message")
    message = Message.objects.create(
        recipient=recipient,
        sender=by,
        subject=rules.one_line(text=subject, length=SUBJECT_LENGTH),
        body=body,
        link=link,
        at=at,
    )
    Delivery.objects.bulk_create(
        _delivery(message=message, channel=Channel(channel))
        for channel in dict.fromkeys(_usual(recipient=recipient) if channels is None else channels)
    )
    return message


def _usual(*, recipient: UUID) -> list[str]:
    known = Address.objects.filter(owner=recipient, verified_at__isnull=False)
    return [Channel.IN_APP, *known.order_by("channel").values_list("channel", flat=True)]


def _delivery(*, message: Message, channel: Channel) -> Delivery:
    there = channel == Channel.IN_APP  # the message is in the inbox with its commit
    return Delivery(
        message=message,
        channel=channel,
        state=DeliveryState.SENT if there else DeliveryState.QUEUED,
        sent_at=message.at if there else None,
        due_at=message.at,
    )


def mark_read(*, message: Message, at: datetime) -> None:
    """Note that its recipient has read `message`; the first time counts."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at)


def mark_all_read(*, recipient: UUID, at: datetime) -> int:
    """Note that `recipient` has read everything.

    Returns: how many messages were unread.
    """
    return Message.objects.filter(recipient=recipient, read_at=None).update(read_at=at)
