"""Instalments: asked for, agreed to, filled in their order, late without a fee."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from bandeng.funds import actions
from bandeng.funds.actions import DuesRefused, MoneyBinds, PlanRefused
from bandeng.funds.models import Plan, ReminderChannel
from bandeng.funds.reads import certain
from bandeng.funds.reads.person import data_copy
from bandeng.funds.rules.dues import Instalment, instalments
from bandeng.funds.rules.plans import NoPlan, check, course
from bandeng.funds.standing.asking import asks
from bandeng.funds.standing.claims import claims
from bandeng.funds.standing.sights import home_sight
from bandeng.funds.tests.pages import page, post
from bandeng.funds.tests.world import (
    agreed,
    asked,
    bill,
    billed,
    matched,
    received,
    signed,
)
from bandeng.trail.rules import HOUSE

TODAY = date(2024, 3, 1)


@pytest.fixture
def owing(world):
    billed(world, bill(world, yuan=1_593))
    world.place = world.account.receivables.get()
    return world


def ask(world, on=TODAY):
    (found,) = asks(homes=[home_sight(receivable=world.place)], on=on)
    return found


@given(
    total=st.integers(1, 10**8), parts=st.integers(1, 60), paid=st.integers(0, 10**8),
    later=st.integers(-40, 800),
)  # fmt: skip
def test_parts_add_up_and_are_filled_in_their_order(total, parts, paid, later):
    plan = instalments(total=total, parts=parts, first_on=TODAY)
    check(plan=plan, total=total, on=TODAY, most=60)
    goes = course(plan=plan, paid=paid, on=TODAY + timedelta(days=later))
    assert sum(part.amount for part in goes.parts) == total == goes.paid + goes.left
    assert sum(part.paid for part in goes.parts) == goes.paid
    filled = [part.paid > 0 for part in goes.parts]
    assert filled == sorted(filled, reverse=True)
    due = sum(part.amount for part in plan if part.on < TODAY + timedelta(days=later))
    assert goes.behind == max(0, due - paid)
    missed = goes.missed
    assert sum(part.open for part in missed) == goes.behind


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "number"),
        ([(TODAY, 100)] * 61, "number"),
        ([(TODAY, 0), (date(2024, 4, 1), 100)], "nothing"),
        ([(date(2024, 4, 1), 50), (TODAY, 50)], "order"),
        ([(date(2024, 2, 1), 100)], "past"),
        ([(TODAY, 99)], "sum"),
    ],
)
def test_what_is_no_plan(rows, code):
    with pytest.raises(NoPlan, match=code):
        check(plan=[Instalment(*row) for row in rows], total=100, on=TODAY, most=60)


@pytest.mark.django_db
def test_a_household_asks_the_creditor_agrees_and_payments_fill_it(sign_in, owing):
    alice = sign_in("Alice")
    assert "1,593.00 元" in page(alice, "ask_plan", owing.place.pk)
    wrong = {"rows": "2099-10-01 500.00\n2099-11-01 93.00"}
    told = post(alice, "ask_plan", owing.place.pk, **wrong).content.decode()
    assert "各期合计 593.00 元，未缴金额是 1,593.00 元" in told
    assert "2099-11-01 93.00" in told  # nothing typed is lost
    unclear = post(alice, "ask_plan", owing.place.pk, rows="十月 500").content.decode()
    assert "第 1 行不是日期加金额" in unclear
    right = {"rows": "2099-10-01 1000\n2099年11月1日 593.00"}
    assert post(alice, "ask_plan", owing.place.pk, **right).status_code == 302
    plan = Plan.objects.get()
    assert [part.amount for part in plan.instalments.all()] == [100_000, 59_300]
    mona = sign_in("Mona")
    assert "已申请，待答复" in page(mona, "plans", owing.account.pk)
    answer = {"accepted": "yes", "answered_by": "物业财务", "source": "2024-03-01 函"}
    assert post(mona, "answer_plan", plan.pk, accepted="yes").status_code == 200  # no source
    assert post(mona, "answer_plan", plan.pk, **answer).status_code == 302
    matched(owing, received(owing, 1_200).lines.get())
    shown = page(sign_in("Alice"), "home", owing.place.pk)
    for words in (
        "共 1,593.00 元，已缴 1,200.00 元，还剩 393.00 元",
        "下一期 393.00 元",
        "2024-03-01 函",
    ):
        assert words in shown, words


@pytest.mark.django_db
def test_whoever_collects_adds_what_the_household_signed(sign_in, owing):
    mona = sign_in("Mona")
    given = {"parts": "3", "first_on": "2099-04-01", "every": "1", "asked_on": "2024-02-20"}
    assert post(mona, "ask_plan", owing.place.pk, **given).status_code == 200
    paper = {"paper": SimpleUploadedFile("p.pdf", b"%PDF-1.7 please")}
    assert post(mona, "ask_plan", owing.place.pk, **given, **paper).status_code == 302
    (claim,) = claims(home=home_sight(receivable=owing.place), on=TODAY)
    assert str(claim.ends_on) == "2027-02-20"  # asking acknowledges
    assert post(sign_in("Alice"), "ask_plan", owing.place.pk, **given).status_code == 200


@pytest.mark.django_db
def test_notices_follow_the_plan(owing):
    signed(owing)
    assert ask(owing).amount == 159_300
    plan = asked(owing, parts=3)
    assert ask(owing).waits == "asked"
    agreed(owing, plan)
    assert ask(owing).waits == "kept"
    (late,) = ask(owing, on=date(2024, 3, 20)).course.missed
    assert ask(owing, on=date(2024, 3, 20)).amount == late.open == 53_100
    given = {"receivable": owing.place, "channel": ReminderChannel.DOOR, "by": owing.people["Mona"]}
    with pytest.raises(DuesRefused, match="没有逾期"):
        actions.log_reminder(**given, delivered_on=TODAY, at=owing.now)
    later = owing.now + timedelta(days=20)
    reminder = actions.log_reminder(**given, delivered_on=date(2024, 3, 21), at=later)
    assert reminder.amount == 53_100
    actions.end_plan(plan=plan, reason="逾期未缴", by=owing.people["Mona"], at=owing.now)
    assert ask(owing).amount == 159_300


@pytest.mark.django_db
def test_one_plan_stands_and_a_paid_one_makes_room(owing):
    plan = asked(owing)
    with pytest.raises(PlanRefused, match="已有分期计划"):
        asked(owing)
    agreed(owing, plan)
    matched(owing, received(owing, 1_593).lines.get())
    billed(owing, bill(owing, since=date(2022, 1, 1), until=date(2022, 12, 31)), file=b"2022")
    assert asked(owing).total == 177_000
    plan.refresh_from_db()
    assert plan.ended_at


@pytest.mark.django_db
def test_an_instalment_is_a_sum_that_fits(owing):
    """The payer's account has paid before: a part that is no instalment waits for a person."""
    agreed(owing, asked(owing, parts=3))
    matched(owing, received(owing, 531, said={1: ("", "Alice", "6217")}).lines.get())
    for yuan, sure in ((500, 0), (531, 1)):
        received(owing, yuan, said={1: ("", "Alice", "6217")}, on=date(2024, 2, 29))
        assert len(certain(account=owing.account)) == sure


@pytest.mark.django_db
def test_a_reason_is_forgotten_with_who_gave_it_once_it_is_answered(owing):
    alice = owing.people["Alice"]
    plan = asked(owing)
    Plan.objects.filter(pk=plan.pk).update(reason="失业")
    assert data_copy(person=alice)["instalments"][0]["reason"] == "失业"
    forget = {"person": alice, "by": HOUSE, "at": owing.now}
    with pytest.raises(MoneyBinds):
        actions.forget_in_money(**forget)
    agreed(owing, plan)
    actions.forget_in_money(**forget)
    assert Plan.objects.get().reason == "—"
