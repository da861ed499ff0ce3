"""What is kept about a person: a copy for them, and its end."""

import json
from datetime import date
from io import BytesIO
from typing import Any, cast

import openpyxl
import pytest
from django.urls import reverse

from bandeng.cases.actions import withdraw_report
from bandeng.cases.models import Report
from bandeng.desk.actions import MattersOpen, erase_person
from bandeng.funds import actions as money
from bandeng.funds.tests.world import advanced, approved, billed, funded, ordered
from bandeng.people.actions import end_relation
from bandeng.people.models import HomeRelation, Person
from bandeng.post.reads import inbox
from bandeng.trail.models import Entry
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db


def test_a_copy_of_one_s_data_from_every_room(client, world):
    client.force_login(world.people["Alice"])
    url = reverse("desk:copy")
    copy = json.loads(client.post(url, {"format": "json"}).content)
    assert copy["person"][0]["phone"] == "+8613800000001"
    assert copy["homes"][0]["home"] == "3-2-1502"
    assert copy["reports"][0]["text"] == "三楼的灯坏了一周"
    assert copy["messages"][0]["subject"] == "您的上报已受理"
    book = openpyxl.load_workbook(BytesIO(client.post(url, {"format": "xlsx"}).content))
    assert book.sheetnames == list(copy)
    noted = Entry.objects.filter(verb="data.copied", subject=world.people["Alice"].token)
    assert noted.count() == 2
    assert client.post(url, {"format": "exe"}).status_code == 400


def test_the_copy_holds_what_the_money_s_books_know(client, world):
    funded(world)
    place = world.account.receivables.get(home=world.home)
    money.claim_paid(receivable=place, text="九月已转账", by=world.people["Alice"], at=NOW)
    order = approved(world, ordered(world), "Nils")
    advanced(world)
    client.force_login(world.people["Alice"])
    copy = json.loads(client.post(reverse("desk:copy"), {"format": "json"}).content)
    assert copy["homes in the books"][0]["reference"] == place.reference
    assert copy["said about dues"][0]["text"] == "九月已转账"
    client.force_login(world.people["Nils"])
    copy = json.loads(client.post(reverse("desk:copy"), {"format": "json"}).content)
    assert copy["supervisor seats"][0]["account"] == world.account.name
    assert copy["approvals"][0]["order"] == order.headline()
    assert copy["keys for approvals"]
    client.force_login(world.people["Bob"])
    copy = json.loads(client.post(reverse("desk:copy"), {"format": "json"}).content)
    assert copy["advances"][0]["what"] == "外墙清除"


def test_what_somebody_said_about_dues_and_their_repaid_advance_are_erased(world):
    advance = advanced(world)
    bob, house = world.people["Bob"], cast(dict[str, Any], {"by": HOUSE, "at": NOW})
    with pytest.raises(money.MoneyBinds):
        money.forget_in_money(person=bob, **house)
    erin = {"by": world.people["Erin"], "at": NOW}
    money.repay_advance(advance=advance, organisation=world.developer, **erin)
    money.forget_in_money(person=bob, **house)
    advance.refresh_from_db()
    assert (advance.what, advance.receipt) == ("—", None)
    assert len(bytes(advance.receipt_sha256)) == 32
    billed(world)
    alice, place = world.people["Alice"], world.account.receivables.get(home=world.home)
    claim = money.claim_paid(receivable=place, text="九月已转账", by=alice, at=NOW)
    with pytest.raises(money.MoneyBinds):
        money.forget_in_money(person=alice, **house)
    money.answer_claim(claim=claim, answer="查到了", by=world.people["Mona"], at=NOW)
    money.forget_in_money(person=alice, **house)
    claim.refresh_from_db()
    assert (claim.text, claim.answer) == ("—", "查到了")


def test_who_waits_for_an_answer_is_not_forgotten(world):
    alice = world.people["Alice"]
    home = HomeRelation.objects.get(person=alice)
    end_relation(relation=home, until_on=date(2024, 3, 1), by=HOUSE, at=NOW)
    with pytest.raises(MattersOpen):
        erase_person(person=alice, by=HOUSE, at=NOW)
    assert Person.objects.get(pk=alice.pk).name == "Alice"


def test_an_administrator_erases_a_person_in_every_room(client, world):
    alice = world.people["Alice"]
    home = HomeRelation.objects.get(person=alice)
    end_relation(relation=home, until_on=date(2024, 3, 1), by=HOUSE, at=NOW)
    withdraw_report(report=world.report, by=alice, at=NOW)
    client.force_login(world.people["Ivy"])
    client.post(reverse("desk:erase", kwargs={"pk": alice.pk}), {"reason": "本人申请"})
    alice.refresh_from_db()
    assert alice.erased_at
    assert not any([alice.name, alice.phone, alice.phone_key])
    report = Report.objects.get(pk=world.report.pk)
    assert not any([report.name, report.phone, report.text, report.place])
    assert not inbox(person=alice.token).exists()
    page = client.get(alice.get_absolute_url()).content.decode()
    assert "已删除" in page
    assert "Alice" not in page
