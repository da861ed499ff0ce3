"""Approved orders go to the bank as a list, and come back line by line, as one sum, or bounced."""

import csv
import io
from datetime import date
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from bandeng.funds import actions, reads
from bandeng.funds.actions import ListRefused
from bandeng.funds.models import ListedOrder, TransferList
from bandeng.funds.reads import OrderState
from bandeng.funds.reads.lists import lists_of, waiting_on
from bandeng.funds.reads.recheck import recheck
from bandeng.funds.reads.statements import Became, became, lines_of, preview
from bandeng.funds.rules.statements import Fit
from bandeng.funds.tests.pages import page, post
from bandeng.funds.tests.world import (
    YUAN,
    approved,
    funded,
    ordered,
    payee,
    received,
    statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(world):
    funded(world, 2_000)
    world.held = [held(world, yuan=yuan, n=n) for n, yuan in enumerate((300, 500, 700))]
    return world


def held(world, *, yuan, n, **said):
    to = payee(name=f"第{n}施工队", number=f"62110000{n}", **said)
    order = approved(world, ordered(world, yuan, payee=to))
    actions.carry_out(order=order, by=world.people["Mona"], at=world.now)
    return order


def listed(world, *orders, profile="table.csv"):
    return actions.make_transfer_list(
        account=world.account, orders=orders or world.held, profile=profile,
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def state(order):
    return reads.sight(order=order, at=timezone.now()).state


def short(order):
    return order.token.hex[:12].upper()


def shown(taken):
    return [became(line=line) for line in lines_of(statement=taken)]


def test_a_list_is_chosen_made_and_downloaded(sign_in, money):
    mona = sign_in("Mona")
    asked = page(mona, "make_list", money.account.pk)
    for words in ("第0施工队", "300.00 元", "第2施工队"):
        assert words in asked, words
    orders = [order.pk for order in money.held[:2]]
    answer = post(mona, "make_list", money.account.pk, orders=orders, profile="table.csv")
    made = TransferList.objects.get()
    assert answer.url == made.get_absolute_url()
    assert "2 笔" in mona.get(answer.url).content.decode()
    file = mona.get(reverse("funds:transfer_list_file", args=[money.account.pk, made.pk]))
    rows = [*csv.reader(io.StringIO(file.content.decode("gb18030")))]
    assert [row[5] for row in rows[1:]] == ["300.00", "500.00"]
    assert rows[1][-1].startswith(short(money.held[0]))
    assert sha256(file.content).digest() == bytes(made.sha256)
    assert bytes(made.sha256).hex() in mona.get(answer.url).content.decode()
    assert "1,000" not in page(mona, "transfer_lists", money.account.pk)
    assert "第0施工队" not in page(mona, "make_list", money.account.pk)
    assert made.get_absolute_url() in page(mona, "order", money.held[0].pk)


def test_an_order_is_on_one_open_list_even_for_the_database(money):
    listed(money, money.held[0])
    with pytest.raises(ListRefused):
        listed(money)
    other = listed(money, money.held[1])
    with pytest.raises(IntegrityError, match="order_on_one_open_list"), transaction.atomic():
        ListedOrder.objects.create(list=other, order=money.held[0], n=9)


def test_only_what_is_held_goes_on_a_list_and_what_the_bank_would_misread_makes_none(money):
    waiting = ordered(money)
    with pytest.raises(ListRefused):
        listed(money, waiting)
    with pytest.raises(ListRefused):
        actions.make_transfer_list(
            account=money.account, orders=[], profile="table.csv", by=money.people["Mona"],
            at=money.now,
        )  # fmt: skip
    odd = held(money, yuan=100, n=9, bank=" ")
    with pytest.raises(ListRefused, match=odd.token.hex[:8].upper()):
        listed(money, money.held[0], odd)
    assert not TransferList.objects.exists()


def test_lines_settle_a_list_one_by_one(money):
    made = listed(money)
    received(
        money,
        -300,
        -500,
        said={1: (short(money.held[0]), "", ""), 2: ("", "", "621100001")}.items(),
    )
    assert [state(order) for order in money.held] == [
        OrderState.DONE,
        OrderState.DONE,
        OrderState.HELD,
    ]
    assert waiting_on(listed=made) == 1
    assert [vars(one)["waiting"] for one in lists_of(account=money.account)] == [1]


def test_one_sum_settles_the_whole_list_and_is_the_same_line_when_it_comes_again(money):
    listed(money)
    last = money.account.statements.get()
    again = statement(2_000, -1_500, on=date(2024, 2, 28), said={2: ("批量代付", "", "")}.items())
    asked = preview(account=money.account, parsed=again)
    assert [what for _line, what in asked.outs] == [Became.ORDER]
    given = {"account": money.account, "statement": again, "content": b"raw", "file_name": "流水.csv",
             "by": money.people["Mona"], "at": money.now}  # fmt: skip
    taken = actions.take_statement(**given)
    assert taken != last
    assert shown(taken) == [Became.ORDER] * 3
    assert [line.part_of for line in taken.lines.order_by("n")] == [2, 2, 2]
    assert [state(order) for order in money.held] == [OrderState.DONE] * 3
    assert actions.take_statement(**given) == taken
    longer = statement(2_000, -1_500, 40, on=date(2024, 2, 28))
    assert preview(account=money.account, parsed=longer).fit == Fit.OVERLAPS
    assert recheck() == []


def test_money_that_the_payees_bank_sent_back_is_free_and_the_order_says_so(sign_in, money):
    listed(money)
    order = money.held[1]
    before = money.fire.balance.free
    received(money, -300, -500, -700, said={
        n: (short(one), "", "") for n, one in enumerate(money.held, start=1)
    }.items())  # fmt: skip
    back = received(money, 500, said={1: (f"退汇 账号户名不符 {short(order)}", "", "")}.items())
    assert shown(back) == [Became.BOUNCED]
    assert state(order) == OrderState.BOUNCED
    assert [state(one) for one in (money.held[0], money.held[2])] == [OrderState.DONE] * 2
    money.fire.balance.refresh_from_db()
    assert money.fire.balance.free == before + 500 * YUAN
    assert recheck() == []
    assert "被收款行退回" in page(sign_in("Mona"), "order", order.pk)
    assert "被收款行退回" in page(sign_in("Mona"), "orders")
    again = received(money, 500, said={1: (f"退汇 {short(order)}", "", "")}.items())
    assert shown(again) == [Became.WAITING]  # it cannot come back twice


def test_a_payment_may_leave_and_come_back_within_one_statement(money):
    order = money.held[0]
    said = {1: (short(order), "", ""), 2: (f"退汇 {short(order)}", "", "")}
    taken = received(money, -300, 300, said=said.items())
    assert shown(taken) == [Became.ORDER, Became.BOUNCED]
    assert state(order) == OrderState.BOUNCED


def test_a_withdrawn_lists_rest_may_go_on_another(sign_in, money):
    made = listed(money)
    received(money, -300, said={1: (short(money.held[0]), "", "")}.items())
    mona = sign_in("Mona")
    address = [money.account.pk, made.pk]
    assert post(mona, "withdraw_list", *address, checked="on").status_code == 302
    assert "撤回" in page(mona, "transfer_list", *address)
    assert listed(money, *money.held[1:]).count == 2
    with pytest.raises(ListRefused):
        actions.withdraw_list(listed=made, by=money.people["Mona"], at=money.now)


def test_who_does_not_collect_makes_and_downloads_nothing(sign_in, money):
    made = listed(money)
    address = [money.account.pk, made.pk]
    for name, sees, does in (
        ("Nils", 200, 403),
        ("Erin", 200, 403),
        ("Alice", 403, 403),
        ("Leo", 404, 404),
    ):
        client = sign_in(name)
        assert client.get(reverse("funds:transfer_list", args=address)).status_code == sees
        for verb in ("transfer_list_file", "withdraw_list"):
            assert client.get(reverse(f"funds:{verb}", args=address)).status_code == does, name
        assert client.get(reverse("funds:make_list", args=address[:1])).status_code == does
