"""The run's own state directory, and the translations compiled, before anything loads Django.

Loaded by `-p tests.state` (pyproject.toml); workers inherit the controlling process's.
"""

import os
import tempfile

from bandeng.kit import catalogue

if "BANDENG_TEST_STATE" not in os.environ:
    catalogue.compile_all()
STATE = os.environ.get("BANDENG_TEST_STATE") or tempfile.mkdtemp(prefix="bandeng-")
os.environ["BANDENG_TEST_STATE"] = os.environ["BANDENG_STATE"] = STATE
