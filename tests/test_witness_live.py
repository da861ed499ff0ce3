"""`bandeng-witness` against the served product: registered on a page, signs, refuses a rewritten log."""

import subprocess
import sys

import pytest
from bandeng_witness import cli
from django.urls import reverse

from bandeng.trail import reads
from bandeng.trail.models import Cosignature, Witness
from bandeng.trail.tests.world import SIGNER
from bench.parts import books
from tests.databases import ROOT


@pytest.fixture
def log(tmp_path, owner):
    """A log of the test's own, as the signer leaves it: files and what the database remembers."""
    folder = tmp_path / "own"

    def write(leaves):
        said = books.write_log(folder=folder, leaves=leaves, key=SIGNER)
        note = (folder / "checkpoint").read_text()
        add = "INSERT INTO trail_checkpoint (size, root, note) VALUES (%s, %s, %s)"
        owner.execute(f"{add} ON CONFLICT DO NOTHING", [said.size, said.root, note])

    return folder, write


def test_a_party_registers_signs_what_has_grown_and_nothing_else(
    own_clone, world, client, serve, log, tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    (folder, write), leaves = log, list(books.transfers(count=600))
    write(leaves[:300])
    site, key, state = serve(TEST_LOG=str(folder)), tmp_path / "key", tmp_path / "state.json"

    def witness(*words):
        code = cli.main(
            ["--url", f"{site.url}/log", "--key", str(key), "--state", str(state), *words]
        )
        out, error = capsys.readouterr()
        return code, out + error

    cli.main(["--new", "witness.example/deputies", "--key", str(key)])
    vkey = capsys.readouterr().out.strip()
    code, told = witness("--log-key", str(SIGNER.public))
    assert (code, Cosignature.objects.count()) == (1, 0)
    assert "did not take it" in told  # nobody has registered it yet
    client.force_login(world.people["Erin"])
    client.post(reverse("funds:register_witness"), {"key": vkey, "role": "人大代表"})
    party = Witness.objects.get(name="witness.example/deputies")
    assert witness()[0] == 0
    write(leaves)
    code, told = witness()
    assert code == 0
    assert "600 entries. New since the last time: 300, 300 of them transfers" in told
    assert list(party.cosignatures.values_list("checkpoint", flat=True)) == [300, 600]
    assert reads.witnesses()[-1].size == 600
    for lie, why in (
        (leaves[:299], "The log has 299 entries; 600 were signed"),
        ([b"{}", *leaves[1:], b"{}"], "do not begin with the 600 signed"),
    ):
        write(lie)
        code, told = witness()
        assert code == 1
        assert why in told
    assert party.cosignatures.count() == 2


def test_whoever_has_seen_enough_sees_no_traceback(tmp_path):
    """`bandeng-verify … | head`"""
    place = tmp_path / "log"
    books.write_log(folder=place, leaves=[b'{"amount":0}'] * 3_000)
    command = [sys.executable, "-P", "-m", "bandeng_verify", "audit", str(place)]
    environment = {"PYTHONPATH": str(ROOT / "verify"), "LC_ALL": "en_US.UTF-8"}
    for more in ([], ["--json"]):
        running = subprocess.Popen(
            [*command, *more], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert running.stdout
        assert running.stderr
        running.stdout.read(1)
        running.stdout.close()
        said = running.stderr.read()
        running.stderr.close()
        running.wait(timeout=60)
        assert said == b""
