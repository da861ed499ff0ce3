"""`import_roster FILE --estate …`: a roster taken in by the owner of the machine."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from bandeng.kit.errors import Refused
from bandeng.people import actions
from bandeng.people.estates.preview import Preview, preview
from bandeng.places.labels import UNREADABLE
from bandeng.places.models import Estate
from bandeng.places.rules.roster import Unreadable, open_workbook, read_roster
from bandeng.trail.rules import HOUSE


class Command(BaseCommand):
    """Show what the file says and would change; take it in unless only asked to check."""

    help = "Take in an estate's roster (.xlsx, .xls, .csv); all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the file and the estate."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--estate", required=True, help="its name, or the number in its address"
        )
        parser.add_argument("--check", action="store_true", help="only look, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, then take in."""
        estate, file = _estate(options["estate"]), options["file"]
        try:
            content = file.read_bytes()
            sheets = open_workbook(data=content)
        except OSError as missing:
            raise CommandError(str(missing)) from missing
        except Unreadable as why:
            raise CommandError(str(UNREADABLE[why.why])) from why
        shown = preview(estate=estate, roster=read_roster(sheets=sheets))
        self._tell(shown)
        if shown.refused:
            raise CommandError(_("Nothing can be taken in yet"))
        if options["check"]:
            return
        try:
            taken = actions.import_roster(
                estate=estate,
                roster=read_roster(sheets=open_workbook(data=content)),
                file_name=file.name,
                content_hash=sha256(content).digest(),
                by=HOUSE,
                at=timezone.now(),
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        done = _("Taken in: %(new)d homes new, %(changed)d changed, %(same)d as they were.")
        counts = {"new": taken.homes_new, "changed": taken.homes_changed, "same": taken.homes_same}
        self.stdout.write(done % counts)

    def _tell(self, shown: Preview) -> None:
        for column in shown.columns:
            place = f"{column.sheet} {column.letter}".strip()
            self.stdout.write(f"{place}\t{column.label}\t{column.field}\t{column.why}")
        for said in (shown.problems, shown.notes):
            for where, sentence in said.lines:
                self.stdout.write(f"{where}\t{sentence}")
            if said.more > 0:
                self.stdout.write(f"… {said.more}")


def _estate(asked: str) -> Estate:
    by_number = {"pk": int(asked)} if asked.isdecimal() else {"name": asked}
    found = Estate.objects.filter(name=asked) or Estate.objects.filter(**by_number)
    if len(found) != 1:
        raise CommandError(
            _("There is no estate “%(estate)s”, or more than one.") % {"estate": asked}
        )
    return found[0]
