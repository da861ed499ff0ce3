"""An office and its people: masked, shown for a reason, corrected, erased."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from django.urls import reverse

from bandeng.people import reads
from bandeng.people.actions import (
    change_password,
    end_relation,
    enrol_person,
    erase_person,
    give_consent,
    lock_person,
    note_sign_in,
    publish_consent_text,
)
from bandeng.people.actions.persons import StillBound
from bandeng.people.models import Assignment, HomeRelation, OrganisationKind, Person, Purpose
from bandeng.trail import reads as trail
from bandeng.trail.models import Entry, EntryPrivate
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"
BY: dict[str, Any] = {"by": HOUSE, "at": NOW}


def page(client, name, **kwargs):
    return client.get(reverse(f"people:{name}", kwargs=kwargs)).content.decode()


@pytest.fixture
def resident(world):
    """Somebody whom Bob's community has taken up."""
    return enrol_person(
        name="王小明", phone="+8613812341234", id_number=ID, area_code=world.here.code, **BY
    )


@pytest.fixture
def as_bob(client, people):
    client.force_login(people["Bob"])
    return client


@pytest.fixture
def as_ivy(client, people):
    client.force_login(people["Ivy"])
    return client


def test_names_and_numbers_are_masked_on_every_page(as_bob, resident):
    for text in (page(as_bob, "people"), page(as_bob, "person", pk=resident.pk)):
        assert "王*明" in text
        assert "138****1234" in text
        assert "王小明" not in text
        assert "13812341234" not in text
    assert "1101************2X" in page(as_bob, "person", pk=resident.pk)
    assert ID not in page(as_bob, "person", pk=resident.pk)


def test_an_export_is_masked_too(as_bob, resident):
    answer = as_bob.get(reverse("people:people"), {"_export": "csv"})
    text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
    assert "王*明" in text
    assert "王小明" not in text


def test_what_is_hidden_is_shown_once_for_a_reason(as_bob, resident, people):
    url = reverse("people:unmask", kwargs={"pk": resident.pk})
    assert as_bob.get(url).status_code == 405
    answer = as_bob.post(url, {"reason": "电话回访"})
    text = answer.content.decode()
    assert "王小明" in text
    assert "13812341234" in text
    assert ID in text
    assert "no-store" in answer.headers["Cache-Control"]
    entry = Entry.objects.get(verb="person.unmasked")
    assert (entry.thread, entry.actor) == (resident.thread, people["Bob"].token)
    assert trail.private(entry=entry) == {"reason": "电话回访"}
    assert trail.facts(entry=entry) == {"fields": ["id_number", "name", "phone"]}


def test_who_looked_is_told_to_the_person_and_when_they_sign_in_to_nobody_else(
    client, as_bob, people
):
    alice = people["Alice"]
    note_sign_in(person=alice, how="code", **BY)
    as_bob.post(reverse("people:unmask", kwargs={"pk": alice.pk}), {"reason": "电话回访"})
    assert "已登录" not in page(as_bob, "person", pk=alice.pk)
    client.force_login(alice)
    own = page(client, "account")
    assert "已登录" in own
    assert "查看了遮挡信息" in own
    assert "B**" in own


def test_without_a_reason_nothing_is_shown(as_bob, resident):
    answer = as_bob.post(reverse("people:unmask", kwargs={"pk": resident.pk}), {"reason": " "})
    assert answer.status_code == 302
    assert not Entry.objects.filter(verb="person.unmasked").exists()


@pytest.mark.parametrize(
    "number", ["138 1234 1234", "１３８１２３４１２３４", "11010519491231002x"]
)
def test_somebody_is_found_by_a_whole_number(as_bob, resident, number):
    answer = as_bob.post(reverse("people:find"), {"number": number})
    assert answer.url == resident.get_absolute_url()


def test_half_a_number_or_another_community_s_finds_nobody(client, as_bob, resident, people):
    for name, number in (("Bob", "1381234"), ("Bob", "430203"), ("Dora", "13812341234")):
        client.force_login(people[name])
        answer = client.post(reverse("people:find"), {"number": number})
        assert answer.context["form"].errors.keys() == {"number"}


def test_a_person_is_taken_up_with_tidy_numbers(as_bob, world):
    given = {"name": "赵钱", "phone": "１３９-0000-1111", "id_number": "110105 19491231 002x"}
    answer = as_bob.post(reverse("people:add"), given)
    new = Person.objects.get(name="赵钱")
    assert answer.url == new.get_absolute_url()
    assert (new.phone, new.id_number, new.area_code) == ("+8613900001111", ID, world.here.code)


