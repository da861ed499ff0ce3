"""The relay: nothing twice without a sign of it, nothing lost in silence."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import StringIO
from threading import Event
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from bandeng.kit import sweeping
from bandeng.post import parameters, rules
from bandeng.post.actions import deliver_next, requeue, set_address, tell
from bandeng.post.channels import sender
from bandeng.post.models import Channel, Delivery, DeliveryState
from bandeng.post.reads import given_up, relay_at_work, waiting
from bandeng.post.relay import Relay
from bandeng.post.tests.adapters import TROUBLES, Kept
from bandeng.trail.models import Thread
from bandeng.trail.rules import HOUSE
from tests.databases import ROOT
from tests.world import NOW

PHONE = "+8613800000001"


class Clock:
    """The test's own: it moves when it is told to."""

    def __init__(self):
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by):
        self.now += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def relay(clock, settings):
    settings.BANDENG_SMS = "bandeng.post.tests.adapters.Kept"
    Kept.letters, Kept.raises = [], None
    return Relay(clock=clock, stop=Event())


def _tell(channel=Channel.SMS, value=PHONE, **words):
    """Tell somebody new something by one channel."""
    recipient = uuid4()
    if value:
        set_address(owner=recipient, channel=channel, value=value, verified=True,
                    thread=Thread.objects.create(), by=HOUSE, at=NOW)  # fmt: skip
    said = {"subject": "已办结", "body": "请评价。", "link": "/cases/1/"} | words
    message = tell(recipient=recipient, channels=[channel], by=HOUSE, at=NOW, **said)
    return message.deliveries.get()


def _again(delivery):
    return Delivery.objects.get(pk=delivery.pk)


def _wait(attempts):
    first, longest = parameters.FIRST_WAIT, parameters.LONGEST_WAIT
    return rules.wait(attempts=attempts, first=first, longest=longest)


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_each_wait_is_longer_until_six_hours(one, other):
    less, more = sorted((one, other))
    assert timedelta(seconds=30) <= _wait(less) <= _wait(more) <= timedelta(hours=6)


def test_a_mail_server_may_be_away_for_a_day_and_a_night():
    waits = [_wait(attempts) for attempts in range(1, parameters.ATTEMPTS)]
    assert sum(waits, timedelta()) > timedelta(hours=24)


@pytest.mark.django_db
def test_a_message_goes_out_with_its_link_and_its_name(relay, settings):
    settings.BANDENG_URL = "https://bench.example.org"
    delivery = _tell()
    assert relay.empty() == {"sent": 1}
    (letter,) = Kept.letters
    assert letter.to == PHONE
    assert letter.text == "请评价。\n\nhttps://bench.example.org/cases/1/"
    assert letter.message_id == f"<{delivery.message.token}@bench.example.org>"
    assert _again(delivery).sent_at == NOW
    assert relay.empty() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["trouble", "a bug of theirs"])
def test_what_fails_is_tried_again_later_and_at_last_given_up(relay, clock, why):
    delivery, Kept.raises = _tell(), TROUBLES[why]
    for attempt in range(1, parameters.ATTEMPTS):
        assert relay.empty() == {"queued": 1}
        assert relay.empty() == {}
        assert _again(delivery).due_at == clock.now + _wait(attempt)
        clock.now = _again(delivery).due_at
    assert relay.empty() == {"gave_up": 1}
    assert _again(delivery).last_error
    (backlog,) = given_up(at=clock.now)
    assert (backlog.channel, backlog.count, backlog.age) == ("sms", 1, clock.now - NOW)
    assert waiting(at=clock.now) == []


@pytest.mark.django_db
def test_what_is_refused_is_given_up_at_once_and_the_address_is_not_repeated(relay):
    delivery, Kept.raises = _tell(), TROUBLES["refusal"]
    assert relay.empty() == {"gave_up": 1}
    assert _again(delivery).last_error == "no such number …"


@pytest.mark.django_db
def test_a_message_to_nobodys_address_is_given_up(relay):
    delivery = _tell(value="")
    assert relay.empty() == {"gave_up": 1}
    assert (_again(delivery).attempts, _again(delivery).last_error) == (0, "no address")


@pytest.mark.django_db
def test_without_an_adapter_a_text_message_says_that_none_is_configured(relay, settings):
    settings.BANDENG_SMS = ""
    delivery = _tell()
    assert relay.empty() == {"not_configured": 1}
    assert _again(delivery).state == DeliveryState.NOT_CONFIGURED
    assert [(b.state, b.count) for b in given_up(at=NOW)] == [("not_configured", 1)]


@pytest.mark.django_db
def test_what_was_given_up_can_be_tried_again(relay, clock):
    delivery, Kept.raises = _tell(), TROUBLES["refusal"]
    relay.empty()
    Kept.raises = None
    assert requeue(channel=Channel.SMS, at=clock.now) == 1
    assert relay.empty() == {"sent": 1}
    assert _again(delivery).attempts == 1
    assert requeue(channel=Channel.SMS, at=clock.now) == 0


