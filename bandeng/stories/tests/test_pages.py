"""The public page as its readers see it."""

from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from bandeng.places.actions import add_home
from bandeng.stories import actions
from bandeng.stories.models import Story
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
FRONT = "/"


@pytest.fixture
def read(client, world):
    """Open an address as somebody, in a language; the page's words come back."""

    def open_page(address, *, by=None, language="en"):
        client.logout()
        if by:
            client.force_login(world.people[by])
        answer = client.get(address, headers={"accept-language": language})
        return answer.content.decode()

    return open_page


def _figure(key):
    return reverse("stories:figure", kwargs={"key": key})


def test_the_front_page_tells_the_published_story_with_its_figures_counted(read, world):
    page = read(FRONT)
    assert '<span class="figure live">1</span> homes, one bench' in page
    assert f'<a class="figure live" href="{_figure("elm.homes")}"' in page
    assert reverse("stories:story", kwargs={"slug": world.draft.slug}) not in page


def test_a_figure_whose_system_is_not_built_is_grey_and_has_no_number(read):
    page = read(FRONT)
    assert f'<a class="figure unbuilt" href="{_figure("elm.tender_on")}"' in page
    assert "The tender began: " in page


def test_the_page_speaks_the_reader_s_language(read):
    assert "槐园有" in read(FRONT, language="zh-CN")
    assert "槐园有" in read(FRONT, language="fr")
    assert "槐园有" not in read(FRONT)


def test_the_videos_have_their_places(read):
    page = read(FRONT)
    assert "A walk" in page
    assert "No film and no code yet" in page


def test_an_empty_page_says_what_will_stand_there(read, world):
    actions.withdraw_story(story=world.story, by=world.people["Grace"], at=NOW)
    assert "Nothing has been published yet" in read(FRONT)


def test_a_draft_is_read_by_writers_alone(client, read, world):
    address = world.draft.get_absolute_url()
    assert "A draft: only writers see it." in read(address, by="Henry")
    client.logout()
    assert client.get(address).status_code == 404


def test_a_figure_opens_its_definition_and_its_records(read, world):
    page = read(_figure("elm.homes"))
    for words in ("Homes of Elm Garden", "one household each", "Building 3, home ****"):
        assert words in page
    assert world.story.get_absolute_url() in page


def test_home_numbers_are_read_by_those_who_work_there(read, world):
    for person, named in {"Bob": True, "Erin": True, "Charlie": False, "Dora": False}.items():
        assert ("3-2-1502" in read(_figure("elm.homes"), by=person)) is named, person
    assert "1502" not in read(_figure("elm.homes"))
    assert world.home.get_absolute_url() in read(_figure("elm.homes"), by="Bob")


def test_a_figure_that_is_not_built_names_the_system_it_waits_for(read):
    page = read(_figure("elm.tender_on"))
    assert "It comes with the system “tender and works”" in page


def test_a_figure_that_nobody_named_does_not_exist(client, world):
    assert client.get(_figure("elm.cats")).status_code == 404


def test_a_figure_whose_subject_is_gone_says_so(read, world):
    actions.define_figure(
        key="elm.homes", source="places.homes", subject=world.subject,
        label_zh="槐园", label_en="Elm", by=HOUSE, at=NOW,
    )  # fmt: skip
    assert "What it counts is not here." in read(_figure("elm.homes"))
    assert "no data" in read(FRONT)


def test_records_come_in_pages_and_as_a_spreadsheet(client, read, world):
    for number in range(30):
        add_home(building=world.building, entrance="9", number=str(number), by=HOUSE, at=NOW)
    assert "?page=2" in read(_figure("elm.homes"))
    answer = client.get(_figure("elm.homes"), {"_export": "xlsx"})
    file = BytesIO(b"".join(answer.streaming_content))
    answer.close()
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert len(rows) == 32
    assert "1502" not in str(rows)


def test_the_index_lists_every_figure_and_says_how_many_are_alive(read):
    page = read(reverse("stories:figures"))
    assert "1 of 2 figures are alive." in page
    assert "Comes with: tender and works" in page


def test_the_number_of_questions_does_not_grow_with_the_records(
    client, world, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14):
        client.get(FRONT)
    for number in range(30):
        add_home(building=world.building, entrance="9", number=str(number), by=HOUSE, at=NOW)
    with django_assert_max_num_queries(14):
        client.get(FRONT)


def test_the_page_is_printed_on_one_sheet(client, world):
    answer = client.get(reverse("stories:pdf"), headers={"accept-language": "en"})
    printed = PdfReader(BytesIO(answer.content))
    words = printed.pages[0].extract_text()
    assert len(printed.pages) == 1
    assert "The Bench Daily" in words
    assert "homes, one bench" in words


def test_an_empty_page_can_be_printed_too(client, world):
    Story.objects.update(rank=None)
    assert client.get(reverse("stories:pdf")).content.startswith(b"%PDF")


def test_the_command_prints_the_page_into_a_file(world, tmp_path):
    call_command("page_pdf", out=tmp_path / "page.pdf", language="zh-hans")
    assert "板凳" in PdfReader(tmp_path / "page.pdf").pages[0].extract_text()


def test_what_stands_behind_a_figure_is_proved_entry_by_entry(client, world):
    figure = reverse("stories:figure", args=[world.homes.key])
    page = client.get(figure, headers={"accept-language": "en"}).content.decode()
    assert "await the log" in page
    assert client.get(reverse("stories:figure-proof", args=[world.homes.key])).status_code == 200
