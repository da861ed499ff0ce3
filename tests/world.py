"""The named persons and things whom every test knows; each room furnishes its own part.

Alice owns a home; Bob is the community worker who answers for it; Charlie is a stranger;
Dora is the near miss: Bob's role in another community. Erin is an officer of the
subdistrict, Frank a handler of the property company, Ivy the administrator.
"""

from copy import deepcopy
from datetime import UTC, datetime
from importlib import import_module, util
from types import SimpleNamespace

import pytest

ROOMS = (
    "kit",
    "trail",
    "post",
    "places",
    "people",
    "cases",
    "funds",
    "stories",
    "desk",
    "demo",
)  # upwards
NOW = datetime(2024, 3, 1, 9, tzinfo=UTC)


def build():
    """Let every room, from the lowest up, add what it knows."""
    world = SimpleNamespace(now=NOW)
    for room in ROOMS:
        name = f"bandeng.{room}.tests.world"
        if util.find_spec(name):
            import_module(name).furnish(world)
    return world


@pytest.fixture
def world(request, furnished):
    """A copy of the world that was built once; what a test changes in it ends with the test."""
    request.getfixturevalue("own_clone" if "own_clone" in request.fixturenames else "db")
    return deepcopy(furnished[1])


@pytest.fixture
def people(world):
    return world.people
