"""One attempt to bring one message by one channel."""

import logging
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import transaction

from bandeng.post import rules
from bandeng.post.channels import Letter, Refusal, Sender, Trouble, Unreachable
from bandeng.post.models import Address, Delivery, DeliveryState
from bandeng.post.parameters import ATTEMPTS, FIRST_WAIT, LONGEST_WAIT

log = logging.getLogger("bandeng.post")


@dataclass(frozen=True)
class Attempt:
    """What came of it. `reachable` is False when the channel as a whole did not answer."""

    delivery: Delivery
    reachable: bool = True


@transaction.atomic
def deliver_next(*, channel: str, sender: Sender | None, at: datetime) -> Attempt | None:
    """Try the delivery of `channel` that has waited longest; None when none is due.

    The row is locked while the letter is on its way, so that no other relay sends it
    too. A crash before the commit sends it again, with the same Message-ID.
    """
    due = Delivery.objects.filter(state=DeliveryState.QUEUED, channel=channel, due_at__lte=at)
    delivery = (
        due.select_for_update(skip_locked=True, of=("self",))
        .select_related("message")
        .order_by("due_at", "pk")
        .first()
    )
    if delivery is None:
        return None
    reachable = _attempt(delivery=delivery, sender=sender, at=at)
    delivery.save(update_fields=["state", "attempts", "due_at", "sent_at", "last_error"])
    return Attempt(delivery, reachable)


def requeue(*, channel: str, at: datetime) -> int:
    """Let the relay try again what was given up or could not be sent by `channel`.

    Returns: how many deliveries.
    """
    ended = Delivery.objects.filter(channel=channel, state__in=DeliveryState.undelivered())
    return ended.exclude(message__subject="").update(
        state=DeliveryState.QUEUED, attempts=0, due_at=at, last_error=""
    )


def _attempt(*, delivery: Delivery, sender: Sender | None, at: datetime) -> bool:
    """Send, and note on `delivery` what came of it; tell whether the channel was there."""
    if sender is None:
        delivery.state = DeliveryState.NOT_CONFIGURED
        return True
    address = Address.objects.filter(
        owner=delivery.message.recipient, channel=delivery.channel
    ).first()
    if address is None:
        _give_up(delivery=delivery, why="no address")
        return True
    delivery.attempts += 1
    try:
        sender.send(letter=_letter(delivery=delivery, to=address.value))
    except Refusal as refusal:
        _give_up(delivery=delivery, why=_hidden(error=refusal, to=address.value))
    except Exception as trouble:  # noqa: BLE001  # adapters are other people's code
        _note(delivery=delivery, trouble=trouble, to=address.value, at=at)
        return not isinstance(trouble, Unreachable)
    else:
        delivery.state, delivery.sent_at, delivery.last_error = DeliveryState.SENT, at, ""
    return True


def _note(*, delivery: Delivery, trouble: Exception, to: str, at: datetime) -> None:
    if not isinstance(trouble, Trouble | Unreachable):
        log.error("delivery %s: unexpected", delivery.pk, exc_info=trouble)
    why = _hidden(error=trouble, to=to)
    if delivery.attempts >= ATTEMPTS:
        _give_up(delivery=delivery, why=why)
    else:
        wait = rules.wait(attempts=delivery.attempts, first=FIRST_WAIT, longest=LONGEST_WAIT)
        delivery.due_at, delivery.last_error = at + wait, why


def _give_up(*, delivery: Delivery, why: str) -> None:
    delivery.state, delivery.last_error = DeliveryState.GAVE_UP, why


def _hidden(*, error: Exception, to: str) -> str:
    """Give what went wrong without the address, which servers like to repeat."""
    return (str(error) or type(error).__name__).replace(to, "…")[:500]


def _letter(*, delivery: Delivery, to: str) -> Letter:
    message = delivery.message
    host = urlsplit(settings.BANDENG_URL).hostname or "localhost"
    return Letter(
        message_id=rules.message_id(token=message.token, host=host),
        to=to,
        subject=message.subject,
        body=message.body,
        link=urljoin(settings.BANDENG_URL, message.link) if message.link else "",
    )
