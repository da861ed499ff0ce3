"""What benchmarks share: a database of their own, children that are measured, one line each."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.installation import ROOT, Installation


@contextmanager
def own_installation() -> Iterator[Installation]:
    """Have an installation in a state directory of our own, and remove all of it at the end."""
    with tempfile.TemporaryDirectory(prefix="bandeng-bench-") as folder:
        Path(folder).chmod(0o755)  # the server's account must get through
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BANDENG_DATABASE"):
            os.environ.pop(name, None)  # never a server of somebody's
        installation = Installation(Path(folder, "state"))
        os.environ |= installation.environment
        with installation.running():
            installation.bring_up_to_date()
            yield installation


def measured(*, module: str, words: list[str]) -> dict[str, Any]:
    """Run `python -m module words…` alone. Returns: what it printed as one line of JSON."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell(*, work: Callable[[], object]) -> None:
    """In a child: do the work and print its seconds, those of this process alone, and its peak in MB."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    seconds, used = time.perf_counter() - begun, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"seconds": round(seconds, 3), "cpu": round(used, 3), "mb": round(peak, 1)}
    print(json.dumps(told))  # noqa: T201


def report(
    *,
    bench: str,
    case: str,
    unit: str,
    ours: float,
    reference: float,
    reference_name: str,
    goal: float,
    as_json: bool,
    **more: str,
) -> bool:
    """Print one result; `goal` is the most that `ours` may be. Returns: whether it is met."""
    line = {
        "bench": bench,
        "case": case,
        "unit": unit,
        "ours": ours,
        "reference": reference,
        "reference_name": reference_name,
        "ratio": round(ours / reference, 2) if reference else None,
        "goal": goal,
        "met": ours <= goal,
        **more,
    }
    text = (
        "{bench} {case}: {ours} {unit} (goal {goal}), {reference_name}: {reference}, ratio {ratio}"
    )
    said = json.dumps(line, ensure_ascii=False) if as_json else text.format(**line)
    print(said, flush=True)  # noqa: T201
    return ours <= goal
