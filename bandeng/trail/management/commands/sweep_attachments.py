"""Remove the files of pictures that no row knows: what a crash left behind."""

from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bandeng.kit.storage import remove
from bandeng.trail import reads
from bandeng.trail.parameters import STRAY_AGE


class Command(BaseCommand):
    """Run it daily; a row without its file, which must never be, is told with exit 1."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, remove, count."""
        stray = reads.stray_files(before=timezone.now() - timedelta(seconds=STRAY_AGE))
        for name in stray:
            remove(storage=default_storage, name=name)
        self.stdout.write(f"{len(stray)} files without a row removed")
        if lost := reads.attachments_without_file():
            raise CommandError(f"{len(lost)} pictures have lost their file: {lost[:10]}")
