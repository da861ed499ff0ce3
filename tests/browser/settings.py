"""The product's settings as a browser meets them, with a page of samples and quick passwords."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import LOG_DIRECTORY, TEMPLATES

LOG_DIRECTORY = Path(os.environ.get("TEST_LOG", LOG_DIRECTORY))  # a log of the test's own
ROOT_URLCONF = "tests.browser.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES = [TEMPLATES[0] | {"DIRS": ["tests/browser/templates"]}]
SITE = {
    "organiser": "某街道办事处",
    "address": "某市某区某路 1 号",
    "hours": "周一至周五 9:00—17:00",
    "telephone": "0731-00000000",
    "site_code": "0000000000",
    "icp": "湘ICP备00000000号",
    "police_record": "湘公网安备00000000000000号",
}
