"""The log as everybody reads it, and what witnesses hand in."""

import json
from base64 import b64decode
from datetime import timedelta

import pytest
from django.utils import timezone

from bandeng.trail import files, reads
from bandeng.trail.actions import (
    NoWitnessKey,
    WitnessGone,
    cosign,
    register_witness,
    retire_witness,
)
from bandeng.trail.models import Cosignature, Entry, Witness
from bandeng.trail.rules import HOUSE, merkle, notes
from bandeng.trail.tests.signing import said, tell
from bandeng.trail.tests.world import AUDITOR, COMMITTEE, SIGNER
from tests.world import NOW


def note_of(checkpoint, *keys, time=None):
    at = int(timezone.now().timestamp()) if time is None else time
    return checkpoint.text + "\n" + "".join(k.sign(text=checkpoint.text, time=at) for k in keys)


def post(client, note):
    return client.post("/log/cosignature", note, content_type="text/plain")


def test_the_files_are_those_of_the_specification(signer, client, log_folder):
    tell(300)
    signer.turn()
    size = said(log_folder).size
    answer = client.get("/log/checkpoint")
    assert answer.content.decode() == (log_folder / "checkpoint").read_text()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=2"
    for name in ("0/000", f"0/001.p/{size - 256}", "1/000.p/1", "entries/000"):
        tile = client.get(f"/log/tile/{name}")
        assert tile.content == (log_folder / "tile" / name).read_bytes(), name
        assert tile["Content-Type"] == "application/octet-stream"
        assert "immutable" in tile["Cache-Control"]
    packed = client.get("/log/tile/entries/000", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < (log_folder / "tile/entries/000").stat().st_size / 2


@pytest.mark.parametrize(
    "name", ["0/999", "0/../../signer/key", "%2e%2e/checkpoint", "0/000.p/256", "x/000", "0/0000"]
)
def test_nothing_else_is_served(client, db, name):
    assert client.get(f"/log/tile/{name}").status_code == 404
    assert client.get(f"/log/now/{name}").status_code == 404


def test_the_rows_of_today_are_served_as_a_bundle(signer, client, log_folder):
    tell(300)
    signer.turn()
    for number in (0, 1):
        now = client.get(f"/log/now/00{number}").content
        assert now == reads.now_bundle(number=number)
    assert client.get("/log/now/000").content == (log_folder / "tile/entries/000").read_bytes()
    assert client.get("/log/now/000.p/3").status_code == 404


def test_a_witness_signs_and_its_line_is_served_and_stands_in_receipts(
    signer, client, world, log_folder
):
    entry = tell()[0]
    signer.turn()
    checkpoint = said(log_folder)
    note = note_of(checkpoint, COMMITTEE)
    before = Entry.objects.count()
    assert post(client, note).content == b"1\n"
    assert post(client, note).content == b"0\n"
    assert post(client, note_of(checkpoint, COMMITTEE, time=5)).content == b"0\n"
    assert Entry.objects.count() == before
    served = client.get("/log/checkpoint").content.decode()
    assert notes.signers(note=served, keys=[COMMITTEE.public]) == {COMMITTEE.public}
    tell()
    signer.turn()
    assert "committee" not in client.get("/log/checkpoint").content.decode()
    assert client.get("/log/witnessed").content.decode() == served
    receipt = reads.proof(source="entry", row=entry.pk)
    assert receipt
    assert receipt.endswith(served)
    late = tell()[0]
    signer.turn()
    fresh = reads.proof(source="entry", row=late.pk)
    assert fresh
    assert "committee" not in fresh
    watch = reads.witnesses()[0]
    assert (watch.size, watch.witness) == (checkpoint.size, world.witness)
    assert "业主委员会" in client.get("/log/").content.decode()


def test_the_receipt_takes_the_checkpoint_that_most_have_signed(signer, client, world, log_folder):
    register_witness(key=str(AUDITOR.public), role="审计", by=HOUSE, at=NOW)
    entry = tell()[0]
    signer.turn()
    first = said(log_folder)
    post(client, note_of(first, COMMITTEE, AUDITOR))
    tell()
    signer.turn()
    post(client, note_of(said(log_folder), COMMITTEE))
    receipt = reads.proof(source="entry", row=entry.pk)
    assert receipt
    assert f"\n{first.size}\n" in receipt
    assert receipt.count("— witness.example/") == 2


@pytest.mark.parametrize(
    "note",
    [
        lambda _c: "",
        lambda _c: "no note",
        lambda c: note_of(c, AUDITOR),
        lambda c: note_of(c, SIGNER),
        lambda c: note_of(c, COMMITTEE).replace("log.example", "log.other"),
        lambda c: note_of(notes.Checkpoint(c.origin, c.size, bytes(32)), COMMITTEE),
        lambda c: note_of(notes.Checkpoint(c.origin, c.size + 1, c.root), COMMITTEE),
        lambda c: note_of(notes.Checkpoint("log.other/log", c.size, c.root), COMMITTEE),
        lambda c: note_of(c, COMMITTEE, time=2**40),
        lambda c: note_of(c, COMMITTEE).replace("\n\n— ", "\n\n— x"),
    ],
)
def test_what_is_no_cosignature_is_refused(signer, client, world, log_folder, note):
    tell()
    signer.turn()
    assert post(client, note(said(log_folder))).status_code == 409
    assert not Cosignature.objects.exists()
    assert post(client, "x" * 100_001).status_code == 413
    assert post(client, b"\xff").status_code == 400


def test_a_retired_witness_counts_no_more_and_is_not_retired_twice(
    signer, client, world, log_folder
):
    tell()
    retire_witness(witness=world.witness, by=HOUSE, at=NOW)
    with pytest.raises(WitnessGone):
        retire_witness(witness=world.witness, by=HOUSE, at=NOW)
    signer.turn()
    assert post(client, note_of(said(log_folder), COMMITTEE)).status_code == 409
    assert reads.witnesses() == []


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x", str(SIGNER.public), str(COMMITTEE.public)])
def test_only_a_witness_s_own_key_is_registered(world, key):
    before = Witness.objects.count()
    with pytest.raises(NoWitnessKey):
        register_witness(key=key, role="审计", by=HOUSE, at=NOW)
    assert Witness.objects.count() == before


@pytest.mark.django_db
def test_a_registration_stands_in_the_trail_with_its_key(world):
    entry = world.witness.thread.entries.get()
    facts = json.loads(bytes(entry.public))["facts"]
    assert facts["name"] == COMMITTEE.public.name
    assert facts["key"].startswith("b64:")
    assert world.witness.at + timedelta(0) == NOW


def test_growth_is_proved_between_any_two_sizes(signer, client, log_folder):
    tell(300)
    signer.turn()
    size, folder = said(log_folder).size, log_folder
    for old in (0, 1, 255, 256, 299, size):
        lines = client.get(f"/log/growth/{old}/{size}").content.decode().split()
        path = [b64decode(line) for line in lines]
        roots = [files.tree(folder=folder, size=n).root() for n in (old, size)]
        assert merkle.is_consistent(old=old, size=size, path=path, old_root=roots[0], root=roots[1])
    assert client.get(f"/log/growth/1/{size + 1}").status_code == 404
    assert client.get("/log/growth/2/1").status_code == 404


def test_cosign_tells_what_is_new(signer, world, log_folder):
    tell()
    signer.turn()
    found = cosign(note=note_of(said(log_folder), COMMITTEE), at=timezone.now())
    assert [one.witness for one in found] == [world.witness]


def test_the_page_to_keep_holds_its_scripts_and_keys(client, world):
    kept = client.get("/log/check/file/").content.decode()
    assert "attachment" in client.get("/log/check/file/")["Content-Disposition"]
    assert "import {" not in kept
    assert "\nexport " not in kept
    for part in ("startChecking(document)", "isIncluded", "Ed25519", str(COMMITTEE.public)):
        assert part in kept
