"""Settings of the tests: cheap passwords, files as they lie in the rooms."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE, STORAGES

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
MIDDLEWARE = [m for m in MIDDLEWARE if not m.startswith("whitenoise.")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
