"""The kit's own pages, on every device."""

import pytest

from tests.browser.checks import assert_good
from tests.browser.fixtures import DEVICES

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("device", DEVICES)]
NOT_FOUND, FAILED = ("404",), ("500",)


@pytest.mark.parametrize("address", ["/sample/", "/sample/form/"])
def test_every_component_is_good_to_read_and_touch(visit, device, address):
    assert_good(visit(address, device=device))


def test_the_error_pages_too(visit, device):
    assert_good(visit("/nowhere/", device=device, expect=NOT_FOUND))
    assert_good(visit("/sample/broken/", device=device, expect=FAILED))