@pytest.mark.django_db
def test_a_channel_that_is_away_rests_and_the_others_go_on(relay, clock, capsys):
    first, second, Kept.raises = _tell(), _tell(), TROUBLES["unreachable"]
    printed = _tell(Channel.CONSOLE, "the desk")
    assert relay.empty() == {"queued": 1, "sent": 1}
    assert "the desk" in capsys.readouterr().out
    assert _again(printed).state == DeliveryState.SENT
    assert (_again(first).attempts, _again(second).attempts) == (1, 0)
    Kept.raises = None
    assert relay.empty() == {}
    clock.forward(seconds=parameters.CHANNEL_REST)
    assert relay.empty() == {"sent": 2}


@pytest.mark.django_db
def test_no_channel_waits_for_the_end_of_another(relay, monkeypatch):
    monkeypatch.setattr("bandeng.post.relay.BATCH", 2)
    for _each in range(5):
        _tell()
    last = _tell(Channel.CONSOLE, "the desk")
    assert relay.turn() == {"sent": 3}
    assert _again(last).state == DeliveryState.SENT
    assert relay.empty() == {"sent": 3}


@pytest.mark.django_db
def test_the_age_of_what_waits_is_that_of_the_oldest(relay, clock):
    _tell()
    _tell()
    _tell(Channel.CONSOLE, "the desk")
    clock.forward(minutes=5)
    found = [(b.channel, b.count, b.age) for b in waiting(at=clock.now)]
    assert found == [("console", 1, timedelta(minutes=5)), ("sms", 2, timedelta(minutes=5))]


def _in_threads(*jobs):
    def closing(job):
        try:
            job()
        finally:
            connection.close()

    threads = [threading.Thread(target=closing, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Once(Event):
    """Ends the relay after its first look."""

    def wait(self, timeout=None):
        self.set()
        return True


def test_whichever_relay_is_at_work_lets_the_rooms_clear_away_what_is_over(relay, clock):
    relay.stop = Once()
    relay.run()
    assert relay.sweeper.due == {sweep: clock() + every for every, sweep in sweeping.known()}
    assert len(relay.sweeper.due) >= 2


def test_two_at_work_deliver_each_message_once(own_clone, relay, clock):
    deliveries = [_tell() for _each in range(40)]
    out = sender(channel=Channel.SMS)

    def carry():
        while deliver_next(channel=Channel.SMS, sender=out, at=clock.now):
            pass

    _in_threads(carry, carry, carry)
    sent = [letter.message_id for letter in Kept.letters]
    assert len(sent) == len(set(sent)) == len(deliveries)
    assert not Delivery.objects.exclude(state=DeliveryState.SENT).exists()


def test_a_second_relay_stands_by(own_clone, relay, clock):
    assert not relay_at_work()
    assert relay.take_over()
    said, second = StringIO(), Relay(clock=clock, stop=Event())
    _tell()

    def other():
        assert relay_at_work()
        assert not second.take_over()
        call_command("relay", "--once", stdout=said)

    _in_threads(other)
    assert "another relay is at work" in said.getvalue()
    assert Kept.letters == []
    connection.close()  # the first one is gone
    assert second.take_over()
    connection.close()


@contextmanager
def _command(clone, letters, *arguments):
    """Run the relay as an installation does; whatever happens, it ends with the test."""
    environment = os.environ | {
        "BANDENG_DATABASE": clone, "DJANGO_SETTINGS_MODULE": "config.testing",
        "PYTHONPATH": str(ROOT), "BANDENG_SMS": "bandeng.post.tests.adapters.Written",
        "TEST_LETTERS": str(letters),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "manage.py", "relay", *arguments], cwd=ROOT, env=environment,
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            yield process
            process.wait(timeout=30)
        finally:
            process.kill()


def _until(true):
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_crash_between_sending_and_commit_sends_again_under_the_same_name(own_clone, tmp_path):
    delivery, sent = _tell(), tmp_path / "sent"
    (tmp_path / "hang").touch()
    with _command(own_clone, tmp_path, "--once") as crashed:
        _until(lambda: sent.exists() and sent.read_text().endswith("\n"))
        crashed.send_signal(signal.SIGKILL)
    assert crashed.returncode == -signal.SIGKILL
    assert _again(delivery).state == DeliveryState.QUEUED
    (tmp_path / "hang").unlink()
    with _command(own_clone, tmp_path, "--once") as second:
        assert second.communicate()[0] == "1 sent\n"
    first, again = sent.read_text().splitlines()
    assert first == again == f"<{delivery.message.token}@localhost>"
    assert _again(delivery).state == DeliveryState.SENT


def test_sigterm_lets_the_letter_in_hand_go_out(own_clone, tmp_path):
    delivery, other = _tell(), _tell()
    (tmp_path / "hang").touch()
    with _command(own_clone, tmp_path) as relay:
        _until((tmp_path / "sent").exists)
        relay.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        (tmp_path / "hang").unlink()
    assert relay.returncode == 0
    assert _again(delivery).state == DeliveryState.SENT
    assert _again(other).state == DeliveryState.QUEUED


def test_the_relay_survives_the_loss_of_its_connection(own_clone, tmp_path):
    with _command(own_clone, tmp_path) as relay:
        _until(relay_at_work)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        delivery = _tell()
        _until(lambda: _again(delivery).state == DeliveryState.SENT)
        relay.send_signal(signal.SIGTERM)
    assert relay.returncode == 0
