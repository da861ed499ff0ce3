"""`ledger recheck`: ask everything anew; a sentence for each thing that does not hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from bandeng.funds.models import Transfer
from bandeng.funds.reads import recheck
from config.terminal import speaks_english


class Command(BaseCommand):
    """Ends with 1 where anything does not hold."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Name what to do."""
        parser.add_argument("what", choices=["recheck"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and say it in the terminal's language."""
        with translation.override("en" if speaks_english() else "zh-hans"):
            findings = recheck()
            for finding in findings:
                self.stderr.write(str(finding))
            if findings:
                raise SystemExit(1)
            count = Transfer.objects.count()
            self.stdout.write(_("All %(count)d transfers hold.") % {"count": count})