def test_wrong_numbers_are_told_in_a_sentence_and_nothing_is_lost(as_bob, world):
    given = {"name": "赵钱", "phone": "139", "id_number": "430203190102290019"}
    text = as_bob.post(reverse("people:add"), given).content.decode()
    assert "赵钱" in text
    assert "位数不对" in text
    assert "出生日期" in text


def test_an_identity_number_is_somebody_s_own(as_bob, resident):
    text = as_bob.post(reverse("people:add"), {"name": "别人", "id_number": ID}).content.decode()
    assert "该身份证号已登记在册" in text


def test_numbers_lie_encrypted(resident):
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM people_person p")
        rows = " ".join(row for (row,) in cursor.fetchall())
    assert "王小明" in rows
    assert "13812341234" not in rows
    assert b"13812341234".hex() not in rows
    assert ID.encode().hex() not in rows


def test_an_empty_number_stays_when_details_are_corrected(as_bob, resident):
    as_bob.post(reverse("people:change", kwargs={"pk": resident.pk}), {"name": "王晓明"})
    resident.refresh_from_db()
    assert (resident.name, resident.phone, resident.id_number) == ("王晓明", "+8613812341234", ID)


def test_a_person_is_related_to_a_home_and_no_longer(as_bob, resident, world):
    given = {
        "estate": world.estate.pk, "home": "3-2-1502", "kind": "occupant",
        "since_on": "2024-03-01", "source": "登门",
    }  # fmt: skip
    as_bob.post(reverse("people:relate", kwargs={"pk": resident.pk}), given)
    relation = HomeRelation.objects.get(person=resident)
    assert (relation.home, relation.source) == (world.home, "登门")
    until = reverse("people:end-relation", kwargs={"pk": resident.pk, "relation": relation.pk})
    as_bob.post(until, {"until_on": "2024-03-02"})
    relation.refresh_from_db()
    assert relation.period.upper == date(2024, 3, 2)


def test_a_home_that_does_not_exist_is_told(as_bob, resident, world):
    given = {"estate": world.estate.pk, "home": "3-2-9999", "kind": "owner",
             "since_on": "2024-03-01", "source": "登门"}  # fmt: skip
    answer = as_bob.post(reverse("people:relate", kwargs={"pk": resident.pk}), given)
    assert answer.context["form"].errors.keys() == {"home"}


def test_an_administrator_gives_and_ends_a_role(as_ivy, people, world):
    given = {"organisation": world.community.pk, "role": "grid_worker",
             "area_code": "430203003000", "since_on": "2024-03-01"}  # fmt: skip
    charlie = people["Charlie"].pk
    as_ivy.post(reverse("people:assign", kwargs={"pk": charlie}), given)
    held = Assignment.objects.get(person=charlie)
    assert held.area_code == "430203003"
    end = reverse("people:end-role", kwargs={"pk": charlie, "role": held.pk})
    as_ivy.post(end, {"until_on": "2024-03-01"})
    assert not Assignment.objects.valid(on=date(2024, 3, 1)).filter(person=charlie).exists()


def test_an_administrator_closes_and_opens_an_account(client, as_ivy, people):
    url = reverse("people:lock", kwargs={"pk": people["Bob"].pk})
    for active in (False, True):
        as_ivy.post(url, {"reason": "调离"})
        people["Bob"].refresh_from_db()
        assert people["Bob"].is_active is active


def test_a_closed_account_s_session_ends(client, people):
    client.force_login(people["Bob"])
    lock_person(person=people["Bob"], reason="", **BY)
    assert client.get(reverse("people:account")).status_code == 302


def test_a_body_is_taken_up_and_corrected(as_ivy):
    given = {"name": "某建设公司", "kind": "contractor", "area_code": "430203000000",
             "credit_code": "91430200MA4L16JQ90", "telephone": "0731"}  # fmt: skip
    answer = as_ivy.post(reverse("people:add-organisation"), given)
    assert "末位与其他位不相符" in answer.content.decode()
    answer = as_ivy.post(reverse("people:add-organisation"), given | {"credit_code": ""})
    assert answer.status_code == 302
    text = as_ivy.get(answer.url).content.decode()
    assert "某建设公司" in text
    assert "430203" in text
    again = as_ivy.post(reverse("people:add-organisation"), given | {"credit_code": ""})
    assert again.context["form"].errors.keys() == {"name"}


