"""The verifier, which shares no code with the house: what it accepts, and what it names."""

import ast
import json
import subprocess
import sys
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from bandeng_verify import cli

from bandeng.trail import files
from bandeng.trail.rules import canonical
from bandeng.trail.rules.notes import WITNESS, PrivateKey
from bench.parts import books

ROOT = Path(__file__).parents[1]
KEY = str(books.KEY.public)
OTHER = PrivateKey("log.example/log", 1, bytes(32))
COMMITTEE = PrivateKey("witness.example/committee", WITNESS, bytes(range(3, 35)))


def run(capsys, *words):
    code = cli.main([*map(str, words), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] == (code == 0)
    return told["ok"], {check["check"]: check for check in told["checks"] if not check["ok"]}


@pytest.fixture
def place(tmp_path):
    return tmp_path / "log"


@pytest.fixture
def audited(place, capsys):
    """Write a log of these leaves and audit it."""

    def audit(leaves, *words, key=KEY):
        books.write_log(folder=place, leaves=leaves)
        return run(capsys, "audit", place, "--key", key, *words)

    return audit


def test_it_is_small_and_alone():
    """400 lines of code, without blank lines, comments and docstrings, and no import of the house."""
    count, imported = 0, set()
    for path in (ROOT / "verify/bandeng_verify").glob("*.py"):
        tree = ast.parse(path.read_text())
        spoken = (
            {
                line
                for one in ast.walk(tree)
                if isinstance(one, ast.Module | ast.ClassDef | ast.FunctionDef)
                and isinstance(first := one.body[0], ast.Expr)
                and isinstance(first.value, ast.Constant)
                for line in range(first.lineno, (first.end_lineno or 0) + 1)
            }
            if path.stat().st_size
            else set()
        )
        lines = enumerate(path.read_text().splitlines(), 1)
        count += sum(said.strip()[:1] not in ("", "#") and n not in spoken for n, said in lines)
        imported |= {
            (one.module or "").split(".")[0]
            for one in ast.walk(tree)
            if isinstance(one, ast.ImportFrom)
        }
    assert count <= 400
    assert not imported & {"bandeng", "config", "django", "tests"}


def test_books_in_order_pass(audited):
    assert audited(books.sample().leaves) == (True, {})


def test_a_log_of_nothing_passes(audited):
    assert audited([]) == (True, {})


def test_many_bundles_pass_in_both_languages(place, capsys, monkeypatch):
    books.write_log(folder=place, leaves=books.transfers(count=70_000))
    for lang, word in (
        ("en_US.UTF-8", "70000 transfers"),
        ("zh_CN.UTF-8", "70000 笔流水"),
        ("", "笔"),
    ):
        monkeypatch.setenv("LC_ALL", lang)
        monkeypatch.setenv("LANG", lang)
        assert cli.main(["audit", str(place), "--key", KEY]) == 0
        assert word in capsys.readouterr().out


def test_whose_log_it_is_must_be_shown(audited, place, capsys):
    assert set(audited([b"{}"], key=str(OTHER.public))[1]) == {"unknown_key"}
    assert run(capsys, "audit", place)[0] is False
    assert set(audited([b"{}"], key="nonsense")[1]) == {"bad_key"}
    note = (place / "checkpoint").read_text()
    (place / "checkpoint").write_text(note.replace("\n1\n", "\n0\n"))
    assert set(run(capsys, "audit", place, "--key", KEY)[1]) == {"bad_signature"}


def test_a_quorum_of_witnesses_can_be_asked_for(audited, place, capsys):
    audited([b"{}"])
    asked = ("audit", place, "--key", KEY, "--witness", COMMITTEE.public)
    assert set(run(capsys, *asked)[1]) == {"witnessed"}
    note = (place / "checkpoint").read_text()
    line = COMMITTEE.sign(text=note.rpartition("\n\n")[0] + "\n", time=1_800_000_000)
    (place / "checkpoint").write_text(note + line)
    assert run(capsys, *asked)[0]
    assert run(capsys, "audit", place, "--key", KEY, "--witness", COMMITTEE.public, "--quorum", 1)[
        0
    ]
    assert not run(capsys, *asked, "--quorum", 2)[0]


@pytest.mark.parametrize("name", ["tile/0/000", "tile/entries/001", "tile/1/000.p/2"])
def test_a_flipped_bit_is_named(place, capsys, name):
    books.write_log(folder=place, leaves=books.transfers(count=600))
    data = bytearray((place / name).read_bytes())
    data[60] ^= 1
    (place / name).write_bytes(data)
    ok, wrong = run(capsys, "audit", place, "--key", KEY)
    assert not ok
    if "1/" not in name or "entries" in name:
        assert wrong["leaf_differs"]["index"] == (1 if "/0/" in name else 256)
    else:
        assert name in wrong["bad_tiles"]["names"]


def test_a_log_that_was_rewritten_is_not_the_one_that_was_saved(place, capsys, tmp_path):
    leaves = books.sample().leaves
    books.write_log(folder=place, leaves=leaves[:-3])
    saved = tmp_path / "saved"
    saved.write_text((place / "checkpoint").read_text())
    asked = ("audit", place, "--key", KEY, "--saved", saved)
    books.write_log(folder=place, leaves=leaves)
    assert run(capsys, *asked)[0]
    books.write_log(folder=place, leaves=[b"{}", *leaves[1:]])
    assert "saved" in run(capsys, *asked)[1]
    books.write_log(folder=place, leaves=leaves[:-4])
    assert "saved" in run(capsys, *asked)[1]


def test_a_row_that_was_rewritten_after_signing_is_named(place, capsys, tmp_path):
    """`now` serves the rows as they lie in the database; here a folder stands for it."""
    leaves = books.sample().leaves
    books.write_log(folder=place, leaves=leaves)
    now = tmp_path / "now"
    now.mkdir()
    for change, wrong in ((None, set()), (b'"amount":1', {"rewritten", "rows"})):
        rows = list(leaves)
        if change:
            rows[6] = rows[6].replace(b'"amount":3', change)
        bundle = b"".join(len(row).to_bytes(2) + row for row in rows)
        (now / "000").write_bytes(bundle)
        _ok, found = run(capsys, "audit", place, "--key", KEY, "--now", now)
        assert set(found) == wrong
        if change:
            assert found["rewritten"]["index"] == 6


def _changed(leaves, n, **change):
    """Change one leaf, as somebody would who signs the log and lies."""
    told = json.loads(leaves[n])
    where = told.get("facts", told)
    where |= {name: value for name, value in change.items() if name != "actor"}
    told |= {name: value for name, value in change.items() if name == "actor"}
    return [*leaves[:n], canonical(value=told), *leaves[n + 1 :]]


def _nth(leaves, part, n=0):
    return [i for i, leaf in enumerate(leaves) if part in leaf][n]


SETTLE, HOLD, REVERSAL = b'"phase":"settle"', b'"phase":"hold"', b'"reverses":1'
STRANGER = "5c2b6e0c-0000-4000-8000-000000000000"
EARMARK = b'"amount":50000,"at"'
NEEDS = {"committee": 1, "subdistrict": 1}
LIES = [  # what is changed, how, and what it is called
    (b'"number":3,', {"number": 4}, "bad_sequence"),
    (b'"number":3,', {"recorded_at": "2020-01-01T00:00:00.000000Z"}, "bad_sequence"),
    (b'"number":3,', {"amount": -1}, "bad_transfer"),
    (b'"number":3,', {"amount": 1.5}, "bad_transfer"),
    (b'"number":3,', {"memo": "x"}, "bad_transfer"),
    (b'"number":3,', {"debit": books.ACCOUNT + "/9999"}, "bad_transfer"),
    (b'"number":3,', {"debit": "abcdef999999/3000"}, "bad_sequence"),
    (b'"number":3,', {"credit": books.ACCOUNT + "/3102"}, "no_live_order"),
    (b'"number":3,', {"amount": 1}, "books_open"),
    (b'"number":1,', {"line": None}, "no_statement_line"),
    (SETTLE, {"hold": None}, "hold_mismatch"),
    (SETTLE, {"amount": 19_999}, "hold_mismatch"),
    (SETTLE, {"hold": 0}, "hold_mismatch"),
    (SETTLE, {"hold": 999}, "hold_mismatch"),
    (SETTLE, {"line": None}, "no_statement_line"),
    (HOLD, {"order": None}, "no_live_order"),
    (HOLD, {"order": STRANGER}, "no_live_order"),
    (HOLD, {"debit": books.ACCOUNT + "/3100"}, "order_differs"),
    (HOLD, {"phase": "post"}, "no_quorum"),
    (EARMARK, {"order": None}, "no_live_order"),
    (EARMARK, {"amount": 10_000}, "order_differs"),
    (EARMARK, {"phase": "hold"}, "no_quorum"),
    (REVERSAL, {"amount": 699}, "bad_reversal"),
    (REVERSAL, {"reverses": 0}, "bad_reversal"),
    (REVERSAL, {"reverses": None}, "no_live_order"),
    (b'"amount":50,', {"amount": 2000}, "above_fee_limit"),
    (b"policy.set", {"bands": [{"needs": {"committee": 2}, "up_to": 10**9}]}, "no_quorum"),
    (b"policy.set", {"bands": [{"needs": NEEDS, "up_to": 100}]}, "no_quorum"),
    (b"policy.set", {"bands": []}, "no_quorum"),
    (b"policy.set", {"fee_limit": 49}, "above_fee_limit"),
    (b"policy.set", {"version": 2}, "policy_differs"),
    (b"policy.set", {"supervisors": {}}, "approval_outside"),
    (b"policy.set", {"account": "abcdef999999"}, "bad_entry"),
    (b"policy.set", {"policy": STRANGER}, "order_outside"),
    (b"key.enrolled", {"key": "0" * 64}, "approval_outside"),
    (b"key.enrolled", {"actor": STRANGER}, "approval_outside"),
    (b"order.made", {"amount": 49_999}, "approval_differs"),
    (b"order.made", {"expires_at": "2024-01-01T00:00:00.000000Z"}, "no_live_order"),
    (b"order.made", {"terms": "1" * 64}, "approval_differs"),
    (b"order.made", {"actor": STRANGER}, "order_outside"),
    (b"order.approved", {"digest": "0" * 64}, "approval_differs"),
    (b"order.approved", {"signature": "b64:AAAA"}, "approval_unsigned"),
    (b"order.approved", {"client_data": "b64:e30"}, "bad_entry"),
    (b"order.approved", {"key": "b64:AAAA"}, "approval_outside"),
    (b"order.approved", {"role": "subdistrict"}, "approval_outside"),
    (b"order.approved", {"order": STRANGER}, "bad_entry"),
    (b"statement.read", {"closing": 1}, "statement_differs"),
]


@pytest.mark.parametrize(("part", "change", "called"), LIES, ids=str)
def test_a_signed_lie_is_named(audited, part, change, called):
    """Whoever holds the log's key can sign anything: replaying it tells."""
    leaves = books.sample().leaves
    ok, wrong = audited(_changed(leaves, _nth(leaves, part), **change))
    assert ok is (called is None)
    assert called is None or called in wrong
    if called and called not in ("books_open", "statement_differs"):
        assert "index" in wrong[called]


def test_money_that_is_not_there_cannot_be_spent(audited):
    leaves = books.sample().leaves
    for n, leaf in enumerate(leaves):
        if b'/3100","debit"' in leaf and b'"amount":3000' in leaf:  # what the homes paid in
            leaves = _changed(leaves, n, amount=1)
    assert "overdrawn" in audited(leaves)[1]


def test_rules_change_only_as_the_rules_before_let_them(audited):
    """By an order under them, whose terms are the new rules' own text."""
    for signed in (True, False):
        told, by = books.Books(), uuid4()
        old = books.Rules([books.Approver(role) for role in ("committee", "subdistrict")])
        new = books.Rules([books.Approver("one_man"), books.Approver("two_men")], version=2)
        told.entry("policy.set", by, **old.facts)
        for one in old.approvers:
            told.entry("key.enrolled", one.token, key=sha256(one.cose).hexdigest())
        aside = books.Books()
        terms = aside.entry("policy.set", by, **new.facts)
        order = uuid4()
        digest = told.entry(
            "order.made", by, amount=None, credit=None, debit=None, kind="policy", maker=by,
            expires_at="2099-01-01T00:00:00.000000Z", order=order, policy=old.policy, terms=terms,
            v=1,
        )  # fmt: skip
        for one in old.approvers[: None if signed else 1]:
            told.entry("order.approved", one.token, **one.facts(order=order, digest=digest))
        ok, wrong = audited([*told.leaves, *aside.leaves])
        assert ok is signed
        assert signed or set(wrong) == {"policy_differs", "replayed"}


def test_a_paper_approval_needs_a_second_person(audited):
    leaves = books.sample().leaves
    n = _nth(leaves, b"order.approved")
    facts = json.loads(leaves[n])["facts"]
    paper = {"strength": "paper", "sheet": "0" * 64, "entered_by": "a", "key": None}
    for checked_by, ok in (("b", True), ("a", False), (json.loads(leaves[n])["actor"], False)):
        told = _changed(leaves, n, **paper, checked_by=checked_by)
        found, wrong = audited(told)
        assert found is ok
        assert ok or "approval_unsigned" in wrong
    assert facts["strength"] == "passkey"


def _without(leaves, part, n=0):
    return [leaf for i, leaf in enumerate(leaves) if i != _nth(leaves, part, n)]


@pytest.mark.parametrize(
    ("part", "called"),
    [
        (b'"number":3,', "bad_sequence"),
        (b"order.made", "no_live_order"),
        (b"order.approved", "no_quorum"),
        (b"key.enrolled", "no_quorum"),
        (b"policy.set", "bad_entry"),
    ],
)
def test_what_was_left_out_is_noticed(audited, part, called):
    assert called in audited(_without(books.sample().leaves, part))[1]


def test_an_approval_after_its_payment_an_own_one_or_a_second_one_does_not_count(audited):
    leaves = books.sample().leaves
    first = _nth(leaves, b"order.approved")
    late = [*_without(leaves, b"order.approved"), leaves[first]]
    assert "no_quorum" in audited(late)[1]
    maker = json.loads(leaves[_nth(leaves, b"order.made")])["actor"]
    assert "approval_differs" in audited(_changed(leaves, first, actor=maker))[1]
    assert "approval_differs" in audited([*leaves[:first], leaves[first], *leaves[first:]])[1]
    stopped = b'{"actor":"x","facts":{"order":"%s"},"verb":"order.stopped"}'
    order = json.loads(leaves[first])["facts"]["order"].encode()
    moved = _nth(leaves, EARMARK)
    assert "no_live_order" in audited([*leaves[:moved], stopped % order, *leaves[moved:]])[1]


def test_a_hold_is_settled_once_and_a_line_booked_once(audited):
    leaves = books.sample().leaves
    again = json.loads(leaves[_nth(leaves, SETTLE)]) | {
        "number": len([1 for one in leaves if b'"amount"' in one[:10]])
    }
    again |= {"recorded_at": "2099-01-01T00:00:00.000000Z"}
    wrong = audited([*leaves, canonical(value=again)])[1]
    assert {"hold_mismatch", "no_statement_line"} <= set(wrong)


@pytest.fixture
def receipt(place, tmp_path):
    """Give a receipt of the payment with this number, as the house writes it."""
    from bandeng.trail.reads.log import _extra, _receipt

    leaves = books.sample().leaves
    said = books.write_log(folder=place, leaves=leaves)

    def write(part=b'"number":2,', opening=None, text=lambda told: told):
        index = _nth(leaves, part)
        note = (place / "checkpoint").read_text()
        extra = _extra(leaves[index], opening)
        told = _receipt(index, files.tree(folder=place, size=said.size), note, extra)
        file = tmp_path / "payment.tlog-proof"
        file.write_text(text(told))
        return file

    return write


def test_a_receipt_is_checked_without_any_connection(receipt, capsys):
    assert cli.main(["receipt", str(receipt()), "--key", KEY]) == 0
    assert "300.00" in capsys.readouterr().out


def test_a_receipt_opens_whose_payment_it_was(receipt, capsys):
    _code, salt, private = books.home(number=0)
    good = receipt(opening=(salt, json.loads(private)))
    assert run(capsys, "receipt", good, "--key", KEY) == (True, {})
    another = receipt(opening=(salt, {"home": "1-1-9"}))
    assert set(run(capsys, "receipt", another, "--key", KEY)[1]) == {"opened"}


def _leaf(told, old, new):
    """Change what the receipt says of the payment."""
    line = told.split("\n")[1]
    extra = b64decode(line.removeprefix("extra ")).replace(old, new)
    return told.replace(line, f"extra {b64encode(extra).decode()}")


@pytest.mark.parametrize(
    ("change", "called"),
    [
        (lambda told: _leaf(told, b"30000", b"90000"), "included"),
        (lambda told: told.replace("index 5", "index 4"), "included"),
        (lambda told: told.replace("\n33\n", "\n34\n"), "bad_signature"),
        (lambda told: told.replace("tlog-proof@v1", "tlog-proof@v2"), "no_receipt"),
        (lambda told: told[:100], "unreadable"),
        (lambda told: "", "unreadable"),
    ],
)
def test_a_forged_receipt_is_refused(receipt, capsys, change, called):
    file = receipt(text=change)
    assert called in run(capsys, "receipt", file, "--key", KEY)[1]


def test_a_receipt_of_another_log_is_not_shown_to_be_ours(receipt, capsys):
    assert set(run(capsys, "receipt", receipt())[1]) == {"unknown_key"}
    assert set(run(capsys, "receipt", receipt(), "--key", OTHER.public)[1]) == {"unknown_key"}


def test_a_household_sees_that_its_list_is_complete(place, capsys, tmp_path):
    leaves = books.sample().leaves
    books.write_log(folder=place, leaves=leaves)
    code, salt, private = books.home(number=1)
    mine = [leaf.decode() for leaf in leaves if code.encode() in leaf]
    file = tmp_path / "household.json"

    def asked(**change):
        told = {"v": 1, "home": code, "salt": salt.hex(), "private": private, "leaves": mine}
        file.write_text(json.dumps(told | change))
        return run(capsys, "household", file, place, "--key", KEY)[1]

    assert len(mine) == 2
    assert asked() == {}
    assert set(asked(leaves=mine[:1])) == {"missing", "household"}
    assert set(asked(leaves=[*mine, mine[0]])) == {"surplus", "household"}
    assert set(asked(leaves=[mine[0], mine[1].replace("30001", "10001")])) == {
        "missing", "surplus", "household",
    }  # fmt: skip
    assert "opened" in asked(salt="00")


def test_it_runs_by_itself(receipt):
    """With nothing of the house on its path."""
    code = subprocess.run(
        [sys.executable, "-P", "-m", "bandeng_verify", "receipt", receipt(), "--key", KEY],
        env={"PYTHONPATH": str(ROOT / "verify"), "LANG": "en_US.UTF-8"}, cwd="/", check=False,
    ).returncode  # fmt: skip
    assert code == 0
