"""Start pages, inbox and health in a real browser."""

import pytest

pytestmark = pytest.mark.browser
PAGES = {
    "Alice": ("/desk/", "/messages/"),
    "Bob": ("/desk/",),
    "Erin": ("/desk/", "/desk/cases/open/"),
    "Ivy": ("/desk/", "/health/"),
}


def test_every_page_is_good(look_at):
    look_at([(name, address) for name, addresses in PAGES.items() for address in addresses])


def test_on_a_phone_the_menu_is_at_the_thumb_and_the_rest_on_the_start_page(site, visit, world):
    page = visit("/desk/", device="phone", language="en-GB", person=world.people["Bob"])
    bar = page.get_by_role("navigation", name="Main menu")
    assert bar.get_by_role("link").all_inner_texts() == [
        "Start",
        "Cases",
        "Enter",
        "Messages",
        "Me",
    ]
    assert bar.bounding_box()["y"] > 700
    page.locator("main").get_by_role("link", name="People").click()
    assert page.url.endswith("/people/")


def test_a_message_leads_on_and_is_read(site, visit, world):
    page = visit("/desk/", device="phone", language="en-GB", person=world.people["Alice"])
    page.get_by_role("link", name="Messages (1)").click()
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/account/")
    page.goto("/messages/")
    assert not page.get_by_text("new", exact=True).count()
