"""Where an entry stands in the log, and the receipt that proves it."""

import json
from base64 import b64decode

import pytest
from django.db import connection

from bandeng.trail import reads
from bandeng.trail.actions import record
from bandeng.trail.rules import HOUSE, commit, merkle, notes
from bandeng.trail.tests.signing import said, tell
from tests.world import NOW


def _taken_apart(receipt):
    """Read a receipt as the specification says, without our own code for it."""
    head, _gap, note = receipt.partition("\n\n")
    version, extra, index, *path = head.split("\n")
    assert version == "c2sp.org/tlog-proof@v1"
    told = json.loads(b64decode(extra.removeprefix("extra ")))
    return told, int(index.removeprefix("index ")), [b64decode(line) for line in path], note


def _is_proved(receipt):
    told, index, path, note = _taken_apart(receipt)
    checkpoint = notes.checkpoint(text=notes.parts(note=note)[0])
    return merkle.is_included(
        leaf=merkle.leaf_hash(leaf=told["leaf"].encode()), index=index, path=path,
        size=checkpoint.size, root=checkpoint.root,
    )  # fmt: skip


def test_an_entry_awaits_the_log_and_then_has_its_receipt(signer, log_folder):
    entry = tell(3)[1]
    assert reads.proof(source="entry", row=entry.pk) is None
    signer.turn()
    receipt = reads.proof(source="entry", row=entry.pk)
    assert receipt is not None
    told, index, _path, note = _taken_apart(receipt)
    assert told["leaf"].encode() == bytes(entry.public)
    assert index == reads.leaf_of(entry=entry)
    assert _is_proved(receipt)
    assert note == (log_folder / "checkpoint").read_text()


def test_every_receipt_of_a_long_log_is_right(signer, log_folder):
    rows = [entry.pk for entry in tell(600)]
    signer.turn()
    found = reads.proofs(source="entry", rows=rows)
    assert set(found) == set(rows)
    assert all(_is_proved(receipt) for receipt in found.values())


def test_a_receipt_can_open_what_the_leaf_keeps_back(signer, world, log_folder):
    entry = record(
        thread=world.thread, verb="test.happened", by=HOUSE, subject=world.subject, at=NOW,
        private={"name": "某人"},
    )  # fmt: skip
    signer.turn()
    opening = bytes(entry.private_part.salt), {"name": "某人"}
    receipt = reads.proof(source="entry", row=entry.pk, opening=opening)
    told = _taken_apart(receipt)[0]
    private = commit(salt=bytes.fromhex(told["salt"]), private=told["private"].encode()).hex()
    assert private == json.loads(told["leaf"])["commitment"]


def test_many_receipts_ask_few_questions(signer, django_assert_max_num_queries, log_folder):
    rows = [entry.pk for entry in tell(50)]
    signer.turn()
    with django_assert_max_num_queries(5):
        assert len(reads.proofs(source="entry", rows=rows)) == 50


def test_the_state_of_the_log(signer, log_folder):
    state = reads.log_state()
    assert state.size == 0
    entry = tell()[0]
    assert reads.log_state().awaiting_since is not None
    signer.turn()
    state = reads.log_state()
    assert (state.size, state.awaiting_since) == (said(log_folder).size, None)
    assert state.notice
    assert state.notice.kind == "started"
    assert [key.name for key in reads.log_keys()] == ["log.example/log"]
    assert entry.pk


@pytest.mark.slow
def test_a_receipt_is_quick(signer, owner, log_folder):
    thread = tell()[0].thread_id
    owner.execute(
        "INSERT INTO trail_entry (thread_id, verb, actor, subject, at, public, commitment) "
        "SELECT %s, 'test.happened', gen_random_uuid(), gen_random_uuid(), now(), "
        "convert_to(n::text, 'UTF8'), sha256('x') FROM generate_series(1, 100000) n",
        [thread],
    )
    signer.turn()
    with connection.cursor() as cursor:
        cursor.execute('SELECT "row" FROM trail_leaf ORDER BY random() LIMIT 2000')
        rows = [row for (row,) in cursor.fetchall()]
    assert len(reads.proofs(source="entry", rows=rows)) == 2000
