"""The run's own state directory, and the translations compiled, before anything loads Django.

Loaded by `-p tests.state` (pyproject.toml); workers inherit the controlling process's.
"""

import os
import tempfile
from pathlib import Path

from bandeng.kit import catalogue
from config.logins import create_secret_key
from config.programs import give_to_account

if "BANDENG_TEST_STATE" not in os.environ:
    catalogue.compile_all()
STATE = os.environ.get("BANDENG_TEST_STATE") or tempfile.mkdtemp(prefix="bandeng-")
os.environ["BANDENG_TEST_STATE"] = os.environ["BANDENG_STATE"] = STATE
give_to_account(path=Path(STATE))  # while it is empty: the database server will work in it
create_secret_key(state=Path(STATE))  # the same for the tests and for the servers they start
