"""Carry the outbox to the channels; `--once` empties it and ends."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from bandeng.post.actions import requeue
from bandeng.post.models import Channel
from bandeng.post.relay import Relay


class Command(BaseCommand):
    """SIGTERM and Ctrl-C let the letter in hand go out, then end with 0."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, or until stopped; perhaps what was given up again."""
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--requeue", choices=Channel.values, metavar="CHANNEL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work, alone."""
        if channel := options["requeue"]:
            again = requeue(channel=channel, at=timezone.now())
            self.stdout.write(f"{channel}: {again} deliveries queued again")
        relay = Relay(clock=timezone.now, stop=Event())
        if not options["once"]:
            for ending in (signal.SIGTERM, signal.SIGINT):
                signal.signal(ending, lambda *_: relay.stop.set())
            relay.run()
        elif relay.take_over():
            done = ", ".join(f"{count} {state}" for state, count in relay.empty().items())
            self.stdout.write(done or "nothing to deliver")
        else:
            self.stdout.write("another relay is at work")
