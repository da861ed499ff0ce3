"""Settings of the signer alone: its own login, and the log's key, which no web process is told."""

import os
from pathlib import Path

from config.logins import SIGNER, database
from config.settings import *  # noqa: F403
from config.settings import STATE

DATABASES = {"default": database(login=SIGNER, url="DATABASE_SIGNER_URL")}
LOG_KEY = Path(os.environ.get("BANDENG_LOG_KEY") or STATE / "signer" / "key")
