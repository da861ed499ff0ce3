"""The signer's settings with a log of the test's own (TEST_LOG)."""

import os
from pathlib import Path

from config.signer import *  # noqa: F403

LOG_DIRECTORY = Path(os.environ["TEST_LOG"])
