"""The machine dies: kill -9 of everything, a full disk. What was acknowledged is there, once."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.databases import ROOT

SMALL = "500m"  # PostgreSQL's programs, a fresh cluster, and room to fill


def run(part, *words):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BANDENG_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-P", "-m", f"bench.parts.{part}", *words], cwd=ROOT, check=False,
        env=environment | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_everything_is_killed():
    code, told = run("crash", "10")
    assert (told["lost"], told["double"], told["checkpoints_broken"], told["amiss"]) == (
        0,
        0,
        0,
        [],
    )
    assert code == 0
    assert told["transfers"] > 500
    assert told["checkpoints"] > 5
    assert told["in_doubt"]  # it was killed while something was asked


@pytest.mark.slow
def test_without_waiting_for_the_disk_something_is_lost():
    """The control: the same trial notices what it is there to notice."""
    code, told = run("crash", "6", "--careless")
    assert (code, bool(told["lost"])) == (1, True)


@pytest.fixture
def small_disk():
    """A disk that is full before long; only root mounts one."""
    folder = tempfile.mkdtemp(prefix="bandeng-")
    Path(folder).chmod(0o755)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", folder]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        Path(folder).rmdir()
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    yield Path(folder)
    subprocess.run(["umount", folder], check=True)
    Path(folder).rmdir()


@pytest.mark.slow
def test_a_full_disk_refuses_and_loses_nothing(small_disk):
    """Postings are refused, not half done; with room again the ledger goes on where it was."""
    _code, told = run("full_disk", str(small_disk))
    assert "No space left" in told["said"] or "closed" in told["said"]
    assert (told["lost"], told["more"] % 2_000, told["amiss"]) == (0, 0, [])
    assert told["goes_on_at"] == told["acknowledged"] + told["more"]
    assert told["acknowledged"]
