"""The kit's own pages, on every device."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import CHINESE, DEVICES

pytestmark = pytest.mark.browser
NOT_FOUND, FAILED = "404", "500"
FORM = "/sample/form/"


@pytest.fixture
def on_each(visit):
    """Open a page on each device, one after the other."""

    def pages(address, **options):
        for device in DEVICES:
            yield visit(address, device=device, **options)

    return pages


def test_every_component_is_good_to_read_and_touch(look_at):
    look_at([(None, "/sample/"), (None, FORM)], CHINESE)


def test_the_error_pages_too(look_at):
    pages = [(None, "/nowhere/"), (None, "/sample/broken/")]
    look_at(pages, CHINESE, expect=(NOT_FOUND, FAILED))


def test_a_wrong_form_says_where_and_leads_there(on_each):
    for page in on_each(FORM):
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


def test_a_dangerous_act_is_asked_once_more_and_may_be_left(on_each):
    for page in on_each(FORM):
        page.get_by_role("button", name="提交").click()
        dialog = page.get_by_role("dialog")
        assert "确定提交吗？" in dialog.text_content()
        assert_good(page)
        dialog.get_by_role("button", name="不，返回").click()
        assert dialog.count() == 0
        assert page.get_by_role("alert").count() == 0


def test_language_and_print_size_are_kept_on_the_same_page(on_each):
    for page in on_each("/sample/?page=2"):
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert page.url.endswith("/sample/?page=2")
        before = page.locator("html[data-elder]").count()
        page.get_by_role("button", name="Standard size" if before else "Large print").click()
        expect(page.locator("html[data-elder]")).to_have_count(1 - before)


def test_without_javascript_everything_can_still_be_sent(on_each):
    for page in on_each(FORM, java_script_enabled=False):
        page.get_by_role("button", name="提交").click()
        assert page.locator(".error-summary").count() == 1
        page.get_by_role("button", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
