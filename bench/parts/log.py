"""The log's part of `./run bench ledger`: a proof, its check, and the audit of a whole log.

    from bench.parts import log
    log.run(bench="ledger", as_json=True)

The log has 1,000,000 transfers of 800 homes. Proofs are drawn from its files as receipts are:
many at a time, in the log's order. The audit is the verifier's own program in its own process:
signature, tree, all tiles, and every transfer played again. The references are what no program
can do without: reading a tile, hashing a path, hashing every leaf and every node once.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench import frame
from config.installation import ROOT

TRANSFERS, RECEIPTS = 1_000_000, 100_000
PROOF_GOAL, CHECK_GOAL = 30.0, 30.0  # microseconds
AUDIT_GOAL, MEMORY_GOAL = 30.0, 1024.0  # seconds, MB


def run(*, bench: str, as_json: bool, transfers: int = TRANSFERS) -> bool:
    """Measure and report. Returns: whether every goal is met."""
    with tempfile.TemporaryDirectory(prefix="bandeng-log-") as room, _settings():
        folder = Path(room, "log")
        _build(folder=folder, transfers=transfers)
        lines = [*_audit(folder=folder, size=transfers), *_proofs(folder=folder, size=transfers)]
        met = [frame.report(bench=bench, as_json=as_json, **line) for line in lines]
        return all(met)


@contextmanager
def _settings() -> Iterator[None]:
    """Let the house's modules load: they need no database here."""
    import django

    django.setup()
    sys.path.insert(0, str(ROOT / "verify"))
    try:
        yield
    finally:
        sys.path.remove(str(ROOT / "verify"))


def _build(*, folder: Path, transfers: int) -> None:
    from bench.parts import books

    books.write_log(folder=folder, leaves=books.transfers(count=transfers))


def _each(*, count: int, work: Callable[[], object]) -> float:
    """Give this process's own microseconds for one of `count`: others' work does not count."""
    begun = time.process_time()
    work()
    return round((time.process_time() - begun) / count * 1e6, 2)


def _proofs(*, folder: Path, size: int) -> Iterator[dict[str, Any]]:
    from bandeng_verify.log import included

    from bandeng.trail import files
    from bandeng.trail.rules import tiles

    many = min(RECEIPTS, size)
    step = size // many
    asked = range(0, step * many, step)
    tree, paths = files.tree(folder=folder, size=size), dict[int, list[bytes]]()

    def prove() -> None:
        for index in asked:
            paths[index] = tree.path(index=index)

    ours, root = _each(count=many, work=prove), tree.root()
    numbers = sorted({index // tiles.WIDTH for index in asked})
    reading = _each(
        count=len(numbers),
        work=lambda: [_tile(folder=folder, number=number, size=size) for number in numbers],
    )
    yield _line("proof", "µs", ours, reading, "one tile read and hashed", PROOF_GOAL)
    leaves = {
        index: leaf
        for number in numbers
        for index, leaf in enumerate(_leaves(folder=folder, number=number), number * tiles.WIDTH)
        if index in asked
    }
    good: list[bool] = []

    def check() -> None:
        good.extend(included(leaves[i], i, size, path, root) for i, path in paths.items())

    ours = _each(count=many, work=check)
    if not all(good):
        raise ValueError("a proof does not hold")
    node, depth = bytes(65), len(paths[0])
    bare = _each(count=many, work=lambda: [sha256(node).digest() for _ in range(many * depth)])
    yield _line("check", "µs", ours, bare, f"{depth} bare hashes", CHECK_GOAL)


def _tile(*, folder: Path, number: int, size: int) -> object:
    from bandeng.trail import files
    from bandeng.trail.rules import merkle, tiles

    width = min(tiles.WIDTH, size - number * tiles.WIDTH)
    data = files.read(folder=folder, level=0, number=number, width=width)
    return merkle.rows_over(hashes=tiles.hashes(data=data))


def _leaves(*, folder: Path, number: int) -> list[bytes]:
    from bandeng.trail import files
    from bandeng.trail.rules import tiles

    return tiles.unbundle(data=files.read(folder=folder, level="entries", number=number, width=1))


def _audit(*, folder: Path, size: int) -> Iterator[dict[str, Any]]:
    ours = frame.measured(module="bench.parts.log", words=["audit", str(folder)])
    bare = frame.measured(module="bench.parts.log", words=["hash", str(folder), str(size)])
    case = f"audit of {size:,} transfers"
    words = (bare["seconds"], "hashing leaves and nodes alone")
    yield _line(case, "s", ours["seconds"], *words, AUDIT_GOAL)
    yield _line(f"{case}, memory", "MB", ours["mb"], bare["mb"], words[1], MEMORY_GOAL)


def _line(
    case: str, unit: str, ours: float, reference: float, name: str, goal: float
) -> dict[str, Any]:
    told = {"case": case, "unit": unit, "ours": ours, "goal": goal}
    return told | {"reference": reference, "reference_name": name}


def _audited(folder: str) -> None:
    from bandeng_verify.cli import main

    if main(["audit", folder, "--key", f"{folder}/keys"]):
        raise ValueError("the audit found something")


def _hashed(folder: str, size: int) -> None:
    from bandeng_verify.log import leaves_in, name_of, root_of

    row: list[bytes] = []
    for number in range(-(-size // 256)):
        width = min(256, size - number * 256)
        data = Path(folder, name_of("entries", number, width)).read_bytes()
        row.append(root_of([sha256(b"\0" + leaf).digest() for leaf in leaves_in(data)]))
    root_of(row)


def _child(what: str, folder: str, *rest: str) -> None:
    """Work alone in this process: `audit FOLDER` or `hash FOLDER SIZE`."""
    sys.path.insert(0, str(ROOT / "verify"))
    if what == "audit":
        frame.tell(work=lambda: _audited(folder))
    else:
        frame.tell(work=lambda: _hashed(folder, int(rest[0])))


if __name__ == "__main__":
    if sys.argv[1:2] in (["audit"], ["hash"]):
        _child(*sys.argv[1:])
    else:
        sys.exit(not run(bench="log", as_json="--json" in sys.argv))
