"""Collecting, by those who collect and those who pay: through the pages."""

import pytest
from django.urls import reverse

from bandeng.funds import actions
from bandeng.funds.models import Dispute, PaidClaim
from bandeng.funds.tests.world import bill, billed, matched, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client, world):
    def as_(name):
        client.force_login(world.people[name])
        return client

    return as_


@pytest.fixture
def paid(world):
    """Alice's home owes 1,593 yuan and has paid 300 of it."""
    billed(world, bill(world, yuan=1_593))
    matched(world, received(world, 300).lines.get())
    world.place = world.account.receivables.get()
    return world


def page(client, name, /, *args):
    answer = client.get(reverse(f"funds:{name}", args=args))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def post(client, name, /, *args, **data):
    return client.post(reverse(f"funds:{name}", args=args), data)


def test_a_household_sees_what_it_owes_and_why(sign_in, paid):
    alice = sign_in("Alice")
    assert "欠 1,293.00 元" in page(alice, "homes")
    shown = page(alice, "home", paid.place.pk)
    for words in (
        "1,293.00 元", "88.50 m² × 1.50 元", "12 个月", "300.00 元", "待入日志",
        "6200000000001", paid.place.reference[:4], "诉讼时效",
    ):  # fmt: skip
        assert words in shown, words


def test_only_its_people_and_the_collector_open_a_home(sign_in, paid):
    for name in ("Alice", "Mona", "Kate"):
        assert sign_in(name).get(paid.place.get_absolute_url()).status_code == 200
    for name in ("Bob", "Charlie", "Dora", "Erin", "Frank", "Nils", "Leo"):
        assert sign_in(name).get(paid.place.get_absolute_url()).status_code == 404


def test_a_household_disputes_and_says_it_has_paid(sign_in, paid):
    alice, due = sign_in("Alice"), paid.place.dues.get()
    assert (
        post(alice, "dispute_due", due.pk, reason="尚未交房").url == paid.place.get_absolute_url()
    )
    assert Dispute.objects.get().reason == "尚未交房"
    again = post(alice, "dispute_due", due.pk, reason="尚未交房")
    assert "该项已在异议处理中" in again.content.decode()
    assert post(alice, "claim_paid", paid.place.pk, text="九月已转账").status_code == 302
    shown = page(alice, "home", paid.place.pk)
    for words in ("尚未交房", "有异议，尚未决定", "九月已转账", "正在核实"):
        assert words in shown, words
    by = {"by": paid.people["Mona"], "at": paid.now}
    actions.decide_dispute(
        dispute=Dispute.objects.get(), upheld=True, decided_by="人民调解委员会", **by
    )
    actions.answer_claim(claim=PaidClaim.objects.get(), answer="九月的三百元已入账", **by)
    shown = page(alice, "home", paid.place.pk)
    for words in ("人民调解委员会", "九月的三百元已入账", "没有未缴的费用"):
        assert words in shown, words


def test_a_stranger_gets_no_proof(sign_in, paid):
    number = paid.place.allocations.get().paid_id
    for name, args in (
        ("payment_proof", [paid.place.pk, number]),
        ("household_file", [paid.place.pk]),
    ):
        for who in ("Bob", "Charlie", "Erin"):
            assert sign_in(who).get(reverse(f"funds:{name}", args=args)).status_code == 404
