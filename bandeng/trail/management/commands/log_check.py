"""Compare every row with what the log holds of it; exit 1 names each that differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from bandeng.trail import reads
from config.terminal import speaks_english


class Command(BaseCommand):
    """Read the whole log and its rows once, in bounded memory."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every leaf, and say in the terminal's language what differs."""
        with translation.override("en" if speaks_english() else "zh-hans"):
            self._compare()

    def _compare(self) -> None:
        found = list(reads.differences())
        for leaf in found:
            words = {"source": leaf.source, "row": leaf.row, "index": leaf.index}
            sentence = _("Row %(row)s of %(source)s (entry %(index)s) is not what was signed.")
            self.stderr.write(sentence % words)
        if found:
            raise CommandError(_("%(count)s rows differ from the log.") % {"count": len(found)})
        self.stdout.write(_("Every row is what the log holds of it."))
