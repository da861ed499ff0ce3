import pytest
from django.utils.translation import override

from bandeng.places.actions import add_home
from bandeng.stories import actions, reads
from bandeng.stories.models import Story
from bandeng.stories.rules import Words
from bandeng.stories.tests.world import EN, ZH
from bandeng.trail.models import Entry
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db


def _told(story, language="en"):
    with override(language):
        (told,) = reads.told(stories=[story], at=NOW)
        return told.title, [
            "".join(p.shown.text if p.shown else p.words for p in passage.pieces)
            for passage in told.body
        ]


def test_a_figure_in_a_text_is_counted_when_it_is_read(world):
    title, (first, *_rest) = _told(world.story)
    assert title == "1 homes, one bench"
    assert first == "Elm Garden has 1 homes and its own way."
    _another_home(world)
    assert _told(world.story)[0] == "2 homes, one bench"


def _another_home(world):
    add_home(building=world.building, entrance="1", number="101", by=HOUSE, at=NOW)


def test_a_figure_whose_system_does_not_exist_says_so(world):
    assert "The tender began: not yet." in _told(world.story)[1]
    assert "招标始于 待建。" in _told(world.story, "zh-hans")[1]


def test_a_text_with_a_figure_that_nobody_defined_is_refused(world):
    unknown = Words(section="x", headline="x", body="{figure:elm.cats}")
    with pytest.raises(actions.UnknownFigure, match=r"elm\.cats"):
        actions.write_story(slug="cats", zh=ZH, en=unknown, by=world.people["Henry"], at=NOW)
    assert not Story.objects.filter(slug="cats").exists()


def test_a_figure_of_a_source_that_does_not_exist_is_refused(world):
    with pytest.raises(actions.UnknownSource, match=r"cats\.count"):
        actions.define_figure(
            key="elm.cats",
            source="cats.count",
            subject=None,
            label_zh="猫",
            label_en="Cats",
            by=world.people["Henry"],
            at=NOW,
        )


def test_an_editor_signs_and_a_correspondent_does_not(world):
    with pytest.raises(actions.NotAnEditor):
        actions.publish_story(story=world.draft, by=world.people["Henry"], at=NOW)
    signed = actions.publish_story(story=world.draft, by=world.people["Grace"], at=NOW)
    assert signed.published_by == world.people["Grace"].token
    assert Entry.objects.filter(verb="story.published", subject=signed.token).count() == 1
    with pytest.raises(actions.AlreadyPublished):
        actions.publish_story(story=world.draft, by=world.people["Grace"], at=NOW)


def test_what_is_signed_is_taken_back_before_it_is_changed(world):
    anew = {"slug": "one-bench", "zh": ZH, "en": EN, "by": world.people["Henry"], "at": NOW}
    with pytest.raises(actions.AlreadyPublished):
        actions.write_story(**anew)
    actions.withdraw_story(story=world.story, by=world.people["Grace"], at=NOW)
    with pytest.raises(actions.NotPublished):
        actions.withdraw_story(story=world.story, by=world.people["Grace"], at=NOW)
    assert actions.write_story(**anew).published_at is None


def test_two_stories_do_not_stand_in_one_place(world):
    with pytest.raises(actions.PlaceTaken):
        actions.write_story(slug="third", zh=ZH, en=EN, rank=1, by=world.people["Henry"], at=NOW)
    with pytest.raises(actions.PlaceTaken):
        actions.place_video(
            slug="run", title_zh="跑", title_en="Run", rank=1, by=world.people["Henry"], at=NOW
        )


def test_naming_a_figure_again_corrects_it(world):
    corrected = actions.define_figure(
        key="elm.homes",
        source="places.homes",
        subject=world.estate.token,
        label_zh="槐园总户数",
        label_en="All homes of Elm Garden",
        by=world.people["Henry"],
        at=NOW,
    )
    assert corrected.pk == world.homes.pk
    assert corrected.label_en == "All homes of Elm Garden"
