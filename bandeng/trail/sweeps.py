"""What this room clears away by itself."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from bandeng.kit.storage import remove
from bandeng.trail.parameters import STRAY_AGE
from bandeng.trail.reads import stray_files


def stray_pictures(*, at: datetime) -> int:
    """Remove the files of pictures that no row knows: what a crash left behind.

    Returns: how many.
    """
    stray = stray_files(before=at - timedelta(seconds=STRAY_AGE))
    for name in stray:
        remove(storage=default_storage, name=name)
    return len(stray)


SWEEPS = [(timedelta(days=1), stray_pictures)]
