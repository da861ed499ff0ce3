import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from tests import access

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ROOMS = {module.__name__.split(".")[1]: module.ACCESS for module in access.MODULES}


def _routes(patterns, namespace=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


ROUTES = dict(_routes(get_resolver().url_patterns))


def _url(name, world):
    return reverse(name, kwargs=access.values(world).get(name, {}))


def _answers(client, world, method, url, data):
    """Give each person's status; whatever a POST changed is undone before the next."""
    for person in access.PERSONS:
        with transaction.atomic():
            client.logout()
            if person:
                client.force_login(world.people[person])
            yield getattr(client, method.lower())(url, data)
            transaction.set_rollback(True)


def test_every_address_says_who_may_open_it():
    assert set(ROUTES) == set(access.ACCESS)


def test_every_get_that_may_write_says_why():
    writing = {name for name, route in ROUTES.items() if hasattr(route.callback, "writes_on_get")}
    assert writing == set(access.WRITES_ON_GET)


@pytest.mark.parametrize("room", ROOMS)
def test_the_table_is_true(client, world, room):
    """One world a room: every answer is undone before the next is asked for."""
    posted = access.data(world)
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for name, row in ROOMS[room].items():
        url = _url(name, world)
        found[name] = {}
        for method in row:
            data = posted.get(name, {}) if method == "POST" else None
            answers = _answers(client, world, method, url, data)
            found[name][method] = tuple(answer.status_code for answer in answers)
    assert found == ROOMS[room]


@pytest.mark.parametrize("room", ROOMS)
def test_a_method_that_is_not_in_the_table_is_refused(client, world, room):
    for name, row in ROOMS[room].items():
        url = _url(name, world)
        for method in set(METHODS) - set(row):
            for answer in _answers(client, world, method, url, None):
                refused = answer.status_code in (403, 404, 405)
                sent_to_sign_in = answer.status_code == 302 and "/sign-in/" in answer.url
                assert refused or sent_to_sign_in, (name, method, answer)
