"""The list: what is shown first, what can be asked, and that it does not slow down with rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bandeng.cases import actions
from bandeng.cases.models import Case
from bandeng.trail.rules import HOUSE

pytestmark = pytest.mark.django_db


def _new(world, **more):
    told = {"estate": world.estate, "category": world.lamps, "text": "灯坏了", "by": HOUSE}
    return actions.submit_report(**told | {"at": world.now} | more).report.case


def _numbers(client, query=""):
    page = client.get(f"/cases/{query}").context
    return [case.number for case in page["table"].data]


@pytest.fixture
def bob(client, people):
    client.force_login(people["Bob"])
    return client


def test_a_hazard_stands_first_until_it_is_safe(bob, world):
    danger = _new(world, category=world.facade, at=timezone.now())
    assert _numbers(bob) == [danger.number, world.case.number]
    actions.make_safe(case=danger, note="已清除", without_photo="夜间", by=HOUSE, at=timezone.now())
    assert _numbers(bob) == [world.case.number, danger.number]  # then by date


def test_filters_narrow_and_what_is_closed_is_asked_for(bob, world):
    other = _new(world, category=None, building=world.building, at=timezone.now())
    actions.set_aside_case(case=other, explanation="请找供电公司", by=HOUSE, at=timezone.now())
    assert _numbers(bob) == [world.case.number]
    assert _numbers(bob, "?state=ended") == [other.number]
    assert len(_numbers(bob, "?state=all")) == 2
    assert _numbers(bob, f"?state=all&category={world.lamps.pk}") == [world.case.number]
    assert _numbers(bob, f"?organisation={world.subdistrict.pk}") == []
    assert _numbers(bob, "?overdue=on") == [world.case.number]
    assert _numbers(bob, "?building=3&kind=complaint") == [world.case.number]
    assert _numbers(bob, "?text=照明") == [world.case.number]
    assert _numbers(bob, f"?text={world.report.number}") == [world.case.number]
    assert _numbers(bob, "?text=不存在") == []


def test_htmx_gets_the_table_alone(bob, world):
    part = bob.get("/cases/?text=照明", headers={"HX-Request": "true"}).content.decode()
    assert "<!doctype" not in part
    assert world.case.number in part


def test_a_body_sees_its_own_cases_and_a_stranger_none(client, people, world):
    for name, seen in (("Frank", 1), ("Erin", 1), ("Alice", 1), ("Dora", 0), ("Charlie", 0)):
        client.force_login(people[name])
        assert len(_numbers(client)) == seen, name


def test_the_number_of_questions_does_not_grow_with_the_rows(bob, world):
    def questions(url):
        bob.get(url)
        with CaptureQueriesContext(connection) as asked:
            bob.get(url)
        return len(asked)

    urls = ("/cases/", f"/cases/{world.case.number}/", "/cases/rates/")
    before = [questions(url) for url in urls]
    for _each in range(12):
        _new(world)
        actions.follow_case(case=world.case, by=HOUSE, at=world.now)
    assert [questions(url) for url in urls] == before


def test_a_spreadsheet_holds_words_and_dates_and_no_formula(bob, world):
    Case.objects.filter(pk=world.case.pk).update(title="=1+1")
    text = bob.get("/cases/?_export=csv")
    content = b"".join(text.streaming_content) if text.streaming else text.content
    assert "'=1+1" in content.decode("utf-8-sig")
    assert "已派单" in content.decode("utf-8-sig")
