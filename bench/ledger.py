"""The ledger beside raw PostgreSQL and beside django-hordak, in memory and on the disk.

`./run bench ledger [--json] [--quick]`. Raw is the least that keeps a double entry: a header
and two legs with their keys, one statement and commit (`single`) or COPY (`bulk`), without
idempotency, balances, guards, holds or leaves. Blocks alternate in one process, so that both
meet the same machine; ratios are medians within a round. In memory the processor decides
(/dev/shm), on the disk fdatasync does. The log's proof, check and audit, and the matching of
100,000 statement lines follow; `python -m bench.parts.crash ROUNDS` kills the database in between.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import frame, match
from bench.parts import log
from bench.parts.peers import python
from config import logins
from config.installation import ROOT, Installation

HORDAK = "2.0.0"
MEMORY = Path("/dev/shm")  # noqa: S108
SIZES = {False: (400, 10_000, 21), True: (100, 2_000, 5)}  # singles, bulks, rounds
AGAINST_RAW = {("memory", "single"): 0.28, ("disk", "single"): 0.88,
               ("memory", "bulk"): 0.88, ("disk", "bulk"): 0.88}  # fmt: skip
AGAINST_HORDAK = {"single": 5.0, "bulk": 7.0}


def hordak(*, installation: Installation, singles: int, bulks: int) -> dict[str, float]:
    """Post with the peer into a database of its own on the same server."""
    server = installation.server
    with logins.connect(server=server, login=logins.OWNER, database="postgres") as postgres:
        postgres.execute("CREATE DATABASE hordak TEMPLATE template0")
    asked = {
        "host": str(server.socket), "user": logins.OWNER, "database": "hordak",
        "password": server.password(login=logins.OWNER), "singles": singles, "bulks": bulks,
    }  # fmt: skip
    program = python(package="django-hordak", version=HORDAK)
    done = subprocess.run(
        [program, "-P", "-m", "bench.parts.hordak_program"], input=json.dumps(asked), text=True,
        check=True, stdout=subprocess.PIPE, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell(
    *, case: str, ours: float, reference: float, name: str, ratio: float, goal: float, as_json: bool
) -> bool:
    """Print entries per second; here more is better, so the ratio must reach its goal."""
    line = {
        "bench": "ledger", "case": case, "unit": "entries/s", "ours": round(ours),
        "reference": round(reference), "reference_name": name, "ratio": round(ratio, 3),
        "goal": goal, "met": ratio >= goal,
    }  # fmt: skip
    text = "ledger {case}: {ours} {unit}, {reference_name}: {reference}, ratio {ratio} (≥ {goal})"
    print(json.dumps(line) if as_json else text.format(**line), flush=True)  # noqa: T201
    return ratio >= goal


def measure(*, place: str, quick: bool, as_json: bool) -> bool:
    """Run one place's cases, each server started fresh."""
    singles, bulks, rounds = SIZES[quick]
    met = True
    with frame.own_installation() as installation:
        words = [str(n) for n in (singles, bulks, rounds)]
        found = frame.measured(module="bench.parts.ledger", words=words)
        for kind, goal in ((k, AGAINST_RAW[place, k]) for k in ("single", "bulk")):
            met &= tell(
                case=f"{kind} {place}", ours=found[kind], reference=found[f"raw_{kind}"],
                name="raw PostgreSQL", ratio=found[f"{kind}_ratio"], goal=goal, as_json=as_json,
            )  # fmt: skip
        if place == "memory":
            peer = hordak(installation=installation, singles=singles, bulks=bulks)
            for kind, goal in AGAINST_HORDAK.items():
                met &= tell(
                    case=f"hordak {kind}", ours=found[kind], reference=peer[kind],
                    name=f"django-hordak {HORDAK}", ratio=found[kind] / peer[kind], goal=goal,
                    as_json=as_json,
                )  # fmt: skip
    return met


def main() -> int:
    """Measure in memory, then on the disk."""
    parser = argparse.ArgumentParser(prog="./run bench ledger")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    met = True
    for place in ("memory", "disk"):
        if place == "memory" and MEMORY.is_dir():
            tempfile.tempdir = str(MEMORY)
        met &= measure(place=place, quick=asked.quick, as_json=asked.json)
        tempfile.tempdir = None
    size = log.TRANSFERS // (10 if asked.quick else 1)
    met &= log.run(bench="ledger", as_json=asked.json, transfers=size)
    for line in match.lines(quick=asked.quick):
        met &= frame.report(**line, as_json=asked.json)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
