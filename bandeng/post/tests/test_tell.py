"""Telling somebody something, and what they find in their inbox."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.post.actions import (
    AddressRefused,
    NoSuchAddress,
    drop_address,
    forget,
    mark_all_read,
    mark_read,
    set_address,
    tell,
)
from bandeng.post.models import Address, Channel, Delivery, DeliveryState, Message
from bandeng.post.reads import inbox, unread
from bandeng.trail.models import Entry
from bandeng.trail.reads import private
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def _tell(to, subject="已办结", at=NOW, channels=None):
    return tell(recipient=to, subject=subject, body="请评价。", channels=channels, by=HOUSE, at=at)


def _channels(message):
    return {d.channel: d.state for d in message.deliveries.all()}


def test_without_a_word_on_channels_every_verified_address_is_used(world):
    set_address(owner=world.reader, channel=Channel.SMS, value="+8613800000077", verified=False,
                thread=world.thread, by=HOUSE, at=NOW)  # fmt: skip
    assert _channels(_tell(world.reader)) == {"in_app": "sent", "email": "queued"}
    assert _channels(_tell(uuid4())) == {"in_app": "sent"}
    assert _channels(_tell(world.reader, channels=[Channel.SMS])) == {"sms": "queued"}
    assert _channels(_tell(world.reader, channels=[])) == {}


def test_what_is_told_goes_with_the_act_that_it_tells_of(world):
    @action
    def close(*, by, at):
        _tell(world.reader)
        raise Refused

    with pytest.raises(Refused), transaction.atomic():
        close(by=HOUSE, at=NOW)
    assert list(inbox(person=world.reader)) == [world.message]


def test_the_inbox_shows_the_newest_first_to_its_owner_alone(world):
    later = _tell(world.reader, at=LATER)
    assert list(inbox(person=world.reader)) == [later, world.message]
    assert list(inbox(person=uuid4())) == []


def test_a_message_is_read_once(world):
    assert unread(person=world.reader) == 1
    mark_read(message=world.message, at=NOW)
    mark_read(message=world.message, at=LATER)
    assert Message.objects.get(pk=world.message.pk).read_at == NOW
    _tell(world.reader)
    _tell(world.reader)
    assert mark_all_read(recipient=world.reader, at=LATER) == 2
    assert unread(person=world.reader) == 0


@pytest.mark.parametrize(("language", "subject"), [("en", "queued"), ("zh-hans", "待发送")])
def test_the_caller_chooses_the_language(world, language, subject):
    with translation.override(language):
        assert _tell(world.reader, subject=_("queued")).subject == subject


def test_a_subject_is_one_line_of_at_most_200_characters(world):
    assert _tell(world.reader, subject="a\r\nBcc: b\n c").subject == "a Bcc: b c"
    assert _tell(world.reader, subject="长" * 300).subject == "长" * 199 + "…"
    with pytest.raises(ValueError, match="empty"):
        _tell(world.reader, subject=" \n")


@pytest.mark.parametrize(
    ("channel", "value"),
    [
        (Channel.EMAIL, "reader"), (Channel.EMAIL, "a@b.cn\nBcc: c@d.cn"), (Channel.EMAIL, ""),
        (Channel.SMS, "13800000001"), (Channel.SMS, "+86 138"), (Channel.SMS, ""),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_one_is_refused(world, channel, value):
    with pytest.raises(AddressRefused):
        set_address(owner=world.reader, channel=channel, value=value, verified=True,
                    thread=world.thread, by=HOUSE, at=NOW)  # fmt: skip
    assert Address.objects.get(owner=world.reader).value == "reader@example.org"


def test_the_story_tells_that_an_address_changed_but_never_the_address(world):
    entry = Entry.objects.get(verb="address.set", subject=world.reader)
    assert (private(entry=entry), b"reader@" in bytes(entry.public)) == ({}, False)


def test_a_dropped_address_is_gone(world):
    where = {"owner": world.reader, "channel": Channel.EMAIL, "thread": world.thread}
    drop_address(**where, by=HOUSE, at=NOW)
    assert _channels(_tell(world.reader)) == {"in_app": "sent"}
    with pytest.raises(NoSuchAddress):
        drop_address(**where, by=HOUSE, at=NOW)


def test_whoever_is_forgotten_has_no_address_and_was_told_nothing(world):
    message = _tell(world.reader)
    forget(owner=world.reader)
    assert not Address.objects.filter(owner=world.reader).exists()
    assert list(inbox(person=world.reader)) == []
    assert Message.objects.get(pk=message.pk).body == ""
    assert Delivery.objects.get(message=message, channel="email").state == DeliveryState.GAVE_UP
