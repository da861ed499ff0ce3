"""Settings of `bandeng demo`: its own state directory, and sign-in by one click."""

from config.settings import *  # noqa: F403

BANDENG_DEMO = True
ROOT_URLCONF = "config.demo_urls"
