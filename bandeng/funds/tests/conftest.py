"""What the tests of the room's pages share."""

import pytest


@pytest.fixture
def sign_in(client, world):
    def as_(name):
        client.force_login(world.people[name])
        return client

    return as_
