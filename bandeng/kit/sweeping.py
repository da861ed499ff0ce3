"""What the house clears away by itself: each room says it in its own sweeps.py.

A room's `SWEEPS` are pairs of how often and what: a function that takes `at`. The relay, the
one process that always runs, calls them, so that nobody has to set up a timer beside it.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module, util

from django.apps import apps

Sweep = Callable[..., object]


def known() -> Iterator[tuple[timedelta, Sweep]]:
    """Give every room's sweeps: how often, and what is called."""
    for config in apps.get_app_configs():
        name = f"{config.name}.sweeps"
        if config.name.startswith("bandeng.") and util.find_spec(name):
            yield from import_module(name).SWEEPS


class Sweeper:
    """Calls each sweep when it is due: at the start, then again and again."""

    def __init__(self) -> None:
        self.due: dict[Sweep, datetime] = {}

    def run(self, *, at: datetime) -> None:
        """Call what is due."""
        for every, sweep in known():
            if self.due.get(sweep, at) <= at:
                self.due[sweep] = at + every
                sweep(at=at)
