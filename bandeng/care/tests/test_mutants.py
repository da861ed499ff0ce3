"""A mistake in the engine does not go unnoticed."""

import os
import subprocess
import sys

import pytest


def unnoticed(*files):
    done = subprocess.run(
        [sys.executable, "-m", "bandeng.care.tests.mutants", *files],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip() + done.stderr


def test_every_change_of_the_propagation_is_noticed():
    assert unnoticed("timing") == "[]"


@pytest.mark.slow
def test_every_change_of_costs_links_and_undo_is_noticed():
    assert unnoticed("routes", "links", "trial", "series") == "[]"
