"""The relay: carries what the outbox holds to the channels, until it is told to stop."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from django.db import OperationalError, connection

from bandeng.kit import locks
from bandeng.kit.sweeping import Sweeper
from bandeng.post import channels
from bandeng.post.actions import deliver_next
from bandeng.post.parameters import BATCH, CHANNEL_REST, PAUSE
from bandeng.post.reads import RELAY

log = logging.getLogger("bandeng.post")


class Relay:
    """One at a time works; a second one stands by until the first is gone."""

    def __init__(self, *, clock: Callable[[], datetime], stop: Event) -> None:
        self.clock, self.stop = clock, stop
        self.rests: dict[str, datetime] = {}
        self.at_work = False
        self.sweeper = Sweeper()

    def run(self) -> None:
        """Work until `stop`; a lost database is waited for."""
        while not self.stop.is_set():
            try:
                busy = self.take_over() and any(self.turn().values())
                self._sweep()
            except OperationalError as lost:
                log.warning("the database is away: %s", lost)
                connection.close()
                self.at_work = busy = False
            if not busy:
                self.stop.wait(PAUSE)

    def _sweep(self) -> None:
        """Let the rooms clear away what is over, at whichever relay is at work."""
        try:
            if self.at_work:
                self.sweeper.run(at=self.clock())
        except OSError as trouble:
            log.warning("something could not be cleared away: %s", trouble)

    def take_over(self) -> bool:
        """Be the relay at work, unless another is."""
        self.at_work = self.at_work or locks.take(name=RELAY)
        return self.at_work

    def empty(self) -> Counter[str]:
        """Work until nothing more is due, once.

        Returns: how many deliveries ended in which state.
        """
        total: Counter[str] = Counter()
        while states := self.turn():
            total += states
        return total

    def turn(self) -> Counter[str]:
        """Let each channel that is not resting carry at most `BATCH` deliveries."""
        states: Counter[str] = Counter()
        for channel in channels.SENDERS:
            if self.rests.get(channel, self.clock()) <= self.clock():
                states += self._carry(channel)
        return states

    def _carry(self, channel: str) -> Counter[str]:
        states: Counter[str] = Counter()
        sender = channels.sender(channel=channel)
        try:
            for _each in range(BATCH):
                attempt = deliver_next(channel=channel, sender=sender, at=self.clock())
                if attempt is None or self.stop.is_set():
                    break
                states[attempt.delivery.state] += 1
                if not attempt.reachable:
                    self.rests[channel] = self.clock() + timedelta(seconds=CHANNEL_REST)
                    break
        finally:
            if sender:
                sender.close()
        return states
