from copy import deepcopy
from http.cookies import SimpleCookie

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


@pytest.fixture
def signed_in(client, world):
    """Each person's cookies, from one sign-in."""
    cookies: dict[str | None, SimpleCookie] = {None: SimpleCookie()}
    for name in filter(None, access.PERSONS):
        client.force_login(world.people[name])
        cookies[name] = client.cookies
        client.cookies = SimpleCookie()
    return cookies


@pytest.fixture
def answers(client, signed_in):
    """Give each person's answer; whatever a request changed is undone before the next."""

    def ask(method, url, data):
        for person in access.PERSONS:
            with transaction.atomic():
                client.cookies = deepcopy(signed_in[person])
                yield getattr(client, method.lower())(url, data)
                transaction.set_rollback(True)

    return ask


def test_every_address_says_who_may_open_it():
    assert set(ROUTES) == set(access.ACCESS)


def test_every_get_that_may_write_says_why():
    writing = {name for name, route in ROUTES.items() if hasattr(route.callback, "writes_on_get")}
    assert writing == set(access.WRITES_ON_GET)


@pytest.mark.parametrize("room", ROOMS)
def test_the_table_is_true(answers, world, room):
    """One world a room: every answer is undone before the next is asked for."""
    posted = access.data(world)
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for name, row in ROOMS[room].items():
        url = _url(name, world)
        found[name] = {}
        for method in row:
            data = posted.get(name, {}) if method == "POST" else None
            given = answers(method, url, data)
            found[name][method] = tuple(answer.status_code for answer in given)
    assert found == ROOMS[room]


@pytest.mark.parametrize("room", ROOMS)
def test_a_method_that_is_not_in_the_table_is_refused(answers, world, room):
    for name, row in ROOMS[room].items():
        url = _url(name, world)
        for method in set(METHODS) - set(row):
            for answer in answers(method, url, None):
                refused = answer.status_code in (403, 404, 405)
                sent_to_sign_in = answer.status_code == 302 and "/sign-in/" in answer.url
                assert refused or sent_to_sign_in, (name, method, answer)
