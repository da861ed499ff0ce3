"""The run's own state directory, chosen before anything loads the settings.

Loaded by `-p tests.state` (pyproject.toml); workers inherit the controlling process's.
"""

import os
import tempfile

STATE = os.environ.get("BANDENG_TEST_STATE") or tempfile.mkdtemp(prefix="bandeng-")
os.environ["BANDENG_TEST_STATE"] = os.environ["BANDENG_STATE"] = STATE
