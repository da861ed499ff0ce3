"""The kit's own pages, on every device."""

import pytest
from playwright.sync_api import expect

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


def test_a_wrong_form_says_where_and_leads_there(visit, device):
    page = visit("/sample/form/", device=device)
    page.get_by_label("简单说明").fill("漏水")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("button", name="确定").click()
    summary = page.get_by_role("alert")
    summary.wait_for()
    assert page.evaluate("document.activeElement.classList.contains('error-summary')")
    assert page.get_by_label("简单说明").input_value() == "漏水"
    assert_good(page)
    summary.get_by_role("link", name="手机号").click()
    assert page.evaluate("document.activeElement.id") == "id_phone"


def test_a_dangerous_act_is_asked_once_more_and_may_be_left(visit, device):
    page = visit("/sample/form/", device=device)
    page.get_by_role("button", name="提交").click()
    dialog = page.get_by_role("dialog")
    assert "确定提交吗？" in dialog.text_content()
    assert_good(page)
    dialog.get_by_role("button", name="不，返回").click()
    assert dialog.count() == 0
    assert page.get_by_role("alert").count() == 0


def test_language_and_print_size_are_kept_on_the_same_page(visit, device):
    page = visit("/sample/?page=2", device=device)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/sample/?page=2")
    before = page.locator("html[data-elder]").count()
    page.get_by_role("button", name="Standard size" if before else "Large print").click()
    expect(page.locator("html[data-elder]")).to_have_count(1 - before)


def test_without_javascript_everything_can_still_be_sent(visit, device):
    page = visit("/sample/form/", device=device, java_script_enabled=False)
    page.get_by_role("button", name="提交").click()
    assert page.locator(".error-summary").count() == 1
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
