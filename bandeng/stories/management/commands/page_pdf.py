"""`page_pdf --out FILE`: the front page as PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from bandeng.stories.printing import page_pdf


class Command(BaseCommand):
    """Print the front page."""

    help = "Print the front page into a PDF file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the language."""
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--language", choices=("zh-hans", "en"), default="zh-hans")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        with translation.override(options["language"]):
            options["out"].write_bytes(page_pdf(at=timezone.now()))
