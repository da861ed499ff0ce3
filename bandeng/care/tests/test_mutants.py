"""A mistake in the propagation does not go unnoticed."""

import os
import subprocess
import sys


def test_every_change_of_the_propagation_is_noticed():
    done = subprocess.run(
        [sys.executable, "-m", "bandeng.care.tests.mutants"],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
