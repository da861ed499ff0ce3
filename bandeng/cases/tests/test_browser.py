"""The room's pages in a real browser: each device, without JavaScript, and a whole journey."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from bandeng.cases import actions
from bandeng.cases.models import Report
from bandeng.trail.rules import HOUSE
from bandeng.trail.tests.pictures import photo
from tests.browser.fixtures import CHINESE

pytestmark = pytest.mark.browser

PAGES = [
    (None, "/r/{place}/"),
    (None, "/r/?q=槐"),
    (None, "/s/"),
    (None, "/s/{secret}/?new=1"),
    (None, "/s/{asked}/"),
    (None, "/s/{secret}/slip/"),
    (None, "/cases/public/"),
    ("Alice", "/cases/mine/"),
    ("Bob", "/cases/"),
    ("Bob", "/cases/{number}/"),
    ("Frank", "/cases/{number}/dispute/"),
    ("Bob", "/cases/enter/"),
    ("Bob", "/cases/posters/{place}/"),
    ("Erin", "/cases/rates/"),
    ("Erin", "/cases/rules/"),
    ("Erin", "/cases/categories/add/"),
]


@pytest.fixture
def parts(world):
    """Add a new report with a neighbour, and one whose result is to be judged."""
    now: Any = {"by": HOUSE, "at": timezone.now()}
    told: Any = {"estate": world.estate, "building": world.building, "category": world.lamps}
    new = actions.submit_report(**told, text="灯坏了", photos=[photo()], **now)
    actions.follow_case(case=new.report.case, **now)
    asked = actions.submit_report(**told, text="灯又坏了", **now)
    case = actions.accept_case(case=asked.report.case, **now)
    actions.report_result(case=case, result="已换灯管", photos=[photo()], **now)
    return {
        "place": world.building.token,
        "number": new.report.case.number,
        "secret": new.secret,
        "asked": asked.secret,
    }


def test_every_page_is_good_to_read_and_touch(look_at, parts):
    look_at([(who, address.format(**parts)) for who, address in PAGES], CHINESE)


def test_a_report_with_a_photo_and_its_answer_without_javascript(visit, world, tmp_path):
    file = tmp_path / "灯.jpg"
    file.write_bytes(photo(size=(1200, 900)).read())
    page = visit(f"/r/{world.building.token}/?qr", java_script_enabled=False)
    page.get_by_label("楼道照明").check()
    page.get_by_label("否", exact=True).check()
    page.get_by_label("发生了什么？").fill("四楼的灯坏了")
    page.get_by_label("照片").set_input_files(str(file))
    page.get_by_role("button", name="提交上报").click()
    report = Report.objects.latest("pk")
    assert page.locator(".card.done .number").inner_text() == report.number
    assert page.locator("ul.photos img").count() == 1
    house: Any = {"by": HOUSE, "at": timezone.now()}
    case = actions.accept_case(case=report.case, **house)
    actions.report_result(case=case, result="已换灯管", **house)
    page.reload()
    page.get_by_label("已解决", exact=True).check()
    page.get_by_label("非常满意").check()
    page.get_by_role("button", name="提交评价").click()
    case.refresh_from_db()
    assert case.state == "closed_solved"
    assert "谢谢您的评价" in page.content()


def test_a_mistake_is_shown_and_nothing_typed_is_lost(visit, world):
    page = visit(f"/r/{world.building.token}/")
    page.get_by_label("发生了什么？").fill("四楼的灯坏了")
    page.get_by_label("您的电话").fill("12")
    page.get_by_role("button", name="提交上报").click()
    assert page.locator(".error-summary").is_visible()
    assert page.get_by_label("发生了什么？").input_value() == "四楼的灯坏了"
    assert Report.objects.filter(client_id=uuid4()).count() == 0


def test_filtering_the_list_changes_the_table_alone(visit, people, world):
    page = visit("/cases/", device="desktop", person=people["Bob"])
    page.get_by_label("编号，或摘要、地点中的字词").fill("不存在")
    page.get_by_role("button", name="查看").click()
    page.wait_for_selector("td.empty")
    page.wait_for_url("**/cases/?*text=*")
