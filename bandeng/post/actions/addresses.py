"""Where somebody is reached, by token: a person, or a report without an account."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.post import rules
from bandeng.post.models import Address, Channel, Delivery, DeliveryState, Message
from bandeng.trail.actions import record
from bandeng.trail.models import Entry, Thread


class AddressRefused(Refused):
    """Nothing can be sent there."""


class NoSuchAddress(Refused):
    """There is none to drop."""


@action
def set_address(
    *,
    owner: UUID,
    channel: Channel,
    value: str,
    verified: bool,
    thread: Thread,
    by: UUID,
    at: datetime,
) -> Address:
    """Say where `owner` is reached by `channel`; the former address is forgotten.

    `thread` is the story that tells of it; the address itself is not in it. Only a
    verified address is used unless the channel is asked for by name.

    Raises:
        AddressRefused: not an e-mail address, or not a phone number with its country code.
    """
    value = value.strip()
    _check(channel=channel, value=value)
    address, _new = Address.objects.update_or_create(
        owner=owner,
        channel=channel,
        defaults={"value": value, "verified_at": at if verified else None},
    )
    record(
        thread=thread,
        verb="address.set",
        by=by,
        subject=owner,
        at=at,
        public={"channel": channel, "verified": verified},
    )
    return address


@action
def drop_address(*, owner: UUID, channel: Channel, thread: Thread, by: UUID, at: datetime) -> Entry:
    """Forget where `owner` is reached by `channel`; what is still queued finds nobody.

    Raises:
        NoSuchAddress: there is none.
    """
    dropped, _each = Address.objects.filter(owner=owner, channel=channel).delete()
    if not dropped:
        raise NoSuchAddress(_("There is no such address on record."))
    return record(
        thread=thread,
        verb="address.dropped",
        by=by,
        subject=owner,
        at=at,
        public={"channel": channel},
    )


def forget(*, owner: UUID) -> None:
    """Forget where somebody was reached and what they were told; a part of their erasure.

    Source: 个人信息保护法 art. 47.
    """
    Address.objects.filter(owner=owner).delete()
    theirs = Delivery.objects.filter(message__recipient=owner)
    theirs.filter(state=DeliveryState.QUEUED).update(state=DeliveryState.GAVE_UP)
    theirs.update(last_error="")
    Message.objects.filter(recipient=owner).update(subject="", body="", link="")


def _check(*, channel: Channel, value: str) -> None:
    if channel == Channel.EMAIL:
        try:
            validate_email(value)
        except ValidationError:
            raise AddressRefused(_("This is not an e-mail address.")) from None
    if channel == Channel.SMS and not rules.E164.fullmatch(value):
        raise AddressRefused(_("Please give the phone number with its country code: +86…"))
