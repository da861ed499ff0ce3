"""The signer's process killed again and again while others write: every checkpoint stays true."""

import os
import random
import subprocess
import sys
import time

import pytest
from django.db import connection

from bandeng.trail import files
from bandeng.trail.models import Entry, Leaf
from bandeng.trail.rules import merkle
from bandeng.trail.tests.signing import naive_root, said, tell
from tests.databases import ROOT

ROUNDS = 20


def _start(own_clone, folder, key):
    own = {
        "BANDENG_DATABASE": own_clone, "TEST_LOG": str(folder), "BANDENG_LOG_KEY": str(key),
        "DJANGO_SETTINGS_MODULE": "tests.signer_settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-P", "-m", "django", "sign_log"]
    return subprocess.Popen(command, env=os.environ | own, cwd=ROOT)


def _write(seconds):
    """Write entries, each committed by itself, for a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        tell(random.choice((1, 5, 60)))


def _signs(leaves):
    """Wait until this signer has made new leaves: from now on it may be killed anywhere."""
    until = time.monotonic() + 60
    while Leaf.objects.count() == leaves:
        _write(0.1)
        assert time.monotonic() < until


@pytest.mark.slow
def test_no_kill_breaks_a_checkpoint(own_clone, tmp_path):
    folder, key, seen = tmp_path / "log", tmp_path / "signer" / "key", {}
    dice = random.Random(7)
    for _round in range(ROUNDS):
        signer = _start(own_clone, folder, key)
        _signs(Leaf.objects.count())
        _write(dice.uniform(0, 1))
        signer.kill()
        signer.wait()
        if (folder / "checkpoint").exists():
            checkpoint = said(folder)
            seen[checkpoint.size] = checkpoint.root
    assert len(seen) > ROUNDS / 4
    signer = _start(own_clone, folder, key)
    until = time.monotonic() + 60
    while Leaf.objects.count() < Entry.objects.count() or said(folder).size < Entry.objects.count():
        assert time.monotonic() < until
        time.sleep(0.2)
    signer.terminate()
    assert signer.wait(timeout=20) == 0
    last = said(folder)
    tree = files.tree(folder=folder, size=last.size)
    assert last.root == tree.root() == naive_root()
    for size, root in seen.items():
        path = merkle.consistency(old=size, size=last.size, subtree=tree.subtree)
        assert merkle.is_consistent(
            old=size, size=last.size, path=path, old_root=root, root=last.root
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) - count(DISTINCT \"row\") FROM trail_leaf WHERE source = 'entry'"
        )
        assert cursor.fetchone() == (0,)
