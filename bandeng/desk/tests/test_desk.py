"""Start pages, menu, inbox and health, as each person finds them."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from bandeng.cases.actions import accept_case, dispute_case, submit_report, wait_case
from bandeng.cases.models import Case, Channel
from bandeng.desk import reads
from bandeng.desk.rules import Slot
from bandeng.funds.actions import propose_match
from bandeng.funds.tests.world import billed, funded, ordered, received
from bandeng.post.reads import unread
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
START = reverse("desk:start")


def start(client, person):
    client.force_login(person)
    return client.get(START)


def links(page):
    """Give every address in the bar and under "More"."""
    text = page.content.decode()
    bar = re.search(r'<nav class="tabs".*?</nav>', text, re.DOTALL)
    assert bar
    more = re.findall(r'<li><a class="row" href="(/[^"]*)"><span>[^<]+</span></a></li>', text)
    return re.findall(r'href="([^"]+)"', bar.group()) + more


@pytest.fixture
def hazard(world):
    """A danger in Bob's community, reported by Charlie."""
    return submit_report(
        estate=world.estate, building=world.building, category=world.facade, text="外墙掉砖",
        place="", name="查理", phone="+8613800000003", channel=Channel.QR,
        by=world.people["Charlie"], at=NOW,
    ).report.case  # fmt: skip


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Alice", "resident"), ("Bob", "worker"), ("Charlie", "resident"), ("Dora", "worker"),
        ("Erin", "officer"), ("Frank", "worker"), ("Ivy", "resident"),
    ],
)  # fmt: skip
def test_each_finds_their_own_start_page(client, people, name, page):
    used = {template.name for template in start(client, people[name]).templates}
    assert f"desk/{page}.html" in used


def test_after_signing_in_one_is_at_the_start_page(client, people):
    assert reverse(settings.LOGIN_REDIRECT_URL) == START


def test_a_resident_sees_their_reports_homes_and_messages(client, world):
    text = start(client, world.people["Alice"]).content.decode()
    assert world.case.number in text
    assert "3-2-1502" in text
    assert "您的上报已受理" in text
    other = start(client, world.people["Charlie"]).content.decode()
    assert world.case.number not in other
    assert "您的上报已受理" not in other


def test_a_worker_s_tasks_begin_with_the_verb(client, world, hazard):
    handler = start(client, world.people["Frank"]).content.decode()
    assert "<b>签收或退回</b>" in handler
    dispute_case(case=hazard, reason="不归我们管", by=world.people["Frank"], at=NOW)
    office = start(client, world.people["Bob"]).content.decode()
    assert "<b>确定承办单位</b>" in office
    assert "险情" in office
    near_miss = start(client, world.people["Dora"]).content.decode()
    assert hazard.number not in near_miss


def test_what_is_overdue_with_others_is_told_without_a_verb(client, world):
    told = start(client, world.people["Bob"]).context["todo"]
    assert [case.number for case in told.elsewhere] == [world.case.number]
    assert all(not tasks for tasks in told.tasks.values())


def test_the_same_case_moves_through_the_slots(world):
    frank, due_at = world.people["Frank"], world.case.due_at
    for before, soon in (
        (timedelta(days=20), Slot.LATER),
        (timedelta(days=3), Slot.WEEK),
        (timedelta(minutes=1), Slot.TODAY),
        (-timedelta(minutes=1), Slot.OVERDUE),
    ):
        todo = reads.todo(person=frank, at=due_at - before)
        assert [task.case.pk for task in todo.tasks[soon]] == [world.case.pk]


def test_a_case_whose_clock_rests_is_not_due_today(client, world):
    accept_case(case=world.case, by=world.people["Frank"], at=NOW)
    wait_case(case=world.case, reason="等配件", by=world.people["Bob"], at=NOW)
    todo = reads.todo(person=world.people["Bob"], at=NOW + timedelta(days=90))
    assert [task.case.pk for task in todo.tasks[Slot.LATER]] == [world.case.pk]
    assert "计时暂停" in start(client, world.people["Bob"]).content.decode()


def test_each_count_is_the_length_of_its_list(client, world, hazard):
    erin = world.people["Erin"]
    dispute_case(case=world.case, reason="不归我们管", by=world.people["Frank"], at=NOW)
    cards = {card.key: card.value for card in start(client, erin).context["cards"]}
    assert cards == {"open": 2, "overdue": 2, "hazards": 1, "disputed": 1}
    for key, value in cards.items():
        page = client.get(reverse("desk:behind", kwargs={"key": key}))
        assert page.context["table"].paginator.count == value
        assert str(reads.CARDS[key].definition) in page.content.decode()
    assert client.get(reverse("desk:behind", kwargs={"key": "people"})).status_code == 404


def test_an_officer_counts_only_their_own_scope(client, world):
    elsewhere = {"area_code": "430203004001", "estate": None, "building": None, "place": "别处"}
    Case.objects.filter(pk=world.case.pk).update(**elsewhere)
    cards = start(client, world.people["Erin"]).context["cards"]
    assert {card.value for card in cards} == {0}


