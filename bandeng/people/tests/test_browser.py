"""The door and the people's pages in a real browser."""

import re

import pytest

from bandeng.people.actions import change_password
from bandeng.trail.rules import HOUSE
from tests.browser.checks import assert_good
from tests.world import NOW

pytestmark = pytest.mark.browser
OPEN = ("/sign-in/", "/sign-in/code/", "/sign-up/")
OWN = ("/account/", "/account/password/", "/account/phone/", "/account/preferences/")
WORK = ("/people/", "/people/find/", "/people/add/", "/organisations/")


def test_every_page_is_good(look_at, people):
    work = (*WORK, f"/people/{people['Alice'].pk}/")
    pages = {None: OPEN, "Alice": OWN, "Bob": work}
    look_at([(name, address) for name, addresses in pages.items() for address in addresses])


def test_a_resident_signs_in_with_the_keyboard_alone(site, visit, world):
    change_password(person=world.people["Alice"], password="乌云散去终见青天", by=HOUSE, at=NOW)
    page = visit("/sign-in/", device="desktop", language="en-GB")
    page.get_by_label("Phone number").focus()
    page.keyboard.type("138 0000 0001")
    page.keyboard.press("Tab")
    page.keyboard.type("乌云散去终见青天")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    assert page.locator("h1").inner_text() == "Hello, Alice"


def test_somebody_new_opens_an_account_with_a_code(serve, visit, world, tmp_path):
    letters = tmp_path / "letters"
    own = serve(BANDENG_SMS="bandeng.people.tests.filed.Filed", TEST_LETTERS=str(letters))
    page = visit("/sign-up/", device="phone", language="en-GB", site=own)
    page.get_by_label("Your name").fill("赵钱")
    page.get_by_label("Phone number").fill("139 0000 0055")
    page.get_by_label("I have read this and agree.").check()
    page.get_by_role("button", name="Send code").click()
    page.wait_for_url("**/sign-up/code/")
    assert_good(page)
    page.get_by_label("Code from the message").fill(re.findall("[0-9]{6}", letters.read_text())[-1])
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/desk/")
    assert page.locator("h1").inner_text() == "Hello, 赵钱"


def test_what_is_hidden_is_shown_once(site, visit, world):
    alice = world.people["Alice"]
    page = visit(
        f"/people/{alice.pk}/", device="phone", person=world.people["Bob"], language="en-GB"
    )
    assert "138****0001" in page.locator("main").inner_text()
    page.get_by_text("Show what is hidden").click()
    page.get_by_label("Why").fill("call back")
    page.get_by_role("button", name="Show once").click()
    page.get_by_role("heading", name="Shown once").wait_for()
    assert "+8613800000001" in page.locator("main").inner_text()
