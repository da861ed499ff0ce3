"""What is said to everybody and what the staff say among themselves."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bandeng.trail.actions import CommentRefused, comment, erase_private, record
from bandeng.trail.models import VERBS, Audience, Entry
from bandeng.trail.parameters import COMMENT_LENGTH
from bandeng.trail.reads import comments, holds, private, story
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
BOB = uuid4()
LABELS = {"test.happened": "It happened", "comment.public": "Comment"}


def _say(world, text, audience=Audience.PUBLIC, minutes=0):
    return comment(
        thread=world.thread,
        audience=audience,
        text=text,
        subject=world.subject,
        by=BOB,
        at=NOW + timedelta(minutes=minutes),
    )


def _texts(world, audience):
    return [said.text for said in comments(thread=world.thread, audience=audience)]


def test_public_and_internal_are_two_conversations(world):
    _say(world, "下周二上门。")
    _say(world, "开发商不接电话。", Audience.INTERNAL)
    _say(world, "已经约好。", minutes=-5)
    assert _texts(world, Audience.PUBLIC) == ["已经约好。", "下周二上门。"]
    assert _texts(world, Audience.INTERNAL) == ["开发商不接电话。"]


def test_a_comment_lies_in_the_private_part_alone_and_can_be_erased(world):
    entry = _say(world, "老人独居，钥匙在邻居处。")
    assert "钥匙" not in bytes(entry.public).decode()
    assert private(entry=entry) == {"text": "老人独居，钥匙在邻居处。"}
    erase_private(entry=entry, by=HOUSE, at=NOW)
    assert private(entry=entry) is None
    assert _texts(world, Audience.PUBLIC) == [None]
    assert holds(entry=Entry.objects.get(pk=entry.pk))


@pytest.mark.parametrize(("text", "why"), [("", "write"), (" \r\n\t", "write"), ("\0", "write")])
def test_an_empty_comment_is_refused(world, text, why):
    with pytest.raises(CommentRefused):
        _say(world, text)


def test_a_comment_has_an_end(world):
    assert private(entry=_say(world, "长" * COMMENT_LENGTH)) == {"text": "长" * COMMENT_LENGTH}
    with pytest.raises(CommentRefused, match=str(COMMENT_LENGTH + 1)):
        _say(world, "长" * (COMMENT_LENGTH + 1))


def test_a_story_tells_only_what_its_caller_has_words_for(world):
    _say(world, "开发商不接电话。", Audience.INTERNAL)
    _say(world, "下周二上门。")
    lines = story(thread=world.thread, labels=LABELS)
    assert [line.label for line in lines] == ["It happened", "Comment"]
    assert [line.private for line in lines] == [None, None]


def test_a_story_opens_only_the_private_parts_that_are_asked_for(world):
    _say(world, "下周二上门。")
    happened, said = story(thread=world.thread, labels=LABELS, with_private={"comment.public"})
    assert (happened.facts, happened.private, happened.erased) == ({"count": 1}, None, False)
    assert (said.by, said.at, said.private) == (BOB, NOW, {"text": "下周二上门。"})
    erase_private(entry=world.entry, by=HOUSE, at=NOW)
    assert story(thread=world.thread, labels=LABELS)[0].erased


def test_a_story_costs_one_query_however_long(world, django_assert_num_queries):
    for number in range(30):
        record(
            thread=world.thread, verb="test.happened", by=BOB, subject=world.subject, at=NOW,
            public={"count": number},
        )  # fmt: skip
    with django_assert_num_queries(1):
        lines = story(thread=world.thread, labels=LABELS, with_private=LABELS)
    assert [line.facts["count"] for line in lines] == [1, *range(30)]


def test_every_verb_of_the_room_has_its_words(world):
    assert {f"comment.{audience}" for audience in Audience} < set(VERBS)
