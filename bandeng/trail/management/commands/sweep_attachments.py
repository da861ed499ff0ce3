"""Remove the files of pictures that no row knows: what a crash left behind."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bandeng.trail import reads
from bandeng.trail.sweeps import stray_pictures


class Command(BaseCommand):
    """The relay does it daily; a row without its file, which must never be, is told with exit 1."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, remove, count."""
        self.stdout.write(f"{stray_pictures(at=timezone.now())} files without a row removed")
        if lost := reads.attachments_without_file():
            raise CommandError(f"{len(lost)} pictures have lost their file: {lost[:10]}")
