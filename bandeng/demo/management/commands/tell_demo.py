"""`tell_demo`: the thread and the figures, on a terminal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from bandeng.cases.models import Case
from bandeng.demo.telling import tell
from bandeng.stories.models import FigureKey

TOLD = ("fuxin.stuck_since", "fuxin.facade_days_to_safe")  # the two cases behind these figures


class Command(BaseCommand):
    """Tell the scenario."""

    help = "Tell the scenario that was built."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the terminal's language."""
        parser.add_argument("--language", default=settings.LANGUAGE_CODE)
        parser.add_argument("--page", type=Path, help="write the page as PDF into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line after the other."""
        keys = FigureKey.objects.filter(key__in=TOLD).order_by("pk")
        cases = [Case.objects.get(token=key.subject) for key in keys if key.subject]
        with translation.override(options["language"]):
            for line in tell(cases=cases, at=timezone.now()):
                self.stdout.write(line)
        if options["page"]:
            call_command("page_pdf", out=options["page"], language=options["language"])
