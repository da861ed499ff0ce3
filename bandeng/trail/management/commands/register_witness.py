"""Take up a supervising party's key, so that its cosignatures are served; or retire it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from bandeng.kit.errors import Refused
from bandeng.trail.actions import register_witness, retire_witness
from bandeng.trail.models import Witness
from bandeng.trail.rules import HOUSE


class Command(BaseCommand):
    """The key comes from the party itself: `bandeng-witness --new NAME` prints it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The key and for whom it watches; with `--retire` its name alone."""
        parser.add_argument("key", help="the public key (vkey), or the name of one to retire")
        parser.add_argument("role", nargs="?", default="", help="whose key it is: a body's name")
        parser.add_argument("--retire", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a refusal is a sentence."""
        now = timezone.now()
        try:
            if options["retire"]:
                witness = Witness.objects.filter(name=options["key"]).first()
                if witness is None:
                    raise CommandError(_("There is no witness of this name."))
                retire_witness(witness=witness, by=HOUSE, at=now)
            else:
                register_witness(key=options["key"], role=options["role"], by=HOUSE, at=now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
