"""What one request costs, measured; only the standard library, as a peer imports it too."""

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

NANO = 1e9


@dataclass(frozen=True)
class Cost:
    """What one request costs: processor time of Django and of PostgreSQL, and the wall's p95."""

    cpu_ms: float
    p95_ms: float
    queries: int = 0
    size: int = 0


def server_cpu(*, postmaster: int) -> float:
    """Give the processor time that PostgreSQL has used so far, ended processes included.

    Units: seconds. Source: proc(5), stat (children's time) and schedstat (nanoseconds).
    """
    ticks = Path(f"/proc/{postmaster}/stat").read_text().rsplit(")", 1)[1].split()
    ended = (int(ticks[13]) + int(ticks[14])) / 100  # cutime, cstime: USER_HZ is 100 on Linux
    return ended + sum(_used(pid=pid) for pid in (postmaster, *_children(pid=postmaster)))


def _children(*, pid: int) -> Iterable[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return (int(word) for word in text.split())


def _used(*, pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / NANO
    except FileNotFoundError:  # it has just ended
        return 0.0


def measure(*, ask: Callable[[int], int], times: int, postmaster: int, warm_up: int = 5) -> Cost:
    """Ask again and again; `ask` gets the number of the turn and gives the answer's size."""
    for turn in range(warm_up):
        ask(turn)
    walls, size = [], 0
    cpu, server = time.process_time(), server_cpu(postmaster=postmaster)
    for turn in range(warm_up, warm_up + times):
        began = time.perf_counter()
        size = ask(turn)
        walls.append(time.perf_counter() - began)
    used = time.process_time() - cpu + server_cpu(postmaster=postmaster) - server
    p95 = sorted(walls)[min(len(walls) - 1, int(len(walls) * 0.95))]
    return Cost(cpu_ms=used / times * 1000, p95_ms=p95 * 1000, size=size)


def note(text: str) -> None:
    """Tell a person how far it is, beside the result."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201
