"""The people of a roster: who is who, which number stays, who is taken up."""

import pytest
from django.db import connection

from bandeng.people.actions import import_roster
from bandeng.people.models import HomeRelation, Person
from bandeng.places.rules.roster import read_roster
from bandeng.places.rules.roster.workbook import Sheet
from bandeng.trail import reads as trail
from bandeng.trail.models import Entry
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
HEAD = ["楼栋", "单元", "房号", "业主", "电话", "身份证", "租户", "租户电话"]
ID = "11010519491231002X"


def take(world, *rows):
    roster = read_roster(sheets=[Sheet("册", [[*row] for row in (HEAD, *rows)])])
    taken = import_roster(
        estate=world.estate,
        roster=roster,
        file_name="名册.xlsx",
        content_hash=bytes(32),
        by=HOUSE,
        at=NOW,
    )
    return taken, {(f.code, f.row, f.column) for f in roster.findings.notes}


def related(number):
    held = HomeRelation.objects.filter(home__number=number).order_by("pk")
    return [(relation.kind, relation.person.name, relation.person.phone) for relation in held]


def test_owners_and_occupants_are_taken_up(world):
    _taken, notes = take(
        world,
        ["5栋", "1", "101", "王 甲、李乙", "13900000001/13900000002", "", "赵丙", "0731-28888888"],
    )
    assert related("101") == [
        ("owner", "王甲", "+8613900000001"),
        ("owner", "李乙", "+8613900000002"),
        ("occupant", "赵丙", "+8673128888888"),
    ]
    assert notes == set()
    relation = HomeRelation.objects.filter(home__number="101")[0]
    assert (relation.source, relation.period.lower.isoformat()) == (
        "名册 名册.xlsx",
        "2024-03-01",
    )


def test_who_owns_two_homes_is_one_person(world):
    take(
        world,
        ["5栋", "1", "101", "王甲", "13900000001"],
        ["5栋", "1", "102", "王甲", "13900000001"],
        ["5栋", "1", "103", "王甲", "13900000003"],  # another number: another 王甲
        ["5栋", "1", "104", "李乙", "13900000001"],  # a shared number: another person
    )
    assert Person.objects.filter(name="王甲").count() == 2
    assert len(Person.objects.by_phone("+8613900000001")) == 2


def test_the_same_file_twice_takes_up_nobody_twice(world):
    rows = [
        ["5栋", "1", "101", "王甲", "13900000001", ID],
        ["5栋", "1", "102", "李乙", "", ""],
    ]
    take(world, *rows)
    persons, relations = Person.objects.count(), HomeRelation.objects.count()
    take(world, *rows)
    assert (Person.objects.count(), HomeRelation.objects.count()) == (persons, relations)


def test_a_number_that_was_missing_is_added(world):
    take(world, ["5栋", "1", "101", "王甲", "", ""])
    take(world, ["5栋", "1", "101", "王甲", "13900000001", ID])
    person = Person.objects.get(name="王甲")
    assert (person.phone, person.id_number) == ("+8613900000001", ID)
    assert person.phone_verified_at is None
    assert person in Person.objects.by_phone("+8613900000001")
    assert person in Person.objects.by_id_number(ID)


def test_a_verified_number_stays(world):
    """Alice owns 3-2-1502 and has shown that she holds her number."""
    alice = world.people["Alice"]
    _taken, notes = take(world, ["3栋", "2", "1502", "Alice", "13900000001"])
    assert Person.objects.get(pk=alice.pk).phone == "+8613800000001"
    assert notes == {("phone_kept", 2, "E")}
    assert Person.objects.filter(name="Alice").count() == 1


def test_nobody_leaves_a_home_because_a_file_does_not_name_them(world):
    take(world, ["3栋", "2", "1502", "王甲", "13900000001"])
    assert [name for _kind, name, _phone in related("1502")] == ["Alice", "王甲"]


def test_numbers_that_are_none_are_noted_at_their_cell(world):
    _taken, notes = take(
        world,
        ["5栋", "1", "101", "王甲", "138", "430203198001011234"],
        ["5栋", "1", "102", "李乙", "13900000001、13900000002", ID],
        ["5栋", "1", "103", "赵丙", "", ID],  # copied down by mistake
        ["5栋", "1", "104", "某某有限公司", "28888888", ""],
    )
    assert notes == {
        ("phone_unclear", 2, "E"),
        ("id_wrong", 2, "F"),
        ("phone_second", 3, "E"),
        ("id_taken", 4, "F"),
        ("company_owner", 5, "D"),
    }
    assert Person.objects.get(name="赵丙").id_number in (None, "")
    assert related("104") == []


def test_one_entry_and_no_name_in_it(world):
    before = Entry.objects.count()
    take(world, ["5栋", "1", "101", "王甲", "13900000001"])
    entry = Entry.objects.order_by("-pk")[0]
    assert Entry.objects.count() == before + 1
    facts = trail.facts(entry=entry)
    assert (facts["persons_new"], facts["relations_new"]) == (1, 1)
    assert "王甲" not in bytes(entry.public).decode()


def test_numbers_lie_encrypted(world):
    take(world, ["5栋", "1", "101", "王甲", "13900000001", ID])
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone::text, id_number::text FROM people_person WHERE name = '王甲'")
        phone, number = cursor.fetchone()
    assert b"13900000001".hex() not in phone
    assert ID.encode().hex() not in number
