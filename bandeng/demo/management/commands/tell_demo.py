"""`tell_demo`: the thread and the figures, on a terminal."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from bandeng.cases.models import Case
from bandeng.demo.telling import tell
from bandeng.stories.models import FigureKey
from config.terminal import speaks_english

TOLD = ("fuxin.stuck_since", "fuxin.facade_days_to_safe")  # the two cases behind these figures


class Command(BaseCommand):
    """Tell the scenario."""

    help = "Tell the scenario that was built."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line after the other."""
        subjects = FigureKey.objects.filter(key__in=TOLD).order_by("pk").values_list("subject")
        cases = [Case.objects.get(token=token) for (token,) in subjects]
        with translation.override("en" if speaks_english() else "zh-hans"):
            for line in tell(cases=cases, at=timezone.now()):
                self.stdout.write(line)
