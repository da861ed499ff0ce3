"""The pages that everybody meets first, on every device and in both languages."""

import pytest

from tests.browser.fixtures import CHINESE, DEVICES

pytestmark = pytest.mark.browser


def test_the_door(look_at):
    looks = [(device, language) for device in DEVICES for language in ("zh-CN", "en")]
    look_at([(None, address) for address in ("/", "/sign-in/", "/sign-up/")], looks)


def test_somebody_signed_in_sees_their_account_and_lists_as_cards(look_at, visit, people):
    look_at([("Bob", "/account/"), ("Erin", "/organisations/")], CHINESE)
    assert visit("/account/", person=people["Bob"]).get_by_text("Bob").count()
