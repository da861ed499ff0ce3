"""One click signs in, in the demo alone."""

import pytest

from bandeng.demo.cast import RESIDENTS, STAFF, phone
from bandeng.people.actions import enrol_person
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.demo_urls")]


@pytest.fixture
def zhu(db):
    return enrol_person(name="朱师傅", phone=phone(key="zhu"), verified=True, by=HOUSE, at=NOW)


def test_every_one_of_the_cast_has_a_phone_of_their_own():
    keys = [*STAFF, *RESIDENTS]
    assert len({phone(key=key) for key in keys}) == len(keys)


def test_in_the_demo_one_click_is_enough(client, settings, zhu):
    settings.BANDENG_DEMO = True
    assert "朱师傅" in client.get("/demo/").content.decode()
    assert client.post("/demo/zhu/").status_code == 302
    assert client.session["_auth_user_id"] == str(zhu.pk)


def test_only_the_cast_can_be_played(client, settings, zhu):
    settings.BANDENG_DEMO = True
    assert client.post("/demo/somebody/").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_the_demo_it_does_not_exist(client, settings, zhu, method):
    settings.BANDENG_DEMO = False
    url = {"get": "/demo/", "post": "/demo/zhu/"}[method]
    assert getattr(client, method)(url).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.urls("config.urls")
def test_the_product_does_not_even_have_the_address(client, settings, zhu):
    settings.BANDENG_DEMO = True
    assert client.post("/demo/zhu/").status_code == 404


def test_what_goes_wrong_in_the_demo_is_explained_as_in_the_product(client, settings):
    settings.BANDENG_DEMO = True
    answer = client.get("/nowhere/", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "What to do now" in answer.content.decode()
