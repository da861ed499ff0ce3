"""What is kept about a person: a copy for them, and its end."""

import json
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from bandeng.cases.actions import withdraw_report
from bandeng.cases.models import Report
from bandeng.desk.actions import MattersOpen, erase_person
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
