"""The ledger beside raw PostgreSQL and beside django-hordak, in memory and on the disk.

`./run bench ledger [--json] [--quick]`. Raw is the least that keeps a double entry: a header
and two legs with their keys, one statement and commit (`single`) or COPY (`bulk`), without
idempotency, balances, guards, holds or leaves. Blocks alternate, so that all meet the same
machine; ratios are medians within a round, by the clock (these are judged) and by the processor
(client and its backend together: what a busy machine cannot distort). In memory the processor
decides (/dev/shm), on the disk one fdatasync a commit does: a line says how long one took
meanwhile. Where it takes 4 ms both wait for the disk; where it takes 0.2 ms the processor decides
there too, and the ratio is that of the memory.
The log's proof, check and audit, and the matching of 100,000 statement lines follow;
`python -m bench.parts.crash ROUNDS` kills the database in between.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import frame, match
from bench.parts import log
from config import logins

HORDAK = "2.0.0"
MEMORY = Path("/dev/shm")  # noqa: S108
SIZES = {False: (400, 10_000, 21), True: (100, 2_000, 5)}  # singles, bulks, rounds
AGAINST_RAW = {("memory", "single"): 0.28, ("disk", "single"): 0.88,
               ("memory", "bulk"): 0.88, ("disk", "bulk"): 0.88}  # fmt: skip
AGAINST_HORDAK = {"single": 5.0, "bulk": 7.0}


def tell(
    *,
    case: str,
    ours: str,
    other: str,
    name: str,
    goal: float,
    found: dict[str, float],
    **more: Any,
) -> bool:
    """Print entries per second; here more is better, so the ratio must reach its goal."""
    as_json, ratio = more.pop("as_json"), found[f"{other}, clock"]
    line = {
        "bench": "ledger", "case": case, "unit": "entries/s", "ours": round(found[ours]),
        "reference": round(found[other]), "reference_name": name, "ratio": round(ratio, 3),
        "cpu_ratio": round(found[f"{other}, cpu"], 3), "goal": goal, "met": ratio >= goal, **more,
    }  # fmt: skip
    text = (
        "ledger {case}: {ours} {unit}, {reference_name}: {reference}, ratio {ratio} (≥ {goal}), "
        "by the processor {cpu_ratio}" + (", one fdatasync {fsync_ms} ms" if more else "")
    )
    print(json.dumps(line) if as_json else text.format(**line), flush=True)  # noqa: T201
    return ratio >= goal


def measure(*, place: str, quick: bool, as_json: bool) -> bool:
    """Run one place's cases, its server started fresh; the peer only where the processor decides."""
    met = True
    with frame.own_installation() as installation:
        words = [str(n) for n in SIZES[quick]]
        if place == "memory":
            server = installation.server
            with logins.connect(server=server, login=logins.OWNER, database="postgres") as postgres:
                postgres.execute("CREATE DATABASE hordak TEMPLATE template0")
            words.append(HORDAK)
        found = frame.measured(module="bench.parts.ledger", words=words)
        more = {"as_json": as_json} | ({"fsync_ms": found["fsync ms"]} if place == "disk" else {})
        for kind in ("single", "bulk"):
            met &= tell(
                case=f"{kind} {place}", ours=kind, other=f"raw {kind}", name="raw PostgreSQL",
                goal=AGAINST_RAW[place, kind], found=found, **more,
            )  # fmt: skip
            met &= tell(
                case=f"pgledger's model {kind} {place}", ours=kind, other=f"running {kind}",
                name="running balances", goal=1.0, found=found, **more,
            )  # fmt: skip
            if place == "memory":
                met &= tell(
                    case=f"hordak {kind}", ours=kind, other=f"hordak {kind}",
                    name=f"django-hordak {HORDAK}", goal=AGAINST_HORDAK[kind], found=found, **more,
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
