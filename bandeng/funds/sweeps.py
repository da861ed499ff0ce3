"""What this room clears away by itself."""

from datetime import datetime, timedelta

from bandeng.funds.actions import discard_abandoned_uploads
from bandeng.trail.rules import HOUSE


def abandoned_uploads(*, at: datetime) -> None:
    """Put files away that were looked at and never taken in: they name persons."""
    discard_abandoned_uploads(by=HOUSE, at=at)


SWEEPS = [(timedelta(hours=1), abandoned_uploads)]
