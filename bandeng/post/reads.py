"""Questions about what was told, and how much of it still waits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from bandeng.kit import locks
from bandeng.post.models import Address, Channel, Delivery, DeliveryState, Message

RELAY = "post.relay"  # the lock of the one relay at work


@dataclass(frozen=True)
class Backlog:
    """Deliveries of one channel in one state; `age` of the oldest message among them."""

    channel: Channel
    state: DeliveryState
    count: int
    age: timedelta


def address_of(*, owner: UUID, channel: Channel) -> str:
    """Give where somebody is reached by `channel`; empty if they are not."""
    address = Address.objects.filter(owner=owner, channel=channel).first()
    return address.value if address else ""


def inbox(*, person: UUID) -> QuerySet[Message]:
    """Give what was told to somebody, newest first; what was erased is not shown."""
    return Message.objects.filter(recipient=person).exclude(subject="").order_by("-at", "-pk")


def unread(*, person: UUID) -> int:
    """Count what somebody has not read."""
    return inbox(person=person).filter(read_at=None).count()


def waiting(*, at: datetime) -> list[Backlog]:
    """Count what is queued, by channel.

    Returns: one row a channel that has any.
    """
    return _backlog(states=[DeliveryState.QUEUED], at=at)


def given_up(*, at: datetime) -> list[Backlog]:
    """Count what was given up, or could not be sent because no channel is configured.

    Returns: one row a channel and state that has any.
    """
    return _backlog(states=DeliveryState.undelivered(), at=at)


def relay_at_work() -> bool:
    """Tell whether a relay holds the lock now."""
    return locks.is_held(name=RELAY)


def _backlog(*, states: Collection[str], at: datetime) -> list[Backlog]:
    rows = (
        Delivery.objects.filter(state__in=states)
        .values("channel", "state")
        .annotate(count=Count("pk"), oldest=Min("message__at"))
        .order_by("channel", "state")
    )
    return [
        Backlog(
            channel=Channel(row["channel"]),
            state=DeliveryState(row["state"]),
            count=row["count"],
            age=at - row["oldest"],
        )
        for row in rows
    ]
