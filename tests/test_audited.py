"""The house's own books, signed and then audited by the verifier; and what the owner rewrote."""

import json
from typing import Any, cast

import pytest
from bandeng_verify import cli

from bandeng.desk.actions import erase_person
from bandeng.funds import actions
from bandeng.funds.actions import LedgerRefused, MoneyBinds
from bandeng.funds.models import Supervision
from bandeng.funds.reads.person import data_copy
from bandeng.funds.reads.recheck import recheck
from bandeng.funds.tests.files import Trade
from bandeng.funds.tests.world import (
    approved,
    bill,
    billed,
    frozen,
    funded,
    matched,
    ordered,
    received,
    sheet,
    terms,
    waiting_bill,
)
from bandeng.trail import reads
from bandeng.trail.rules import HOUSE
from bandeng.trail.tests.signing import said


def audit(capsys, folder, *words):
    code = cli.main(["audit", str(folder), "--key", str(folder / "keys"), "--json", *words])
    told = json.loads(capsys.readouterr().out)
    return code, {one["check"]: one for one in told["checks"]}


def rows_of_today(folder, size):
    folder.mkdir(exist_ok=True)
    for number in range(-(-size // 256)):
        (folder / f"{number:03d}").write_bytes(reads.now_bundle(number=number))
    return str(folder)


def a_year_of_money(world):
    """Everything that can happen: paid, matched, ordered, held, settled, returned, new rules."""
    mona, kate = world.people["Mona"], world.people["Kate"]
    by = {"by": mona, "at": world.now}
    billed(world, bill(world, yuan=20_000))
    first, second = received(world, 19_000, 1_000).lines.order_by("n")
    matched(world, first)
    matched(world, second)
    order = approved(world, ordered(world))
    actions.carry_out(order=order, **by)
    memo = order.token.hex[:12].upper()
    received(world, -300, said={1: (memo, "某消防公司", "6211")})
    on_paper = approved(world, ordered(world, 400), "Nils")
    actions.check_sheet(sheet=sheet(world, on_paper, signer="Judy"), by=kate, at=world.now)
    actions.carry_out(order=on_paper, **by)
    actions.return_order(order=on_paper, **by)
    received(world, -20, said={1: ("账户管理费 手续费", "", "")})  # a fee
    received(world, -5_000, said={1: ("不明", "某人", "")})  # unexplained
    received(world, 300, said={1: (f"退汇 账号有误 {memo}", "", "")})  # the payee's bank
    received(world, 298, said={1: ("商户结算", "财付通支付科技有限公司", "")})
    waiting_bill(world, Trade(28, "41", 300_00, 2_00, month=2))  # a payment and its fee
    new = terms(world, supervisors={
        Supervision.OWNERS: [world.people["Nils"], world.people["Alice"]],
        Supervision.DEPUTY: [world.people["Judy"]],
        Supervision.SUBDISTRICT: [world.people["Erin"]],
    })  # fmt: skip
    change = actions.order_policy(account=world.account, terms=new, **by)
    actions.carry_out(order=approved(world, change, "Nils", "Judy", "Erin"), **by)
    stopped = approved(world, ordered(world, 100))
    actions.stop_order(order=stopped, reason="金额有误", **by)
    actions.carry_out(order=approved(world, ordered(world, 200)), **by)


def test_an_order_that_the_owner_carries_out_during_a_freeze_is_named(
    signer, world, log_folder, owner, capsys
):
    """One before the freeze, in the same turn of the signer, is not."""
    funded(world)
    mona = {"by": world.people["Mona"], "at": world.now}
    first, second = (approved(world, ordered(world)) for _ in range(2))
    actions.carry_out(order=first, **mona)
    freeze = frozen(world)
    with pytest.raises(LedgerRefused):
        actions.carry_out(order=second, **mona)
    assert signer.turn()
    assert audit(capsys, log_folder)[0] == 0
    owner.execute("ALTER TABLE funds_transfer DISABLE TRIGGER guard")
    hold = actions.carry_out(order=second, **mona)
    owner.execute("ALTER TABLE funds_transfer ENABLE TRIGGER guard")
    actions.end_freeze(freeze=freeze, document="解冻", content=b"scan", **mona)
    assert signer.turn()
    code, checks = audit(capsys, log_folder)
    assert (code, checks["frozen"]["number"]) == (1, hold.pk)


def test_whoever_is_forgotten_leaves_a_log_that_still_holds(
    signer, world, log_folder, owner, capsys
):
    """A supervisor who has approved by key and on paper is erased; every proof stands."""
    a_year_of_money(world)
    judy, by = world.people["Judy"], cast(dict[str, Any], {"by": HOUSE, "at": world.now})
    with pytest.raises(MoneyBinds):
        erase_person(person=judy, **by)
    new = terms(world, supervisors={
        Supervision.OWNERS: [world.people["Nils"], world.people["Alice"]],
        Supervision.DEPUTY: [world.people["Charlie"]],
        Supervision.SUBDISTRICT: [world.people["Erin"]],
    })  # fmt: skip
    mona = {"by": world.people["Mona"], "at": world.now}
    change = actions.order_policy(account=world.account, terms=new, **mona)
    actions.carry_out(order=approved(world, change, "Nils", "Judy", "Erin"), **mona)
    assert len(data_copy(person=judy)["approvals"]) == 6
    erase_person(person=judy, **by)
    judy.refresh_from_db()
    assert judy.name == ""
    assert signer.turn()
    code, checks = audit(capsys, log_folder)
    assert code == 0, [one["sentence"] for one in checks.values() if not one["ok"]]
    assert checks["replayed"]["paper"] == 1
    assert recheck() == []


def test_the_books_of_the_whole_world_pass_and_a_rewritten_payment_is_named(
    signer, world, log_folder, owner, capsys, tmp_path
):
    a_year_of_money(world)
    assert signer.turn()
    now = rows_of_today(tmp_path / "now", said(log_folder).size)
    code, checks = audit(capsys, log_folder, "--now", now)
    assert code == 0, [one["sentence"] for one in checks.values() if not one["ok"]]
    assert checks["replayed"]["moves"] > 10
    assert (checks["replayed"]["signed"], checks["replayed"]["paper"]) == (10, 1)
    (number, leaf) = owner.execute(
        "SELECT number, leaf FROM funds_transfer ORDER BY number LIMIT 1"
    ).fetchone()
    owner.execute("ALTER TABLE funds_transfer DISABLE TRIGGER USER")
    lie = bytes(leaf).replace(b'"amount":', b'"amount":9')
    owner.execute("UPDATE funds_transfer SET leaf = %s WHERE number = %s", [lie, number])
    owner.execute("ALTER TABLE funds_transfer ENABLE TRIGGER USER")
    now = rows_of_today(tmp_path / "now", said(log_folder).size)
    code, checks = audit(capsys, log_folder, "--now", now)
    assert code == 1
    assert checks["rewritten"]["index"] == reads.leaves_of(source="transfer", rows=[number])[number]
    assert checks["replayed"]["ok"]  # what was signed is as good as it was
