"""The page in a real browser: phone, desktop, large print, keyboard, paper."""

import pytest

pytestmark = pytest.mark.browser
ADDRESSES = ("/", "/stories/one-bench/", "/figures/", "/figures/elm.homes/")


def test_every_public_page_is_good(look_at):
    look_at([(None, address) for address in ADDRESSES])


def test_a_reader_opens_a_figure_and_comes_back(site, visit, world):
    page = visit("/", device="phone", language="en-GB")
    page.locator("article a.figure.live").first.click()
    assert page.locator("h1").inner_text() == "Homes of Elm Garden"
    page.locator("dd a", has_text="A subdistrict").click()
    assert page.url.endswith("/stories/one-bench/")
    page.get_by_role("link", name="The Bench Daily").first.click()
    assert page.locator("h1").inner_text().startswith("The Bench Daily")


def test_on_paper_the_menus_are_gone(site, visit, world):
    page = visit("/", device="desktop")
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()
    assert page.locator(".nameplate h1").is_visible()
