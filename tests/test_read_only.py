"""A GET reads one moment and cannot write, whatever it calls."""

import pytest
from django.contrib.sessions.models import Session
from django.db import InternalError, connection
from django.http import HttpResponse
from django.urls import path

from bandeng.kit.middleware import writes_on_get
from config.urls import urlpatterns as product

pytestmark = pytest.mark.urls(__name__)
asked: list[str] = []


def look(request):
    with connection.cursor() as cursor:
        for question in asked:
            cursor.execute(question)
        return HttpResponse(str(cursor.fetchone()[0]))


@writes_on_get
def count(request):
    return look(request)


urlpatterns = [
    path("look/", look),
    path("count/", count),
    path("sign-in/", look, name="account_login"),
    *product,  # the world's messages link to pages
]


@pytest.fixture(autouse=True)
def _ask_nothing_yet():
    asked[:] = ["SHOW transaction_isolation"]


def test_signing_in_is_the_default(client, db):
    assert client.get("/look/").status_code == 302


def test_a_session_that_is_no_longer_good_is_ended_by_a_get(client, people):
    client.force_login(people["Bob"])
    people["Bob"].set_password("another")
    people["Bob"].save()
    assert client.get("/look/").status_code == 302
    assert not Session.objects.exists()


def test_a_get_that_calls_a_writing_function_fails(client, world):
    entry = world.estate.thread.entries.first()
    asked[:] = [f"SELECT trail_erase({entry.pk})"]
    client.force_login(world.people["Bob"])
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get("/look/")
    assert entry.private_part


def test_a_get_that_is_declared_to_write_may(client, world):
    entry = world.estate.thread.entries.first()
    asked[:] = [f"SELECT trail_erase({entry.pk})"]
    client.force_login(world.people["Bob"])
    assert client.get("/count/").content == b"True"


def test_an_address_that_does_not_exist_may_not(client, people):
    client.force_login(people["Bob"])
    assert client.get("/nowhere/").status_code == 404


def test_a_get_reads_one_moment(own_clone, client, people):
    client.force_login(people["Bob"])
    assert client.get("/look/").content == b"repeatable read"
