"""What may stand in public bytes for ever, and what never."""

from datetime import date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.trail.actions import record
from bandeng.trail.models import Audience, Entry
from bandeng.trail.rules import HOUSE, NotForEverybody, spell, unspell
from tests.world import NOW

TOKEN = UUID(int=7)
SHANGHAI = timezone(timedelta(hours=8))


def _spelt(fact):
    return spell(verb="case.closed", public={"fact": fact}, names={})["fact"]


@pytest.mark.parametrize(
    ("fact", "spelt"),
    [
        (1572, 1572),
        (None, None),
        (True, True),
        ("property_company", "property_company"),
        ("fuxin.homes_at_risk", "fuxin.homes_at_risk"),
        (Audience.PUBLIC, "public"),
        ("430203003001", "430203003001"),
        ("430203003", "430203003"),
        ("430203", "430203"),
        ("2024-11-11", "2024-11-11"),
        ("20240301-003001-12-1", "20240301-003001-12-1"),
        (date(2024, 11, 11), "2024-11-11"),
        (datetime(2024, 11, 11, 8, tzinfo=SHANGHAI), "2024-11-11T00:00:00+00:00"),
        (TOKEN, str(TOKEN)),
        ("0" * 64, "0" * 64),
        ("abcdef012345", "abcdef012345"),
        ("abcdef012345/3101/fire_safety", "abcdef012345/3101/fire_safety"),
        ("abcdef012345/1122/" + "0" * 64, "abcdef012345/1122/" + "0" * 64),
        ("", ""),
        (b"", "b64:"),
        (bytes(range(250, 256)), "b64:-vv8_f7_"),
        (["open", 2], ["open", 2]),
        ({"from": "open", "to": "closed"}, {"from": "open", "to": "closed"}),
    ],
)
def test_what_speaks_for_itself_is_told(fact, spelt):
    assert _spelt(fact) == spelt


@pytest.mark.parametrize(
    "fact",
    [
        "王小明",
        "Mr Zhu",
        "13800000001",
        "+8613800000001",
        "0731-28888888",
        "073128888888",
        "abcdef012345/3101/王小明",
        "abcdef012345/1122/13800000001",
        "430203199001011234",
        "1502",
        "3-2-1502",
        "3栋2单元1502",
        "the wall is wet",
        "someone@example.org",
        "no\nnewline",
        0.5,
        "b64:",
        "b64:5LiD",
        b"x" * 4097,
        ["open", "王小明"],
        {"to": "王小明"},
        "a" * 83,
    ],
)
def test_names_phones_homes_and_free_text_are_refused(fact):
    with pytest.raises(NotForEverybody, match="fact"):
        _spelt(fact)


@given(st.text(min_size=1).filter(lambda text: not text.isascii() or " " in text))
def test_no_sentence_and_no_chinese_word_gets_through(text):
    with pytest.raises(NotForEverybody):
        _spelt(text)


@given(st.integers() | st.none() | st.booleans() | st.dates() | st.uuids())
def test_what_was_spelt_is_spelt_the_same_again(fact):
    assert _spelt(_spelt(fact)) == _spelt(fact)


@given(st.binary(max_size=4096))
def test_bytes_come_back_as_they_were(fact):
    assert unspell(text=_spelt(fact)) == fact


@pytest.mark.parametrize("text", ["", "abc", "b64:a", "b64:QQ==", "b64:QR", "b64:Q Q", "b64:Q\n"])
def test_what_was_not_spelt_as_bytes_is_none(text):
    with pytest.raises(ValueError, match=r"\A"):
        unspell(text=text)


@pytest.mark.parametrize("name", ["槐园", "某街道办事处", "3", "Building 7", "12345热线办"])
def test_places_and_bodies_have_names(name):
    assert spell(verb="estate.added", public={}, names={"name": name}) == {"name": name}
    days = {"2024-02-10": name}
    assert spell(verb="calendar.set", public={}, names={"days": days}) == {"days": days}


@pytest.mark.parametrize("name", ["王某 13800000001", "a@b.cn", "430203199001011234", "长" * 201])
def test_a_name_with_a_persons_number_in_it_is_refused(name):
    with pytest.raises(NotForEverybody):
        spell(verb="estate.added", public={}, names={"name": name})


def test_a_fact_has_one_meaning_and_a_verb_its_form():
    with pytest.raises(NotForEverybody, match="twice"):
        spell(verb="estate.added", public={"name": 1}, names={"name": "槐园"})
    for verb in ("closed", "案件.办结", "case.closed by Bob", ""):
        with pytest.raises(NotForEverybody, match="verb"):
            spell(verb=verb, public={}, names={})


@pytest.mark.django_db
def test_a_text_among_the_public_facts_never_reaches_the_trail(world):
    before = Entry.objects.count()
    act = {"thread": world.thread, "verb": "test.happened", "by": HOUSE, "at": NOW}
    with pytest.raises(NotForEverybody, match="private="):
        record(**act, subject=world.subject, public={"reason": "墙面渗水"})
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_the_whole_furnished_house_tells_no_persons_name_or_phone(world):
    """Every entry of the tests' world, whatever room wrote it."""
    told = b"".join(bytes(entry.public) for entry in Entry.objects.all()).decode()
    for person in world.people.values():
        assert person.name not in told
        assert person.phone.removeprefix("+86") not in told
