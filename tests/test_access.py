import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from tests import access

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ROWS = [(name, method) for name, row in access.ACCESS.items() for method in row]


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


@pytest.mark.parametrize(("name", "method"), ROWS)
def test_the_table_is_true(client, world, name, method):
    posted = access.data(world).get(name, {}) if method == "POST" else None
    answers = _answers(client, world, method, _url(name, world), posted)
    assert tuple(a.status_code for a in answers) == access.ACCESS[name][method]


@pytest.mark.parametrize("name", access.ACCESS)
def test_a_method_that_is_not_in_the_table_is_refused(client, world, name):
    url = _url(name, world)
    for method in set(METHODS) - set(access.ACCESS[name]):
        for answer in _answers(client, world, method, url, None):
            refused = (403, 404, 405)
            sent_to_sign_in = answer.status_code == 302 and "/sign-in/" in answer.url
            assert answer.status_code in refused or sent_to_sign_in, (method, answer)