def test_an_erased_person_leaves_a_story_without_a_name(resident, world):
    before = Entry.objects.filter(subject=resident.token).count()
    erased = erase_person(person=resident, **BY)
    assert not any([erased.name, erased.phone, erased.id_number, erased.phone_key, erased.id_key])
    entries = Entry.objects.filter(subject=resident.token)
    assert entries.count() > before
    assert all(trail.holds(entry=entry) for entry in entries)
    kept = b"".join(
        bytes(part) for part in EntryPrivate.objects.values_list("private", flat=True)
    ).decode()
    assert "王小明" not in kept
    assert not Person.objects.by_id_number(ID).exists()


def test_who_is_bound_is_not_forgotten(people):
    for name in ("Alice", "Bob"):
        with pytest.raises(StillBound):
            erase_person(person=people[name], **BY)
    end_relation(
        relation=HomeRelation.objects.get(person=people["Alice"]), until_on=date(2024, 3, 1), **BY
    )
    assert erase_person(person=people["Alice"], **BY).erased_at == NOW


def test_consent_is_given_and_taken_back_by_one_button_each(client, people):
    client.force_login(people["Charlie"])
    url = reverse("people:consent", kwargs={"purpose": Purpose.SHARING})
    client.post(url, {"give": "yes"})
    consent = people["Charlie"].consents.get()
    assert consent.withdrawn_at is None
    client.post(url)
    consent.refresh_from_db()
    assert consent.withdrawn_at
    assert client.post(reverse("people:consent", args=["spying"])).status_code == 404


def test_a_new_version_leaves_the_old_consent_as_it_was(world, people):
    old = reads.consent_text(purpose=Purpose.PUBLISHING)
    give_consent(person=people["Charlie"], text=old, **BY)
    new = publish_consent_text(
        purpose=Purpose.PUBLISHING, text_zh="新文本", text_en="New text", **BY
    )
    assert (old.version, new.version) == (1, 2)
    assert reads.consent_text(purpose=Purpose.PUBLISHING) == new
    texts = {text.purpose: text.version for text, _ in reads.consents_of(person=people["Charlie"])}
    assert texts[Purpose.PUBLISHING] == 1


def test_an_administrator_publishes_the_next_version(as_ivy, world):
    url = reverse("people:texts")
    given = {"purpose": "sharing", "text_zh": "新的告知", "text_en": "A new notice"}
    assert as_ivy.post(url, given).status_code == 302
    text = as_ivy.get(url).content.decode()
    assert "新的告知" in text
    assert "v2" in text
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("UPDATE people_consenttext SET text_zh = 'x'")


def test_closing_one_s_account_keeps_what_the_office_needs(client, people):
    change_password(person=people["Alice"], password="乌云散去终见青天", **BY)
    client.force_login(people["Alice"])
    client.post(reverse("people:consent", kwargs={"purpose": Purpose.ACCOUNT}))
    alice = Person.objects.get(pk=people["Alice"].pk)
    assert not alice.has_password
    assert alice.phone_verified_at is None
    assert HomeRelation.objects.filter(person=alice).exists()
    assert client.get(reverse("people:account")).status_code == 302


def test_the_first_administrator_is_asked_for_everything(db, monkeypatch):
    typed = iter(["李主任", "139 0000 2222", "某某街道办事处"])
    secrets = iter(["乌云散去终见青天", "乌云散去终见青天"])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(secrets))
    call_command("create_administrator")
    person = Person.objects.by_phone("+8613900002222").get()
    assert person.check_password("乌云散去终见青天")
    (held,) = person.held
    assert (held.role, held.organisation.name) == ("administrator", "某某街道办事处")
    assert held.organisation.kind == OrganisationKind.SUBDISTRICT


def test_there_is_no_administrator_without_a_good_password(db, monkeypatch):
    typed = iter(["李主任", "139 0000 2222", "某某街道办事处"])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "12345678")
    with pytest.raises(CommandError):
        call_command("create_administrator")
    assert not Person.objects.exists()


def test_the_list_asks_no_more_queries_for_more_people(
    as_bob, world, django_assert_max_num_queries
):
    for n in range(30):
        enrol_person(name=f"居民{n}", area_code=world.here.code, **BY)
    with django_assert_max_num_queries(16):
        as_bob.get(reverse("people:people"))
