"""The verifier on freezes, on a payment service's bills, and on money that comes back."""

import json
from uuid import uuid4

import pytest

from bandeng.trail.rules import canonical
from bench.parts import books
from tests.test_verify import HOLD, KEY, SETTLE, _nth, _without, run


@pytest.fixture
def audited(tmp_path, capsys):
    def audit(leaves):
        books.write_log(folder=tmp_path / "log", leaves=leaves)
        return run(capsys, "audit", tmp_path / "log", "--key", KEY)

    return audit


def test_an_order_is_not_carried_out_while_a_freeze_stands(audited):
    """The freeze tells how many transfers there were; its place among the leaves is not enough."""
    leaves = books.sample().leaves
    held = _nth(leaves, HOLD)
    number = json.loads(leaves[held])["number"]
    frozen = b'{"actor":"x","facts":{"account":"%s","sha256":"aa","transfers":%d},"verb":"account.frozen"}'
    free = b'{"actor":"x","facts":{"account":"%s","ends":"aa","sha256":"bb","transfers":%d},"verb":"account.unfrozen"}'
    here, elsewhere = books.ACCOUNT.encode(), b"abcdef999999"
    for told, ok in (
        ([frozen % (here, number)], False),
        ([frozen % (here, number + 1)], True),  # the order came first, in the same half second
        ([frozen % (elsewhere, number)], True),
        ([frozen % (here, number - 1), free % (here, number)], True),
        ([frozen % (here, number), free % (here, number + 1)], False),  # all in one turn
    ):
        late = [
            leaf for leaf in leaves[held:] if b'"phase":"hold"' not in leaf or leaf == leaves[held]
        ]
        last = [
            leaf for leaf in late if b'"amount":10,' not in leaf and b'"phase":"void"' not in leaf
        ]
        _ok, wrong = audited([*leaves[:held], *told, *last])
        assert ("frozen" not in wrong) is ok, told


def test_a_services_bill_is_booked_whole_and_an_orders_money_may_come_back(audited):
    told = books.sample()
    last = told.leaves.pop()  # the statement
    settled = next(json.loads(x)["number"] for x in told.leaves if SETTLE in x)
    told.transfer("1002", "2900", 994, line=uuid4())
    told.transfer("2900", "1012", 994)
    told.transfer("1012", "2900", 1000, line=uuid4())
    told.transfer("1900", "1012", 6, line=uuid4())
    told.transfer("1002", "3101/fire_safety", 20_000, line=uuid4(), reverses=settled)
    said = json.loads(last)
    said["facts"]["closing"] += 994 + 20_000
    leaves = [*told.leaves, canonical(value=said)]
    ok, wrong = audited(_at_once(leaves))
    assert ok, wrong
    assert not audited(leaves)[0]  # one after the other, the clearing account would be overdrawn
    assert "books_open" in audited(_without(_at_once(leaves), b'"amount":6,'))[1]


def _at_once(leaves):
    """Give the bill's transfers one moment, as a batch has."""
    told = [json.loads(leaf) for leaf in leaves]
    moment = max(one["recorded_at"] for one in told if "amount" in one)
    for one in told:
        if "1012" in one.get("debit", "") + one.get("credit", ""):
            one["recorded_at"] = moment
    after = [
        n for n, one in enumerate(told) if "1012" in one.get("debit", "") + one.get("credit", "")
    ]
    for one in told[after[0] :]:
        if "amount" in one:
            one["recorded_at"] = moment
    return [canonical(value=one) for one in told]
