"""Take up a supervising party's key, so that its cosignatures are served; or retire it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bandeng.kit.errors import Refused
from bandeng.trail.actions import register_witness, retire_witness
from bandeng.trail.models import Witness
from bandeng.trail.rules import HOUSE
from config.terminal import speaks_english


class Command(BaseCommand):
    """The key comes from the party itself: `bandeng-witness --new NAME` prints it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The key and for whom it watches; with `--retire` its name alone."""
        parser.add_argument("key", help="the public key (vkey), or the name of one to retire")
        parser.add_argument("role", nargs="?", default="", help="whose key it is: a body's name")
        parser.add_argument("--retire", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; what was done, or why not, is a sentence in the terminal's language."""
        with translation.override("en" if speaks_english() else "zh-hans"):
            try:
                self.stdout.write(_retire(options["key"]) if options["retire"] else _take(options))
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal


def _take(options: dict[str, Any]) -> str:
    if not options["role"].strip():
        raise CommandError(_("Please say for which party it watches."))
    key, role = options["key"], options["role"]
    witness = register_witness(key=key, role=role, by=HOUSE, at=timezone.now())
    return _("Registered: %(name)s.") % {"name": witness.name}


def _retire(name: str) -> str:
    witness = Witness.objects.filter(name=name).first()
    if witness is None:
        raise CommandError(_("There is no witness of this name."))
    retire_witness(witness=witness, by=HOUSE, at=timezone.now())
    return _("Retired: %(name)s.") % {"name": name}
