"""A report's whole way, through the addresses, as each of the people concerned."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from bandeng.cases import actions
from bandeng.cases.models import Answer, Case, Report
from bandeng.trail.models import Attachment, Entry
from bandeng.trail.rules import HOUSE
from bandeng.trail.tests.pictures import photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_try():
    cache.clear()


@pytest.fixture
def walk(client, people):
    """Post as somebody, or as nobody; give the page that follows."""

    def post(who, url, **data):
        client.logout()
        if who:
            client.force_login(people[who])
        return client.post(url, data, follow=True)

    return post


@pytest.fixture
def see(client, people):
    def get(who, url):
        client.logout()
        if who:
            client.force_login(people[who])
        return client.get(url).content.decode()

    return get


def _form(world, **more):
    return {
        "category": str(world.lamps.token),
        "danger": "no",
        "text": "四楼的灯也坏了，我是王小明",
        "client_id": uuid4(),
    } | more


def _report(client, world, **more):
    """Report as a stranger at the building's address; give the case and the secret address."""
    answer = client.post(f"/r/{world.building.token}/?qr", _form(world, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.latest("pk").case, answer.url.removesuffix("?new=1")


def test_from_a_code_on_the_door_to_two_answers_and_closed(client, world, walk, see):
    case, status = _report(
        client, world, name="王小明", phone="138 1234 5678", photos=[photo(), photo(kind="PNG")]
    )
    report = case.reports.get()
    assert (case.state, case.organisation, report.channel) == ("assigned", world.company, "qr")
    assert Attachment.objects.filter(thread=case.thread).count() == 2
    page = see(None, status + "?new=1")
    assert report.number in page
    assert "某物业公司" in page
    assert "楼道照明" in see("Frank", "/cases/")

    walk("Frank", f"/cases/{case.number}/accept/")
    walk("Frank", f"/cases/{case.number}/start/", note="明天上门")
    walk("Frank", f"/cases/{case.number}/result/", result="已换灯管", photos=[photo()])
    page = see(None, status)
    assert "已换灯管" in page
    assert "明天上门" in page
    assert page.count("?small") == 3  # their own two, and the one that proves the result

    walk(None, f"{status}answer/", solved="yes", satisfied="very", contacted="yes")
    case.refresh_from_db()
    assert case.state == "closed_solved"  # everybody concerned calls it solved
    assert Answer.objects.get().satisfied == "very"
    assert "您的评价" in see(None, status)


def test_a_form_with_mistakes_keeps_what_was_typed_and_says_what_is_wrong(client, world):
    form = _form(world, phone="138", danger="")
    page = client.post(f"/r/{world.building.token}/", form).content.decode()
    assert "四楼的灯也坏了" in page
    assert page.count("error-summary") == 1
    assert str(form["client_id"]) in page
    assert Report.objects.count() == 1


def test_a_form_sent_twice_is_one_report(client, world):
    form = _form(world)
    urls = {client.post(f"/r/{world.building.token}/", form).url for _twice in range(2)}
    assert len(urls) == 1
    assert Report.objects.filter(client_id=form["client_id"]).count() == 1
    assert Case.objects.count() == 2


def test_the_neighbour_sees_what_not_who_and_follows(client, world, see):
    case, _status = _report(client, world, name="王小明", phone="13812345678")
    page = see(None, f"/r/{world.building.token}/")
    assert case.title in page
    assert "我也是" in page
    assert "王小明" not in page
    url = f"/r/{world.building.token}/me-too/{case.number}/"
    status = client.post(url, {"client_id": uuid4()}).url
    assert [one.number for one in case.reports.order_by("pk")] == [
        f"{case.number}-1",
        f"{case.number}-2",
    ]
    assert "王小明" not in see(None, status)


def test_a_dispute_and_a_danger_are_not_shown_to_neighbours(client, world, see):
    case, _status = _report(client, world, danger="yes")
    assert case.urgent
    page = see(None, f"/r/{world.building.token}/")
    assert case.number not in page


def test_refused_and_passed_on_with_refuser_and_next_body_shown(client, world, walk, see):
    case, status = _report(client, world)
    walk("Frank", f"/cases/{case.number}/dispute/", reason="公共照明归社区",
         suggested=world.community.pk)  # fmt: skip
    due = case.due_at
    page = see(None, status)
    assert "公共照明归社区" in page
    assert "建议由其办理：甲社区居委会" in page
    walk("Bob", f"/cases/{case.number}/route/", organisation=world.community.pk)
    case.refresh_from_db()
    assert (case.state, case.organisation, case.due_at) == ("assigned", world.community, due)
    page = see(None, status)
    assert "原办理单位：某物业公司" in page
    former = see("Frank", f"/cases/{case.number}/")
    assert "四楼的灯也坏了" not in former  # the body that had it sees where it went, no more
    assert "甲社区居委会" in former


def test_a_hazard_is_made_safe_with_proof_or_a_reason(client, world, walk):
    case, _status = _report(client, world, category=str(world.facade.token), danger="yes")
    walk("Frank", f"/cases/{case.number}/accept/")
    refused = walk("Frank", f"/cases/{case.number}/result/", result="已修")
    assert "请先登记险情何时排除" in refused.content.decode()
    url = f"/cases/{case.number}/make-safe/"
    assert "没有照片的原因" in walk("Frank", url, note="已清除").content.decode()
    walk("Frank", url, note="已清除", photo=photo())
    case.refresh_from_db()
    assert case.made_safe_at
    assert not case.urgent


def test_who_handled_or_entered_it_neither_closes_nor_answers(client, world, walk):
    walk("Bob", "/cases/enter/", where="槐园3栋", text="来电：灯坏了", channel="phone",
         category=world.lamps.pk)  # fmt: skip
    report = Report.objects.latest("pk")
    case = report.case
    assert (report.entered_by, report.channel) == (world.people["Bob"], "phone")
    for verb, data in (("accept", {}), ("result", {"result": "已换灯"})):
        walk("Frank", f"/cases/{case.number}/{verb}/", **data)
    answer = f"/cases/reports/{report.number}/answer/"
    said = {"channel": "phone", "reached": "yes", "solved": "yes", "satisfied": "yes"}
    assert walk("Frank", f"/cases/{case.number}/close/", solved="yes").status_code == 403
    assert walk("Frank", answer, **said).status_code == 403
    assert walk("Bob", answer, **said).status_code == 403  # he entered it
    early = walk("Bob", f"/cases/{case.number}/close/", solved="yes")
    assert "还有当事人未答复" in early.content.decode()
    walk("Erin", answer, **said | {"solved": "partly"})
    refused = walk("Bob", f"/cases/{case.number}/close/", solved="yes").content.decode()
    assert "多数答复者认为没有解决" in refused
    walk("Bob", f"/cases/{case.number}/close/", solved="no", explanation="配件停产，下月更换")
    case.refresh_from_db()
    assert case.state == "closed_unsolved"


def test_a_reporter_has_it_taken_up_again_and_the_body_is_asked_anew(client, world, walk):
    case, status = _report(client, world)
    walk("Frank", f"/cases/{case.number}/accept/")
    walk("Frank", f"/cases/{case.number}/result/", result="已换灯")
    walk(None, f"{status}answer/", solved="no", satisfied="no")
    walk(None, f"{status}again/", reason="又灭了")
    case.refresh_from_db()
    assert (case.state, case.reopenings, case.organisation) == ("reopened", 1, world.company)
    assert case.handovers.filter(state="offered", organisation=world.company).count() == 1
    walk("Frank", f"/cases/{case.number}/accept/")
    walk("Frank", f"/cases/{case.number}/result/", result="换了整灯")
    walk(None, f"{status}answer/", solved="yes", satisfied="yes")
    assert sorted(Answer.objects.values_list("cycle", "solved")) == [(0, "no"), (1, "yes")]


def test_waiting_moves_the_date_and_says_why(client, world, walk, see):
    case, status = _report(client, world)
    walk("Frank", f"/cases/{case.number}/accept/")
    assert walk("Frank", f"/cases/{case.number}/wait/", reason="等").status_code == 403
    walk("Bob", f"/cases/{case.number}/wait/", reason="等配件到货")
    assert "等配件到货" in see(None, status)
    walk("Frank", f"/cases/{case.number}/start/")
    case.refresh_from_db()
    assert (case.state, case.paused_at) == ("in_progress", None)


def test_joined_cases_keep_each_reporters_number_link_and_answer(client, world, walk, see):
    first, status = _report(client, world)
    second, other = _report(client, world)
    number = second.reports.get().number
    walk("Bob", f"/cases/{second.number}/merge/", into=first.number)
    second.refresh_from_db()
    assert (second.state, second.duplicate_of) == ("duplicate", first)
    page = see(None, other)
    assert number in page
    assert first.title in page
    walk("Frank", f"/cases/{first.number}/accept/")
    walk("Frank", f"/cases/{first.number}/result/", result="都换了")
    walk(None, f"{status}answer/", solved="yes", satisfied="yes")
    walk(None, f"{other}answer/", solved="no", satisfied="no")
    assert {answer.solved for answer in Answer.objects.all()} == {"no", "yes"}
    first.refresh_from_db()
    assert first.state == "result_reported"  # not everybody agrees: nothing closes by itself


def test_name_and_phone_are_masked_and_looking_is_on_record(client, world, walk, see):
    case, _status = _report(client, world, name="王小明", phone="13812345678")
    number = case.reports.get().number
    page = see("Bob", f"/cases/{case.number}/")
    assert "王*明" in page
    assert "138****5678" in page
    assert "13812345678" not in page
    shown = walk("Bob", f"/cases/reports/{number}/unmask/", reason="约上门时间").content.decode()
    assert "+8613812345678" in shown
    assert Entry.objects.get(verb="report.unmasked").actor == world.people["Bob"].token
    assert walk("Frank", f"/cases/reports/{number}/unmask/", reason="x").status_code == 403


def test_a_number_and_its_phone_find_the_page_and_nothing_else_does(client, world):
    right = {"number": world.report.number.replace("-", "－"), "phone": "138 0000 0001"}
    assert client.post("/s/", right).url == f"/s/{world.secret}/"
    for wrong in ({"phone": "13800000002"}, {"number": "20200101-003001-1-1"}):
        assert (
            "没有与该受理号和电话相符的上报" in client.post("/s/", right | wrong).content.decode()
        )
    for _again in range(10):
        client.post("/s/", right | {"phone": "13800000003"})
    assert "尝试次数过多" in client.post("/s/", right).content.decode()


def test_what_is_published_names_nobody_and_was_signed(client, world, walk, see):
    case, _status = _report(client, world, name="王小明")
    assert case.title not in see(None, "/cases/public/")
    assert walk("Bob", f"/cases/{case.number}/publish/").status_code == 403
    walk("Erin", f"/cases/{case.number}/publish/", title="槐园3栋：楼道照明", checked="on")
    page = see(None, f"/cases/public/{case.number}/")
    assert "槐园3栋：楼道照明" in page
    assert "王小明" not in page
    assert "四楼" not in page
    walk("Erin", f"/cases/{case.number}/unpublish/", reason="有误")
    assert client.get(f"/cases/public/{case.number}/").status_code == 404


def test_neither_trail_nor_database_holds_what_a_reporter_wrote(client, world, owner_free_text):
    case, _status = _report(client, world, name="王小明", phone="13812345678")
    public = b"".join(bytes(entry.public) for entry in case.thread.entries.all())
    for secret in ("王小明", "13812345678", "四楼"):
        assert secret.encode() not in public
        assert secret not in owner_free_text(case)


@pytest.fixture
def owner_free_text():
    """Give a report's row as the database holds it."""

    def read(case):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM cases_report WHERE case_id = %s", [case.pk])
            return re.sub(r"\\x[0-9a-f]+", "", str(cursor.fetchall()))

    return read


def test_a_report_is_withdrawn_and_erased(client, world, walk):
    case, status = _report(client, world, name="王小明", phone="13812345678")
    walk(None, f"{status}withdraw/")
    case.refresh_from_db()
    assert (case.state, case.followers) == ("withdrawn", 0)
    report = actions.erase_report(report=case.reports.get(), by=HOUSE, at=timezone.now())
    assert (report.name, report.phone, report.text) == (None, None, None)
    assert client.get(status).status_code == 200
