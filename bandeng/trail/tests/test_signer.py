"""The signer: what it makes a leaf, and what it refuses to sign."""

import json
import shutil
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from bandeng.trail import files, reads
from bandeng.trail.models import Checkpoint, Entry, Leaf, SignerNotice
from bandeng.trail.rules import merkle, tiles
from bandeng.trail.tests.signing import ORIGIN, naive_root, said, tell
from config import logins


def _soon(done):
    """Wait for the server to notice that a connection has gone."""
    until = time.monotonic() + 5
    while not done():
        time.sleep(0.05)
        if time.monotonic() > until:
            return False
    return True


def _one(connection, question, *given):
    (found,) = connection.execute(question, given).fetchone() or (None,)
    return found


def _refused():
    notice = SignerNotice.objects.latest("pk")
    assert notice.kind == "refused", notice
    return notice.code, notice.facts


def test_entries_become_leaves_in_their_order(signer, log_folder):
    told = tell(3)
    assert reads.leaf_of(entry=told[0]) is None
    assert signer.turn()
    start = said(log_folder).size - 3
    assert [reads.leaf_of(entry=entry) for entry in told] == [start, start + 1, start + 2]
    checkpoint = said(log_folder)
    assert (checkpoint.origin, checkpoint.root) == (ORIGIN, naive_root())
    assert Checkpoint.objects.latest("size").note == (log_folder / "checkpoint").read_text()
    assert SignerNotice.objects.latest("pk").kind == "started"


def test_the_tree_grows_over_many_batches_and_restarts(new_signer, signer, log_folder):
    seen = []
    for count in (1, 200, 55, 1, 300, 2):
        tell(count)
        assert signer.turn()
        seen.append(said(log_folder))
        if count == 55:
            signer.leave()
            signer = new_signer()
    for checkpoint in seen:
        tree = files.tree(folder=log_folder, size=checkpoint.size)
        assert checkpoint.root == tree.root() == naive_root(checkpoint.size)
    whole = sorted(
        str(path.relative_to(log_folder))
        for path in log_folder.rglob("tile/**/*")
        if path.is_file()
    )
    last = seen[-1].size % 256
    assert [name for name in whole if ".p/" not in name] == [
        "tile/0/000", "tile/0/001", "tile/entries/000", "tile/entries/001",
    ]  # fmt: skip
    assert f"tile/0/002.p/{last}" in whole
    assert not any("000.p" in name for name in whole if "tile/1" not in name)
    bundles = b"".join((log_folder / f"tile/entries/00{n}").read_bytes() for n in (0, 1))
    public = [bytes(e.public) for e in Entry.objects.order_by("pk")[: 2 * 256]]
    assert tiles.unbundle(data=bundles) == public


def test_nothing_new_writes_nothing(signer, log_folder):
    tell()
    signer.turn()
    before = (log_folder / "checkpoint").stat().st_mtime_ns
    assert signer.turn()
    assert (log_folder / "checkpoint").stat().st_mtime_ns == before


def test_an_entry_that_commits_late_is_not_lost(signer, log_folder, server, own_clone):
    """Its number is lower than one that is in the log already."""
    first = tell()[0]
    with logins.connect(server=server, login=logins.APP, database=own_clone) as slow:
        with slow.transaction():
            late = _one(
                slow,
                "INSERT INTO trail_entry (thread_id, verb, actor, subject, at, public, commitment) "
                "SELECT thread_id, verb, actor, subject, at, public, commitment FROM trail_entry "
                "WHERE id = %s RETURNING id",
                first.pk,
            )
            early = tell()[0]
            assert early.pk > late
            for _each in range(3):
                assert signer.turn()
            assert reads.leaves_of(source="entry", rows=[late]) == {}
            size = said(log_folder).size
        tell()
        assert signer.turn()
    assert reads.leaves_of(source="entry", rows=[late]) == {late: size}
    assert said(log_folder).root == naive_root()


def test_after_a_restore_the_transactions_numbers_mean_nothing(signer, owner, log_folder):
    """Rows that come from a server which had counted further are leaves all the same."""
    tell(3)
    owner.execute("ALTER TABLE trail_entry DISABLE TRIGGER USER")
    owner.execute("UPDATE trail_entry SET transaction = 1000000000000 + id")
    owner.execute("ALTER TABLE trail_entry ENABLE TRIGGER USER")
    signer.turn()
    late = tell()[0]
    signer.turn()
    assert reads.leaf_of(entry=late) == said(log_folder).size - 1 == Entry.objects.count() - 1


def test_only_one_signs_at_a_time(new_signer, signer):
    tell()
    second = new_signer()
    assert signer.turn()
    assert not second.turn()
    signer.leave()
    assert _soon(second.turn)


