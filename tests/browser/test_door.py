"""The pages that everybody meets first, on every device and in both languages."""

import pytest

from tests.browser.checks import assert_good
from tests.browser.fixtures import DEVICES

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("device", DEVICES)]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_door(visit, device, language):
    for address in ("/", "/sign-in/", "/sign-up/"):
        assert_good(visit(address, device=device, language=language))


def test_somebody_signed_in_sees_their_account(visit, world, device):
    page = visit("/account/", device=device, person=world.people["Bob"])
    assert page.get_by_text("Bob").count()
    assert_good(page)


def test_lists_are_cards_on_a_phone(visit, world, device):
    page = visit("/organisations/", device=device, person=world.people["Erin"])
    assert_good(page)
