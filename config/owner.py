"""Settings of `migrate` alone: the owner's login, which no web process holds."""

from config.logins import OWNER, database
from config.settings import *  # noqa: F403

DATABASES = {"default": database(login=OWNER, url="DATABASE_OWNER_URL")}