def test_it_runs_until_it_is_told_to_stop(signer, log_folder):
    thread = threading.Thread(target=signer.run)
    thread.start()
    entry = tell()[0]
    for _each in range(100):
        if reads.leaf_of(entry=entry) is not None and (log_folder / "checkpoint").exists():
            break
        signer.stop.wait(0.05)
    signer.stop.set()
    thread.join(timeout=10)
    assert reads.leaf_of(entry=entry) is not None
    assert SignerNotice.objects.latest("pk").kind == "stopped"


# What it refuses.


def _as_owner(owner, table, statement):
    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute(statement)
    owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_a_row_that_the_owner_rewrote_is_named(signer, owner, log_folder):
    entry = tell(3)[1]
    signer.turn()
    index, note = reads.leaf_of(entry=entry), (log_folder / "checkpoint").read_text()
    lie = f"UPDATE trail_entry SET public = '\\x7b7d' WHERE id = {entry.pk}"
    _as_owner(owner, "trail_entry", lie)
    assert [leaf.row for leaf in reads.differences()] == [entry.pk]
    tell()
    signer.turn()
    signer.turn()
    assert _refused() == ("changed_row", {"source": "entry", "row": entry.pk, "index": index})
    assert signer.edge is None
    tell()
    signer.turn()
    assert SignerNotice.objects.filter(kind="refused").count() == 1
    assert index is not None
    assert tiles.unbundle(data=reads.now_bundle(number=0))[index] == b"{}"
    assert note.splitlines()[0] == ORIGIN


def test_a_row_rewritten_before_it_is_signed_is_noticed(signer, owner, log_folder, monkeypatch):
    tell()
    signer.turn()
    size = said(log_folder).size
    entry = tell()[0]
    with monkeypatch.context() as broken:
        broken.setattr("bandeng.trail.signer.publish", lambda **_: None)
        signer.turn()
    assert Leaf.objects.count() == size + 1
    _as_owner(
        owner, "trail_entry", f"UPDATE trail_entry SET public = '\\x00' WHERE id = {entry.pk}"
    )
    assert not signer.turn()
    assert _refused()[0] == "changed_row"
    assert said(log_folder).size == size


def test_a_removed_row_is_named(signer, owner, log_folder):
    entry = tell(2)[0]
    signer.turn()
    owner.execute("ALTER TABLE trail_entryprivate DISABLE TRIGGER USER")
    _as_owner(
        owner, "trail_entry",
        f"WITH p AS (DELETE FROM trail_entryprivate WHERE entry_id = {entry.pk}) SELECT 1; "
        f"DELETE FROM trail_entry WHERE id = {entry.pk}",
    )  # fmt: skip
    assert not signer.turn()
    assert _refused()[0] == "lost_row"
    assert _refused()[1]["row"] == entry.pk


def test_a_smaller_tree_is_not_signed(new_signer, signer, owner, log_folder):
    tell(5)
    signer.turn()
    note = (log_folder / "checkpoint").read_text()
    signer.leave()
    _as_owner(owner, "trail_leaf", "DELETE FROM trail_leaf WHERE index >= 3")
    _as_owner(owner, "trail_checkpoint", "DELETE FROM trail_checkpoint")
    assert not new_signer().turn()
    code, facts = _refused()
    assert (code, facts["have"]) == ("smaller_tree", 3)
    assert (log_folder / "checkpoint").read_text() == note


def test_another_tree_is_not_signed(new_signer, signer, owner, log_folder):
    """An old backup that has grown again: as many leaves, but others."""
    tell(5)
    signer.turn()
    signer.leave()
    for table in ("trail_leaf", "trail_checkpoint"):
        _as_owner(owner, table, f"DELETE FROM {table}")
    top = Entry.objects.latest("pk").pk
    _as_owner(owner, "trail_entry", f"UPDATE trail_entry SET public = '\\x7b7d' WHERE id = {top}")
    another = new_signer()
    another.turn()
    assert not another.turn() or not new_signer().turn()
    assert _refused()[0] in ("smaller_tree", "changed_row", "other_root")


def test_the_database_remembers_when_the_files_are_lost(new_signer, signer, owner, log_folder):
    tell(300)
    signer.turn()
    checkpoint = said(log_folder)
    signer.leave()
    shutil.rmtree(log_folder)
    again = new_signer()
    assert _soon(again.turn)
    assert said(log_folder) == checkpoint
    shutil.rmtree(log_folder)
    _as_owner(owner, "trail_checkpoint", "UPDATE trail_checkpoint SET root = sha256(root)")
    again.leave()
    time.sleep(0.2)
    assert not any(new_signer().turn() for _each in range(3))
    assert _refused()[0] == "other_root"


