"""`prove_demo`: the household's receipt, and what the database says of every entry today.

`config/proving.py` calls it: the receipt is checked with the server stopped, the rows after the
database's owner has rewritten one.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from bandeng.demo.reads import member
from bandeng.funds.models import Allocation
from bandeng.funds.permissions import my_receivables
from bandeng.trail import reads
from bandeng.trail.models import Leaf
from bandeng.trail.rules.tiles import WIDTH


class Command(BaseCommand):
    """Write one of the two."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to."""
        parser.add_argument("--receipt", type=Path)
        parser.add_argument("--rows", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them; print the number of the household's first payment."""
        if options["receipt"]:
            paid = self._payment()
            place = paid.receivable
            opening = bytes(place.salt or b""), json.loads(place.opening or b"{}")
            proof = reads.proof(source="transfer", row=paid.paid_id, opening=opening)
            options["receipt"].write_text(proof or "")
            self.stdout.write(str(paid.paid_id))
        if options["rows"]:
            for number in range(-(-Leaf.objects.count() // WIDTH)):
                file = options["rows"] / f"{number:03}"
                file.write_bytes(reads.now_bundle(number=number))

    def _payment(self) -> Allocation:
        place = my_receivables(person=member(key="resident")).get()
        return place.allocations.earliest("paid")
