"""Refusals in English, for tests that read their words: `from … import english` is enough."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield
