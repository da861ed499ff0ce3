"""What a block of work took: by the clock, and of the processors that worked for it.

Others' work on the same machine lengthens the first and hardly the second.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds."""

    clock: float
    cpu: float


def spent(*, work: Callable[[], object], backend: int) -> Spent:
    """Do the work. `backend`: the database's process that this one's connection talks to."""
    begun = time.perf_counter(), time.process_time() + _used(backend)
    work()
    ended = time.perf_counter(), time.process_time() + _used(backend)
    return Spent(ended[0] - begun[0], ended[1] - begun[1])


def _used(process: int) -> float:
    """Give the seconds that it was on a processor (Linux: proc_pid_schedstat)."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
