"""Settings of `bandeng demo`: its own state directory, and sign-in by one click."""

from django.core.exceptions import ImproperlyConfigured

from config.settings import *  # noqa: F403
from config.settings import STATE

if not (STATE / "demo").exists():  # config/telling.py makes it for a new state directory only
    raise ImproperlyConfigured(f"{STATE} is not a demo: real data never runs with these settings.")
BANDENG_DEMO = True
ROOT_URLCONF = "config.demo_urls"