def test_a_flipped_bit_in_a_tile_is_noticed(new_signer, signer, log_folder):
    tell(300)
    signer.turn()
    signer.leave()
    for name in ("tile/0/000", f"tile/0/001.p/{said(log_folder).size - 256}"):
        place = log_folder / name
        good = place.read_bytes()
        place.write_bytes(bytes([good[0] ^ 1]) + good[1:])
        one = new_signer()
        assert not (one.turn() and one.turn() and one.turn()), name
        assert _refused()[0] in ("broken_file", "changed_row")
        place.write_bytes(good)
        one.leave()
    assert new_signer().turn()


@pytest.mark.parametrize("when", range(4))
def test_a_crash_at_any_point_is_harmless(new_signer, signer, log_folder, monkeypatch, when):
    """Between leaves, tiles, the row of the checkpoint and its file."""
    tell(250)
    signer.turn()
    before = said(log_folder)
    tell(20)
    settle = "bandeng.trail.files.settle"
    points = (
        "bandeng.trail.signer.publish",
        settle,
        "bandeng.trail.actions.signing.signed",
        settle,
    )
    real, calls = files.settle, []

    def crash(*args, **kwargs):
        calls.append(1)
        if when == 3 and len(calls) == 1:
            return real(*args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(points[when], crash)
        with pytest.raises(KeyboardInterrupt):
            signer.turn()
    assert said(log_folder) == before
    signer.leave()
    again = new_signer()
    assert again.turn()
    tell()
    assert again.turn()
    after = said(log_folder)
    assert after.root == naive_root()
    tree = files.tree(folder=log_folder, size=after.size)
    path = merkle.consistency(old=before.size, size=after.size, subtree=tree.subtree)
    assert merkle.is_consistent(
        old=before.size, size=after.size, path=path, old_root=before.root, root=after.root
    )


def test_a_key_is_made_once_and_its_loss_is_told(new_signer, signer, log_folder):
    tell()
    signer.turn()
    assert signer.key.stat().st_mode & 0o777 == 0o600
    assert signer.key.parent.stat().st_mode & 0o777 == 0o700
    signer.leave()
    signer.key.unlink()
    tell()
    assert not new_signer().turn()
    assert _refused()[0] == "key_missing"
    assert not signer.key.exists()


def test_leaves_follow_each_other_without_a_gap(signer, server, own_clone):
    tell()
    signer.turn()
    with logins.connect(server=server, login=logins.SIGNER, database=own_clone) as own:
        size = _one(own, "SELECT count(*) FROM trail_leaf")
        add = "INSERT INTO trail_leaf VALUES (%s, 'other', 1, sha256('x'))"
        for index in (size + 1, size - 1):
            with pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation)):
                own.execute(add, [index])


def test_the_app_writes_no_leaf_and_the_signer_nothing_else(signer, server, own_clone, db):
    tell()
    signer.turn()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Leaf.objects.create(index=99, source="entry", row=99, hash=bytes(32))
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Checkpoint.objects.create(size=99, root=bytes(32), note="")
    with logins.connect(server=server, login=logins.SIGNER, database=own_clone) as own:
        for statement in (
            "DELETE FROM trail_leaf", "UPDATE trail_leaf SET hash = hash",
            "SELECT * FROM trail_entryprivate", "UPDATE trail_entry SET public = public",
            "SELECT * FROM people_person", "DELETE FROM trail_checkpoint",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(statement)


def test_the_question_for_new_entries_does_not_read_old_ones(signer):
    tell(50)
    signer.turn()
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            "EXPLAIN (FORMAT JSON) SELECT id FROM trail_entry WHERE transaction >= 5 AND transaction < 9"
        )
        assert "entry_awaiting" in json.dumps(cursor.fetchone())
    assert signer.progress.horizon > 0


def test_many_leaves_in_one_batch(signer, log_folder, owner):
    thread = tell()[0].thread_id
    owner.execute(
        "INSERT INTO trail_entry (thread_id, verb, actor, subject, at, public, commitment) "
        "SELECT %s, 'test.happened', gen_random_uuid(), gen_random_uuid(), now(), "
        "convert_to(n::text, 'UTF8'), sha256('x') FROM generate_series(1, 10000) n",
        [thread],
    )
    assert signer.turn()
    assert said(log_folder).size == Entry.objects.count() == Leaf.objects.count()
    assert said(log_folder).root == naive_root()
    assert Path(log_folder, "tile/1/000.p/39").stat().st_size == 39 * 32
