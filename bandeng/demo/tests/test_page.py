"""The page of the scenario: every number in it is a figure, and every figure has its bounds."""

import re
from types import SimpleNamespace

import pytest

from bandeng.cases.models import Case
from bandeng.demo import page
from bandeng.stories import reads, rules
from bandeng.stories.catalogue import SOURCES
from bandeng.stories.models import Story, Video

LANGUAGES = ("zh", "en")
ARTICLES = [(slug, language) for slug in page.ORDER for language in LANGUAGES]
NOT_IN_A_TEXT = {"news.videos_with_codes"}  # the three boxes below the articles stand for it
WRITTEN = {"3D"}  # a name, not a number
CHINESE_NUMBERS = re.compile(
    "[零一二三四五六七八九十百千万亿两]+(?=[余多]?[栋户名位幅场次个对所年月日天元])"
)


def _plain(text):
    return rules.PLACEHOLDER.sub("", text)


def test_every_figure_of_the_page_has_a_source_and_bounds():
    keys = [row["key"] for row in page.bounds()]
    assert keys == list(page.FIGURES)
    assert len(keys) == 31
    assert {source for source, *_rest in page.FIGURES.values()} == set(SOURCES)


def test_every_figure_stands_in_an_article():
    told = {
        language: set().union(
            *(rules.keys(text=page.article(slug=s, language=language).all) for s in page.ORDER)
        )
        for language in LANGUAGES
    }
    assert told["zh"] == told["en"] == set(page.FIGURES) - NOT_IN_A_TEXT


@pytest.mark.parametrize(("slug", "language"), ARTICLES)
def test_no_number_is_typed_in(slug, language):
    text = _plain(page.article(slug=slug, language=language).all)
    for name in WRITTEN:
        text = text.replace(name, "")
    assert re.findall(r"\d+", text) == []
    typed = [found for found in CHINESE_NUMBERS.findall(text) if found != "一"]
    assert typed == []


@pytest.mark.django_db
def test_the_correspondent_writes_and_the_editor_signs(world, client):
    people = {"correspondent": world.people["Henry"], "editor": world.people["Grace"]}
    Story.objects.update(rank=None)
    Video.objects.update(rank=None)
    cases = dict.fromkeys(("stuck", "facade"), Case.objects.get())
    scene = {"people": people, "cases": cases, "estate": world.estate, "account": world.account}
    page.build_page(stage=SimpleNamespace(**scene))
    at = page.SIGNED_AT
    told, videos = reads.front(person=None, at=at)
    assert [story.story.slug for story in told] == list(page.ORDER)
    assert len(videos) == 3
    assert "槐园" in told[0].title
    checked = reads.check(bounds=page.bounds(), at=at)
    front = client.get("/").content.decode()
    assert [key for key in page.FIGURES if f'href="/figures/{key}/"' not in front] == []
    built = {row["key"] for row in checked if row["built"]}
    assert built == {
        "fuxin.buildings", "fuxin.homes", "fuxin.stuck_since", "fuxin.homes_at_risk",
        "fuxin.facade_days_to_safe", "fuxin.homes_in_arrears", "fuxin.arrears_fen",
    }  # fmt: skip
