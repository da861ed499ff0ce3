"""Whatever is typed into a form of the room: a sentence, never the database's own words."""

from datetime import date
from itertools import cycle

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from bandeng.funds import actions
from bandeng.funds.tests.world import (
    advanced,
    approved,
    bill,
    billed,
    funded,
    ordered,
    prepared,
    received,
)

pytestmark = pytest.mark.django_db
ABSURD = (
    "\x00", "-1", "9" * 30, "999999999999.99", "1e9", "0001-01-01", "9999-12-31", "𝕏" * 300,
    "' OR 1=1 --", "٣", "\u200b", "null", "<b>", "a+b+c",
)  # fmt: skip
ADDRESSES = (
    "/money/accounts/99999999999999999999/",
    "/money/accounts/{0}/matching/{1}/?building=%00",
    "/money/accounts/{0}/matching/{1}/?homes=99999999999999999999:1",
    "/money/accounts/{0}/lobby/0-13.pdf",
    "/money/accounts/{0}/lobby/9999-12.pdf",
    "/money/accounts/{0}/notices/99999999999999999999.pdf",
    "/money/accounts/{0}/transfers/99999999999999999999/",
    "/money/orders/?state=%00&account=99999999999999999999999",
    "/money/orders/?page=99999999999999999999",
)


def scan():
    return SimpleUploadedFile("scan.pdf", b"%PDF-1.7 scan", "application/pdf")


def forms(world):
    """Give every form of the room: who, address, what is right."""
    account, order, place = world.account.pk, world.order.pk, world.place.pk
    fire, emergency = world.fire.pk, world.account.ledger_accounts.get(chart="3102").pk
    body = world.collector.pk
    rules = {"persons_owners": "Nils", "persons_deputy": "Judy", "up_to_1": "100",
             "needs_1_owners": "1", "needs_1_deputy": "1", "fee_limit": "5"}  # fmt: skip
    return [
        ("Erin", "prepare_account", (), {
            "estate": world.estate.pk, "name": "新专户", "holder": body, "creditor": body,
            "debtor": body, "invoicer": body, "agreement": "bank", "bank": "某行", "bank_number": "1",
        }),
        ("Mona", "add_paper", (account,), {"kind": "mandate", "title": "委托书",
            "signed_on": "2024-02-01", "amount": "5", "content": scan}),
        ("Mona", "add_purpose", (account,), {"name": "电梯", "code": "lifts"}),
        ("Mona", "open_account", (world.fresh.pk,), rules),
        ("Mona", "order_policy", (account,), rules),
        ("Mona", "freeze_account", (world.fresh.pk,), {"document": "(2024)1号", "content": scan}),
        ("Mona", "make_order", (account,), {"name": "某公司", "bank": "某行", "number": "62110000",
            "amount": "1", "fund": fire, "purpose": "首期", "basis": "合同"}),
        ("Mona", "order_earmark", (account,), {"fund": fire, "purpose": emergency, "amount": "1",
            "reason": "应急"}),
        ("Mona", "stop_order", (order,), {"reason": "有误"}),
        ("Mona", "enter_sheet", (order,), {"person": world.people["Erin"].pk, "sheet": scan}),
        ("Judy", "approve_order", (order,), {"credential": "x", "authenticator_data": "x",
            "client_data": "x", "signature": "x"}),
        ("Mona", "make_list", (account,), {"orders": [world.held.pk], "profile": "table.csv"}),
        ("Erin", "register_witness", (), {"key": "x+y+z", "role": "代表"}),
        ("Erin", "repay_advance", (world.advance.pk,), {"organisation": body}),
        ("Erin", "order_repayment", (world.advance.pk,), {"account": account, "bank": "某行",
            "number": "6222"}),
        ("Mona", "log_reminder", (place,), {"channel": "door", "delivered_on": "2024-02-01",
            "proof": scan}),
        ("Mona", "answer_claim", (world.claim.pk,), {"answer": "查到了"}),
        ("Alice", "claim_paid", (place,), {"text": "已交"}),
        ("Alice", "dispute_due", (world.due.pk,), {"reason": "空置"}),
        ("Mona", "decide_dispute", (world.dispute.pk,), {"upheld": "no", "decided_by": "调解委"}),
        ("Mona", "propose_match", (account, world.line.pk), {f"share_{place}": "1"}),
    ]  # fmt: skip


@pytest.fixture
def full(world):
    by = {"by": world.people["Mona"], "at": world.now}
    alice = {"by": world.people["Alice"], "at": world.now}
    funded(world)
    world.place = world.account.receivables.get()
    world.line = received(world, 500).lines.get()
    world.order, world.held = ordered(world), approved(world, ordered(world))
    actions.carry_out(order=world.held, **by)
    world.fresh, world.advance = prepared(world, name="备用专户"), advanced(world)
    world.claim = actions.claim_paid(receivable=world.place, text="已交", **alice)
    older = bill(world, since=date(2019, 1, 1), until=date(2019, 12, 31))
    billed(world, older, file=b"2019")
    dues = world.place.dues.order_by("period")
    world.dispute = actions.dispute_due(due=dues[0], reason="空置", **alice)
    world.due = dues[1]
    return world


def filled(right, **changes):
    return {name: value() if callable(value) else value for name, value in right.items()} | changes


def address(world, name, args):
    more = f"?homes={world.place.pk}:100" if name == "propose_match" else ""
    return reverse(f"funds:{name}", args=args) + more


def test_absurd_values_are_answered_with_a_page(sign_in, full):
    """Each field gets one of them in turn; all of them in every field were tried once."""
    values = cycle(ABSURD)
    for who, name, args, right in forms(full):
        client = sign_in(who)
        for field in right:
            data = filled(right, **{field: next(values)})
            point = transaction.savepoint()
            answer = client.post(address(full, name, args), data)
            assert answer.status_code in (200, 302), (name, field)
            transaction.savepoint_rollback(point)


def test_what_is_sent_twice_is_answered_with_a_page(sign_in, full):
    for who, name, args, right in forms(full):
        client = sign_in(who)
        for _time in range(2):
            answer = client.post(address(full, name, args), filled(right))
            assert answer.status_code in (200, 302, 404), name


def test_a_name_or_code_that_is_taken_is_a_sentence(sign_in, full):
    usual = {name: (who, args, right) for who, name, args, right in forms(full)}
    for name, changes, says in (
        ("prepare_account", {"name": full.account.name}, "已有同名账户"),
        ("add_purpose", {"code": "fire_safety"}, "已有此短码"),
    ):
        who, args, right = usual[name]
        answer = sign_in(who).post(address(full, name, args), filled(right, **changes))
        assert answer.status_code == 200
        assert says in answer.content.decode()


def test_an_absurd_address_is_answered_with_a_page(sign_in, full):
    mona = sign_in("Mona")
    for told in ADDRESSES:
        found = mona.get(told.format(full.account.pk, full.line.pk))
        assert found.status_code in (200, 404), told
