"""`build_demo`: build the scenario into an empty database (config/telling.py)."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from bandeng.demo.build import build
from bandeng.people.models import Person


class Command(BaseCommand):
    """Build the scenario."""

    help = "Build the scenario of a seed into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the seed."""
        parser.add_argument("--seed", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse everything but an empty demo."""
        if not settings.BANDENG_DEMO:
            raise CommandError("This is not a demo: the scenario is never built into real data.")
        if Person.objects.exists():
            raise CommandError("The database is not empty.")
        with translation.override("zh-hans"):
            build(seed=options["seed"], now=timezone.now())
