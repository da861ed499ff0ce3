import json

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from bandeng.trail import rules
from bandeng.trail.actions import NothingToErase, erase_private, record
from bandeng.trail.models import Entry, EntryPrivate
from bandeng.trail.reads import holds
from bandeng.trail.rules import HOUSE
from tests.world import NOW


@pytest.mark.parametrize(
    ("value", "spelt"),
    [
        ({"b": 1, "a": None}, b'{"a":null,"b":1}'),
        ({"\u20ac": '\u000f\n"\\'}, '{"\u20ac":"\\u000f\\n\\"\\\\"}'.encode()),
        ({"\ufb33": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ufb33":1}'.encode()),  # UTF-16 order
        ({"n": 1e21, "m": 4.50}, b'{"m":4.5,"n":1e+21}'),
    ],
)
def test_canonical_bytes(value, spelt):
    assert rules.canonical(value=value) == spelt


@pytest.mark.django_db
def test_an_entry_tells_in_public_only_tokens_and_facts(world):
    entry = world.entry
    public = bytes(entry.public)
    assert public == rules.canonical(value=json.loads(public))
    assert json.loads(public)["actor"] == str(HOUSE)
    assert "某人" not in public.decode()
    assert "某人" in bytes(entry.private_part.private).decode()
    assert entry.at == NOW <= entry.recorded_at


@pytest.mark.django_db
def test_an_erased_entry_still_holds(world):
    entry = world.entry
    before = bytes(entry.public), bytes(entry.commitment)
    assert holds(entry=entry)
    told = erase_private(entry=entry, by=HOUSE, at=NOW)
    entry = Entry.objects.get(pk=entry.pk)
    assert not EntryPrivate.objects.filter(pk=entry.pk).exists()
    assert (bytes(entry.public), bytes(entry.commitment)) == before
    assert holds(entry=entry)
    assert holds(entry=told)
    with pytest.raises(NothingToErase):
        erase_private(entry=entry, by=HOUSE, at=NOW)


@pytest.mark.django_db
def test_a_changed_private_part_no_longer_holds(world):
    entry = world.entry
    entry.commitment = bytes(32)
    assert not holds(entry=entry)


FORBIDDEN = [
    f"{verb} {table}{rest}"
    for table in ("trail_thread", "trail_entry", "trail_entryprivate")
    for verb, rest in (
        ("UPDATE", " SET {column} = {column}"),
        ("DELETE FROM", ""),
        ("TRUNCATE", " CASCADE"),
    )
]
COLUMN = {"trail_thread": "id", "trail_entry": "verb", "trail_entryprivate": "salt"}


def _statement(*, sql):
    return sql.format(column=COLUMN[next(word for word in sql.split() if word in COLUMN)])


@pytest.mark.django_db
@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_app_has_no_right_to_change_a_line(world, sql):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(_statement(sql=sql))


@pytest.mark.parametrize(
    "sql", [s for s in FORBIDDEN if not s.startswith("DELETE FROM trail_entryp")]
)
def test_not_even_the_owner_can(owner, sql):
    with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
        owner.execute(_statement(sql=sql))


def test_a_temporary_table_that_shadows_ours_is_harmless(owner, world):
    """The app may make none (tests/test_grants.py); the owner's own changes nothing either."""
    entry = world.entry
    owner.execute("CREATE TEMP TABLE trail_entryprivate AS SELECT * FROM trail_entryprivate")
    owner.execute("SELECT trail_erase(%s)", [entry.pk])
    assert not EntryPrivate.objects.filter(pk=entry.pk).exists()
    left = owner.execute("SELECT count(*) FROM trail_entryprivate WHERE entry_id = %s", [entry.pk])
    assert left.fetchone() == (1,)


@pytest.mark.django_db
def test_an_entry_cannot_be_of_the_future(world):
    act = {"thread": world.thread, "verb": "test.happened", "by": HOUSE, "subject": world.subject}
    with pytest.raises(DatabaseError, match="entry_not_of_the_future"), transaction.atomic():
        record(**act, at=NOW.replace(year=9000))
