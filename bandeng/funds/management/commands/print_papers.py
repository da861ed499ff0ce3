"""Print what waits to be printed; the relay starts it, and it ends by itself.

It works on a few parts and ends, so that its memory goes back to the machine; the relay starts the
next one while anything waits. `--all` goes on until nothing does.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from bandeng.funds.actions import print_next
from bandeng.funds.reads.prints import Press
from bandeng.kit import locks

PRINTER = "printer"
PARTS = 3  # of one process


class Command(BaseCommand):
    """One at a time prints; a second one ends at once."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """A few parts, or all."""
        parser.add_argument("--all", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        if not locks.take(name=PRINTER):
            self.stdout.write("another printer is at work")
            return
        try:
            done, press = 0, Press()
            while (options["all"] or done < PARTS) and print_next(press=press, at=timezone.now()):
                done += 1
        finally:
            locks.leave(name=PRINTER)
        self.stdout.write(f"{done} steps")
