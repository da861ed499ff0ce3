"""The pages of places, as a community worker uses them."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from bandeng.people.actions import assign_role
from bandeng.people.models import HomeRelation, Role
from bandeng.places import actions
from bandeng.places.models import (
    CalendarDay,
    CalendarYear,
    Home,
    HomeState,
    Management,
    RosterUpload,
)
from bandeng.places.tests import ugly
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
BY: Any = {"by": HOUSE, "at": NOW}


@pytest.fixture
def bob(client, people):
    client.force_login(people["Bob"])
    return client


@pytest.fixture
def administrator(client, world):
    charlie = world.people["Charlie"]
    office = {"organisation": world.subdistrict, "role": Role.ADMINISTRATOR}
    assign_role(person=charlie, since_on=date(2020, 1, 1), **office, **BY)
    client.force_login(charlie)
    return client


def upload(client, world, file):
    url = reverse("places:import-roster", kwargs={"pk": world.estate.pk})
    return client.post(url, {"file": SimpleUploadedFile(file.name, file.data)}, follow=True)


def test_a_roster_in_three_steps(bob, world):
    page = upload(bob, world, ugly.any_order())
    text = page.content.decode()
    assert "幢号" in text
    assert "24" in text
    assert not Home.objects.exclude(pk=world.home.pk).exists()  # looked at, not taken
    done = bob.post(page.request["PATH_INFO"], {"answer": "yes"}, follow=True)
    assert done.request["PATH_INFO"] == world.estate.get_absolute_url()
    assert Home.objects.count() == 25
    assert HomeRelation.objects.filter(home__number="101").exists()
    assert not RosterUpload.objects.exists()


def test_a_file_is_put_away(bob, world):
    page = upload(bob, world, ugly.any_order())
    bob.post(page.request["PATH_INFO"], {"answer": "no"})
    assert not RosterUpload.objects.exists()
    assert Home.objects.count() == 1


def test_problems_are_shown_with_their_cells_and_nothing_can_be_taken(bob, world):
    page = upload(bob, world, ugly.no_number())
    text = page.content.decode()
    for cell in ("C6", "D7", "D11"):
        assert cell in text
    assert 'name="answer" value="yes"' not in text
    bob.post(page.request["PATH_INFO"], {"answer": "yes"})
    assert Home.objects.count() == 1


def test_what_is_no_table_is_said_at_the_form(bob, world):
    page = upload(bob, world, ugly.Ugly(b"<html></html>", "x.xls"))
    assert "网页" in page.content.decode()
    assert not RosterUpload.objects.exists()


def test_the_template_goes_in_when_it_is_filled(bob, world):
    data = bob.get(reverse("places:roster-template")).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active.append(["7", "1", "301", "3", "88.50", "王小明", "138 0000 1234"])
    out = io.BytesIO()
    book.save(out)
    page = upload(bob, world, ugly.Ugly(out.getvalue(), "名册.xlsx"))
    bob.post(page.request["PATH_INFO"], {"answer": "yes"})
    home = Home.objects.get(building__number="7")
    assert (home.number, home.floor_area, home.area_source) == ("301", 8850, "register")


def test_names_and_phones_are_masked_on_the_home_page(bob, world):
    text = bob.get(world.home.get_absolute_url()).content.decode()
    assert "Alice" not in text
    assert "13800000001" not in text


def test_a_building_that_nobody_looks_after_is_counted(bob, world):
    page = bob.get(world.estate.get_absolute_url())
    assert page.context["unmanaged"] == [world.building]
    url = reverse("places:set-management", kwargs={"pk": world.building.pk})
    since = {"since_on": "2024-01-01"}
    bob.post(url, {"status": "company", "company_name": "某物业", **since})
    assert bob.get(world.estate.get_absolute_url()).context["unmanaged"] == []
    bob.post(url, {"status": "nobody", "since_on": "2024-03-01"})
    first = Management.objects.order_by("period")[0]
    assert first.period.upper == date(2024, 3, 1)
    refused = bob.post(url, {"status": "owners", "since_on": "2024-02-01"})
    assert "2024-03-01" in refused.content.decode()


def test_homes_are_filtered_by_what_is_true_today_and_exported(bob, world):
    url = reverse("places:homes", kwargs={"pk": world.estate.pk})
    assert len(bob.get(url, {"state": "sealed"}).context["table"].rows) == 0
    sealed = reverse("places:set-state", kwargs={"pk": world.home.pk})
    bob.post(sealed, {"condition": "sealed", "since_on": "2024-03-01", "source": "裁定书"})
    assert len(bob.get(url, {"state": "sealed"}).context["table"].rows) == 1
    exported = b"".join(bob.get(url, {"_export": "csv"})).decode("utf-8-sig")
    assert "1502" in exported
    assert "法院查封" in exported
    assert "Alice" not in exported
    state = HomeState.objects.get()
    bob.post(reverse("places:end-state", kwargs={"pk": state.pk}), {"until_on": "2024-03-05"})
    assert len(bob.get(url, {"state": "sealed"}).context["table"].rows) == 0


def test_the_number_of_queries_does_not_grow_with_the_homes(
    bob, world, django_assert_max_num_queries
):
    url = reverse("places:building", kwargs={"pk": world.building.pk})
    for number in range(40):
        actions.add_home(building=world.building, entrance="1", number=f"{number}", **BY)
    with django_assert_max_num_queries(15):
        bob.get(url)


def test_the_calendar_is_kept_by_administrators(administrator):
    year = reverse("places:calendar-year", kwargs={"year": 2027})
    wrong = administrator.post(year, {"source": "通知", "days": "2027-01-01 元旦"})
    assert "2027-01-01 元旦" in wrong.content.decode()
    days = "2027-01-01 放假 元旦\n2027年1月3日 上班 元旦调休"
    administrator.post(year, {"source": "通知", "days": days})
    assert CalendarYear.objects.get(year=2027).source == "通知"
    assert CalendarDay.objects.get(day=date(2027, 1, 3)).works
    administrator.post(reverse("places:calendar-day"), {"day": "2027-01-03", "works": ""})
    assert not CalendarDay.objects.filter(day=date(2027, 1, 3)).exists()
    assert "2027" in administrator.get(reverse("places:calendar")).content.decode()


def test_areas_are_taken_up_and_renamed(administrator, world):
    new = {"code": "430203003005", "name": "戊社区", "since_on": "2024-01-01"}
    administrator.post(reverse("places:add-area"), new)
    again = administrator.post(reverse("places:add-area"), new)
    assert "430203003005" in again.content.decode()
    rename = reverse("places:rename-area", kwargs={"pk": world.here.pk})
    administrator.post(rename, {"name": "甲新社区", "since_on": "2024-02-01"})
    world.estate.refresh_from_db()
    assert world.estate.area.name == "甲新社区"
    assert "甲社区" in administrator.get(reverse("places:areas")).content.decode()


def test_the_command_takes_a_file_in_or_says_why_not(world, tmp_path, capsys):
    file = ugly.combined()
    (tmp_path / file.name).write_bytes(file.data)
    call_command("import_roster", str(tmp_path / file.name), estate="槐园", check=True)
    assert Home.objects.count() == 1
    call_command("import_roster", str(tmp_path / file.name), estate="槐园")
    assert Home.objects.count() == 25
    bad = ugly.no_number()
    (tmp_path / bad.name).write_bytes(bad.data)
    with pytest.raises(CommandError):
        call_command("import_roster", str(tmp_path / bad.name), estate="槐园")
    assert "C6" in capsys.readouterr().out
    with pytest.raises(CommandError, match="松园"):
        call_command("import_roster", str(tmp_path / file.name), estate="松园")
