"""A witness signs only what has grown, and remembers it before the signature leaves the house."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from bandeng_witness import cli, growth

from bandeng.trail import keys, reads
from bandeng.trail.actions import NotCosigned, cosign, register_witness
from bandeng.trail.rules import HOUSE, merkle, notes
from bandeng.trail.tests.signing import said, tell
from bench.parts import books
from tests.world import NOW

KEY = str(books.KEY.public)
NAME = "witness.example/deputies"


class Handler(SimpleHTTPRequestHandler):
    """Any web server does for a log; what is posted is handed to the test."""

    def __init__(self, *args, taken, **kwargs):
        self.taken = taken
        super().__init__(*args, **kwargs)

    def do_POST(self):
        note = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.send_response(self.taken(note))
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def serve_folder():
    servers = []

    def start(folder, taken):
        folder.mkdir(exist_ok=True)
        handler = partial(Handler, directory=str(folder), taken=taken)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def place(tmp_path):
    return tmp_path / "log"


@pytest.fixture
def posted():
    return []


@pytest.fixture
def witness(place, tmp_path, posted, serve_folder, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    url = serve_folder(place, lambda note: posted.append(note) or 200)
    key, state = tmp_path / "key", tmp_path / "state.json"
    cli.main(["--new", NAME, "--key", str(key)])
    vkey = capsys.readouterr().out.strip()

    class Witness:
        def __init__(self):
            self.key, self.state, self.vkey = key, state, notes.public_key(text=vkey)

        def __call__(self, *words):
            code = cli.main(["--url", url, "--key", str(key), "--state", str(state), *words])
            out, error = capsys.readouterr()
            return code, out + error

    return Witness()


def _remembered(witness):
    return json.loads(witness.state.read_text())["size"] if witness.state.exists() else None


def test_it_signs_what_has_grown_and_tells_what_is_new(witness, place, posted):
    leaves = books.sample().leaves
    books.write_log(folder=place, leaves=leaves[:10])
    code, told = witness("--log-key", KEY)
    assert (code, _remembered(witness)) == (0, 10)
    assert "10 entries. New since the last time: 10" in told
    books.write_log(folder=place, leaves=leaves)
    code, told = witness()
    assert code == 0
    assert "New since the last time: 23, " in told
    assert notes.signers(note=posted[1], keys=[witness.vkey]) == {witness.vkey}
    assert notes.checkpoint(text=notes.parts(note=posted[1])[0]).size == 33
    assert witness()[0] == 0
    assert witness.key.stat().st_mode & 0o777 == 0o600


def test_it_follows_a_log_of_many_tiles(witness, place):
    leaves = list(books.transfers(count=1_400))
    for size in (1, 255, 256, 257, 700, 1024, 1400):
        books.write_log(folder=place, leaves=leaves[:size])
        assert witness("--log-key", KEY)[0] == 0, size
    assert _remembered(witness) == 1400


def test_an_old_backup_that_was_restored_is_refused(witness, place, posted):
    leaves = books.sample().leaves
    books.write_log(folder=place, leaves=leaves)
    witness("--log-key", KEY)
    books.write_log(folder=place, leaves=leaves[:20])
    code, told = witness()
    assert (code, _remembered(witness), len(posted)) == (1, 33, 1)
    assert "The log has 20 entries; 33 were signed" in told
    other = [*leaves[:20], *(b"%d" % n for n in range(20))]
    books.write_log(folder=place, leaves=other)
    code, told = witness()
    assert (code, _remembered(witness), len(posted)) == (1, 33, 1)
    assert "40 entries do not begin with the 33 signed" in told
    books.write_log(folder=place, leaves=other[:33])
    assert witness()[0] == 1


@pytest.mark.parametrize("n", [0, 7, 32])
def test_a_log_with_one_entry_rewritten_is_refused(witness, place, n):
    leaves = books.sample().leaves
    books.write_log(folder=place, leaves=leaves)
    witness("--log-key", KEY)
    books.write_log(folder=place, leaves=[*leaves[:n], b"{}", *leaves[n + 1 :], b"more"])
    assert witness()[0] == 1
    assert _remembered(witness) == 33


def test_whose_log_it_is_must_be_said_once(witness, place, posted):
    books.write_log(folder=place, leaves=[b"{}"])
    code, told = witness()
    assert code == 1
    assert "--log-key" in told
    other = notes.PrivateKey("other.example/log", notes.LOG, bytes(32))
    books.write_log(folder=place, leaves=[b"{}"], key=other)
    assert witness("--log-key", KEY)[0] == 1
    assert not posted
    assert not witness.state.exists()


def test_another_log_under_the_same_address_is_refused(witness, place):
    books.write_log(folder=place, leaves=[b"{}"])
    other = notes.PrivateKey("other.example/log", notes.LOG, bytes(32))
    assert witness("--log-key", KEY, "--log-key", str(other.public))[0] == 0
    books.write_log(folder=place, leaves=[b"{}"], key=other)
    code, told = witness()
    assert code == 1
    assert "other.example/log" in told


def test_it_remembers_before_the_signature_leaves_the_house(
    witness, place, tmp_path, serve_folder, capsys
):
    books.write_log(folder=place, leaves=[b"{}"])
    broken = serve_folder(place, lambda note: 500)
    words = ("--key", str(witness.key), "--state", str(witness.state), "--log-key", KEY)
    assert cli.main(["--url", broken, *words]) == 1
    assert "nothing is lost" in capsys.readouterr().err
    assert _remembered(witness) == 1
    assert witness()[0] == 0


def test_tiles_that_lie_do_not_help(witness, place, posted):
    """The proof is made of them, and it fails."""
    leaves = list(books.transfers(count=600))
    books.write_log(folder=place, leaves=leaves[:300])
    witness("--log-key", KEY)
    books.write_log(folder=place, leaves=[b"{}", *leaves[1:]])
    for name in ("tile/0/000",):
        honest = place.with_name("honest")
        books.write_log(folder=honest, leaves=leaves)
        (place / name).write_bytes((honest / name).read_bytes())
    assert witness()[0] == 1
    assert len(posted) == 1


def test_a_key_that_the_old_one_named_is_followed(witness, place, tmp_path):
    """Rotation: both sign for a time, then the new one alone."""
    file = tmp_path / "signer" / "key"
    keys.make(file=file, origin="log.example/log")
    old = keys.load(file=file)[0]
    leaves = books.sample().leaves
    books.write_log(folder=place, leaves=leaves[:5], key=old)
    assert witness("--log-key", str(old.public))[0] == 0
    (place / "key-changes").write_text(keys.rotate(file=file, size=5) + "\n")
    new = keys.load(file=file)[0]
    assert [one.public for one in keys.load(file=file)] == [new.public, old.public]
    keys.retire(file=file)
    books.write_log(folder=place, leaves=leaves, key=new)
    assert witness()[0] == 0
    stranger = notes.PrivateKey("log.example/log", notes.LOG, bytes(32))
    forged = (place / "key-changes").read_text().replace(str(new.public), str(stranger.public))
    (place / "key-changes").write_text(forged)
    books.write_log(folder=place, leaves=leaves, key=stranger)
    assert witness()[0] == 1


def test_what_it_signs_the_house_takes(signer, log_folder, witness, own_clone):
    """The two implementations understand each other."""
    register_witness(key=str(witness.vkey), role="人大代表", by=HOUSE, at=NOW)
    tell(3)
    signer.turn()
    checkpoint = said(log_folder)
    name, seed = cli.read_key(witness.key)
    line = cli.cosignature(name, seed, checkpoint.text, 1_700_000_000)
    found = cosign(note=f"{checkpoint.text}\n{line}", at=NOW.replace(year=2026))
    assert len(found) == 1
    assert line in (reads.served_checkpoint() or "")
    with pytest.raises(NotCosigned):
        cosign(note=f"{checkpoint.text}\n{line}", at=NOW.replace(year=2020))


def test_house_and_witness_agree_on_every_proof():
    hashes = [bytes([n]) * 32 for n in range(70)]

    def mth(low, high):
        if high - low == 1:
            return hashes[low]
        k = low + merkle.split(count=high - low)
        return growth.node(mth(low, k), mth(k, high))

    for size in range(1, 71):
        for old in range(1, size + 1):
            path = growth.consistency(old, size, mth)
            assert path == merkle.consistency(old=old, size=size, subtree=mth)
            roots = mth(0, old), mth(0, size)
            assert growth.has_only_grown(old, size, path, *roots)
            assert merkle.is_consistent(
                old=old, size=size, path=path, old_root=roots[0], root=roots[1]
            )
            assert old == size or not growth.has_only_grown(old, size, path, roots[1], roots[1])
