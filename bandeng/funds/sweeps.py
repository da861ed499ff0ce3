"""What this room clears away by itself, and the printer that it starts."""

import subprocess
import sys
from datetime import datetime, timedelta

from bandeng.funds.actions import discard_abandoned_uploads, discard_old_printings
from bandeng.funds.models import Printing, PrintState
from bandeng.trail.rules import HOUSE

PRINT = [sys.executable, "-P", "-m", "django", "print_papers"]
_printers: list[subprocess.Popen[bytes]] = []


def abandoned_uploads(*, at: datetime) -> None:
    """Put files away that were looked at and never taken in: they name persons."""
    discard_abandoned_uploads(by=HOUSE, at=at)


def old_printings(*, at: datetime) -> None:
    """Put printed files away: they name homes."""
    discard_old_printings(by=HOUSE, at=at)


def papers(*, at: datetime) -> None:  # noqa: ARG001
    """Start a process that prints while anything waits: messages do not wait for its pages."""
    _printers[:] = [one for one in _printers if one.poll() is None]
    if not _printers and Printing.objects.filter(state=PrintState.WAITING).exists():
        _printers.append(subprocess.Popen(PRINT, stdin=subprocess.DEVNULL))  # noqa: S603


SWEEPS = [
    (timedelta(hours=1), abandoned_uploads),
    (timedelta(hours=1), old_printings),
    (timedelta(seconds=1), papers),
]
