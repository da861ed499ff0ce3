import pytest
from django.urls import reverse


def _prefer(client, **said):
    return client.post(reverse("kit:prefer"), said)


def test_the_language_chosen_stays_chosen_whatever_the_browser_says(client):
    assert 'lang="zh-hans"' in client.get("/no-such-page/").content.decode()
    _prefer(client, language="en", next="/no-such-page/")
    page = client.get("/no-such-page/", headers={"accept-language": "zh-CN"}).content.decode()
    assert 'lang="en"' in page
    assert "There is no such page for you" in page


@pytest.mark.parametrize(
    ("asked", "given"),
    [("en-GB,en;q=0.9", "en"), ("zh-TW", "zh-hans"), ("fr", "zh-hans"), ("", "zh-hans")],
)
def test_the_browser_decides_until_then(client, asked, given):
    page = client.get("/no-such-page/", headers={"accept-language": asked}).content.decode()
    assert f'<html lang="{given}"' in page


def test_large_print_can_be_switched_on_and_off(client):
    assert "data-elder" not in client.get("/no-such-page/").content.decode()
    _prefer(client, elder="on")
    assert "data-elder" in client.get("/no-such-page/").content.decode()
    _prefer(client, elder="off")
    assert "data-elder" not in client.get("/no-such-page/").content.decode()


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/cases/?page=2", "/cases/?page=2"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_one_comes_back_to_the_same_page_and_nowhere_else(client, wanted, got):
    assert _prefer(client, language="en", next=wanted).url == got


def test_nonsense_is_not_remembered(client):
    assert not _prefer(client, language="tlh", elder="maybe").cookies
