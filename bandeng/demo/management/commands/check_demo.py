"""`check_demo`: recompute the page's figures and hold them against recount and bounds."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bandeng.demo.checking import check


class Command(BaseCommand):
    """Check the figures."""

    help = "Recompute every figure of the page from the records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the seed: only the page's own estate has the page's bounds."""
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a row a figure; fail on any that is built and wrong."""
        rows = check(on_page=options["seed"] == 0, at=timezone.now())
        with translation.override(options["language"]):
            if options["json"]:
                self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            else:
                for row in rows:
                    self.stdout.write(_line(row))
        wrong = [row["key"] for row in rows if row["built"] and not row["ok"]]
        if wrong:
            raise CommandError(", ".join(wrong))


def _line(row: dict[str, Any]) -> str:
    if not row["built"]:
        return f"… {row['key']:<30} " + _("not yet")
    mark = "✓" if row["ok"] else "✗"
    within = f"[{row['min']} … {row['max']}]"
    return f"{mark} {row['key']:<30} {row['found']!s:<12} {within:<28} {row['records']}"