def test_a_rate_without_anything_to_count_is_no_data(client, world):
    page = start(client, world.people["Erin"])
    assert {one["share"] for one in page.context["rates"]} == {None}
    assert "无数据" in page.content.decode()


def test_the_chart_counts_by_week(world, hazard):
    weeks = reads.by_week(person=world.people["Erin"], at=NOW + timedelta(days=8))
    assert len(weeks) == 12
    assert [opened for _monday, opened, _closed in weeks][-3:] == [0, 2, 0]
    assert {closed for _monday, _opened, closed in weeks} == {0}


@pytest.mark.parametrize(
    ("name", "has", "has_not"),
    [
        ("Alice", ["cases:mine", "desk:inbox", "cases:where"], ["cases:list", "people:people"]),
        ("Bob", ["cases:list", "cases:enter", "people:people"], ["desk:health"]),
        ("Frank", ["cases:list"], ["cases:enter", "people:people", "cases:rates"]),
        ("Ivy", ["desk:health", "people:people"], []),
    ],
)
def test_the_menu_has_what_one_may_open_and_every_line_opens(client, people, name, has, has_not):
    found = links(start(client, people[name]))
    assert {reverse(one) for one in has} <= set(found)
    assert not {reverse(one) for one in has_not} & set(found)
    for url in found:
        assert client.get(url).status_code == 200, url


def test_the_public_menu_opens_too(client, world):
    found = links(client.get("/sign-in/"))
    assert reverse("account_login") in found
    for url in found:
        assert client.get(url).status_code == 200, url


def test_a_message_is_read_by_a_post_and_leads_on(client, world):
    alice = world.people["Alice"]
    client.force_login(alice)
    assert "您的上报已受理" in client.get(reverse("desk:inbox")).content.decode()
    assert unread(person=alice.token) == 1
    answer = client.post(reverse("desk:read", kwargs={"token": world.told.token}))
    assert answer.url == "/account/"
    assert unread(person=alice.token) == 0


def test_all_messages_are_read_at_once(client, world):
    client.force_login(world.people["Alice"])
    client.post(reverse("desk:read-all"))
    assert unread(person=world.people["Alice"].token) == 0


def test_health_tells_the_administrator_what_is_the_matter(client, people):
    client.force_login(people["Ivy"])
    page = client.get(reverse("desk:health"))
    checks = {check.name: check.state for check in page.context["checks"]}
    assert checks["数据库"] == checks["字符集"] == checks["数据表"] == "ok"
    assert checks["最近备份"] == "red"
    (settings.STATE / "last-backup").write_text(timezone.now().isoformat(timespec="seconds"))
    again = client.get(reverse("desk:health")).context["checks"]
    (settings.STATE / "last-backup").unlink()
    assert {check.name: check.state for check in again}["最近备份"] == "ok"


def test_a_supervisor_learns_nothing_but_that_it_lives(client, db):
    answer = client.get(reverse("desk:healthz"))
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_a_start_page_asks_no_more_queries_for_more_cases(
    client, world, django_assert_max_num_queries
):
    for n in range(12):
        submit_report(
            estate=world.estate, building=world.building, category=world.lamps, text=f"灯{n}",
            place="", name="", phone="", channel=Channel.QR, by=HOUSE, at=NOW,
        )  # fmt: skip
    client.force_login(world.people["Bob"])
    with django_assert_max_num_queries(18):
        client.get(START)


def test_money_that_waits_stands_on_the_start_page_of_whoever_is_to_act(client, world):
    people, now = world.people, world.now

    def waiting(name):
        text = start(client, people[name]).content.decode()
        found = re.findall(r'href="(/money/[^"]*)"><span><b>([^<]+)</b>.*?">(\d+)<', text)
        return {verb: (int(count), address) for address, verb, count in found}

    assert waiting("Mona") == {}
    funded(world)
    line = received(world, 300).lines.get()
    matching = reverse("funds:matching", args=[world.account.pk])
    assert waiting("Mona") == {"认领款项": (1, matching)}
    assert waiting("Leo") == waiting("Alice") == {}
    place = world.account.receivables.get()
    propose_match(line=line, shares={place: line.amount}, by=people["Mona"], at=now)
    assert waiting("Mona") == {}
    assert waiting("Kate") == {"作为第二人确认认领": (1, matching)}
    ordered(world, at=timezone.now())
    assert waiting("Judy") == {"会签用款": (1, reverse("funds:inbox"))}


def test_who_has_a_home_in_an_account_finds_the_way_to_it(client, world):
    homes = reverse("funds:homes")
    assert homes not in links(start(client, world.people["Alice"]))
    billed(world)
    page = start(client, world.people["Alice"])
    assert homes in links(page)
    place = world.account.receivables.get()
    assert f'href="{place.get_absolute_url()}"' in page.content.decode()
    assert "欠 1,770.00 元" in page.content.decode()
    assert homes not in links(start(client, world.people["Charlie"]))
