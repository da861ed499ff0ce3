"""What does not lie in an estate: a street, a market, a public place of a community."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from bandeng.cases import actions
from bandeng.cases.models import Case
from bandeng.cases.tests.world import SINCE
from bandeng.places.tests.world import HERE
from bandeng.trail.models import Entry
from bandeng.trail.rules import HOUSE

pytestmark = pytest.mark.django_db

STOP = "槐路公交站，靠农贸市场"


@pytest.fixture(autouse=True)
def _first_try():
    cache.clear()


@pytest.fixture
def see(client, people):
    def get(who, url):
        client.force_login(people[who])
        return client.get(url)

    return get


@pytest.fixture
def case(world):
    """What somebody reported at the bus stop; whatever is not in an estate goes to its community."""
    actions.add_rule(
        organisation=world.community, area_code=HERE, since_on=SINCE, by=HOUSE, at=world.now
    )
    submitted = actions.submit_report(
        area=world.here, place=STOP, category=world.lamps, text="路灯不亮", by=HOUSE, at=world.now
    )
    return Case.objects.get(reports=submitted.report)


def _form(world, **more):
    told = {"category": str(world.lamps.token), "danger": "no", "text": "路灯不亮"}
    return told | {"client_id": uuid4(), "place": STOP} | more


def test_a_resident_finds_the_community_and_says_where_exactly(client, world):
    found = client.get("/r/").content.decode()
    assert f"/r/{world.here.token}/" in found
    assert f"/r/{world.here.token}/" in client.get("/r/?q=甲社").content.decode()
    assert f"/r/{world.elsewhere.token}/" not in client.get("/r/?q=甲社").content.decode()
    address = f"/r/{world.here.token}/"
    assert client.get(address).status_code == 200
    before = Case.objects.count()
    assert client.post(address, _form(world, place="")).status_code == 200  # asked again
    assert Case.objects.count() == before
    answer = client.post(address, _form(world))
    assert STOP in client.get(answer.url).content.decode()  # their own words, on their own page
    case = Case.objects.latest("pk")
    assert (case.area_code, case.estate, case.place) == (HERE, None, STOP)


def test_an_old_name_of_a_community_leads_to_the_new_one(client, world):
    from bandeng.places.actions import rename_area

    rename_area(area=world.here, name="丙社区", since_on=world.now.date(), by=HOUSE, at=world.now)
    assert "丙社区" in client.get(f"/r/{world.here.token}/").content.decode()


def test_it_goes_to_the_community_and_only_its_staff_see_it(see, world, case):
    assert case.organisation == world.community
    for who, status in (("Bob", 200), ("Erin", 200), ("Dora", 404), ("Frank", 404), ("Alice", 404)):
        assert see(who, f"/cases/{case.number}/").status_code == status, who
        assert (case in see(who, "/cases/?state=all").context["table"].data.data) == (status == 200)
    page = see("Bob", f"/cases/{case.number}/").content.decode()
    assert STOP in page
    assert "甲社区" in page


def test_the_list_finds_it_and_a_file_says_where(see, world, case):
    def numbers(query):
        return [one.number for one in see("Erin", f"/cases/?{query}").context["table"].data]

    assert numbers("text=公交站") == [case.number]
    assert numbers(f"area={world.here.code}") == [world.case.number, case.number]
    assert numbers(f"area={world.elsewhere.code}") == []
    assert numbers(f"estate={world.estate.pk}") == [world.case.number]
    file = b"".join(see("Erin", "/cases/?_export=csv").streaming_content).decode("utf-8-sig")
    assert STOP in file
    assert "槐园 3栋" in file


def test_neighbours_read_no_words_of_a_reporter(client, world, case):
    assert STOP not in case.title
    assert case.title not in client.get(f"/r/{world.here.token}/").content.decode()
    assert not any(STOP.encode() in bytes(one.public) for one in Entry.objects.all())


def test_staff_enter_one_for_their_own_community_alone(client, people, world):
    told = {"area": world.here.pk, "place": STOP, "text": "来电反映路灯不亮", "channel": "phone"}
    before = Case.objects.count()
    client.force_login(people["Dora"])
    assert client.post("/cases/enter/", told).status_code == 200  # not offered to her
    client.force_login(people["Bob"])
    for lacking in ({"place": ""}, {"where": "槐园3栋"}, {"area": ""}):
        assert client.post("/cases/enter/", told | lacking).status_code == 200, lacking
    assert Case.objects.count() == before
    assert client.post("/cases/enter/", told).status_code == 302
    assert Case.objects.latest("pk").place == STOP


def test_a_poster_for_the_market(see, world):
    address = f"/cases/posters/{world.here.token}/"
    assert see("Bob", address).status_code == 200
    assert see("Bob", f"{address}a4.pdf").content.startswith(b"%PDF")
    assert see("Dora", address).status_code == 404


def test_a_wrong_place_is_corrected_and_the_right_community_hears_of_it(client, people, see, world):
    case = world.case  # a company has it: Bob sees it by its place alone
    address = f"/cases/{case.number}/place/"
    told = {"area": world.elsewhere.pk, "place": "乙路口"}
    client.force_login(people["Bob"])
    assert client.post(address, told).url == "/cases/"
    case.refresh_from_db()
    assert (case.area_code, case.place) == (world.elsewhere.code, "乙路口")
    assert see("Dora", f"/cases/{case.number}/").status_code == 200
    assert case.title in see("Dora", "/messages/").content.decode()


def test_named_buildings_hold_a_case_in_their_estate(client, people, world):
    actions.name_buildings(case=world.case, buildings=[world.building], by=HOUSE, at=world.now)
    client.force_login(people["Bob"])
    answer = client.post(
        f"/cases/{world.case.number}/place/", {"area": world.here.pk, "place": "x"}
    )
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()


def test_two_cases_of_one_community_can_be_joined(world, case):
    told = {"area": world.here, "place": "菜场", "text": "也不亮", "by": HOUSE, "at": world.now}
    other = actions.submit_report(**told).report.case
    assert actions.merge_case(case=other, into=case, by=HOUSE, at=world.now).followers == 2


def test_the_database_refuses_a_case_that_lies_nowhere_or_in_two_areas(world, case):
    for name, told in (
        ("case_in_an_estate_or_at_a_place", {"place": ""}),
        ("case_in_an_estate_or_at_a_place", {"estate": world.estate}),
        ("case_in_an_estate_or_at_a_place", {"building": world.building}),
        ("case_area_is_the_estates", {"estate": world.estate, "area_code": world.elsewhere.code}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**told)
