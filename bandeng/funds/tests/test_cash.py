"""Cash: only by agreement, numbered without a gap, banked by another, settled by the bank."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from bandeng.funds import actions
from bandeng.funds.actions import CashRefused
from bandeng.funds.models import Cash, CashDeposit
from bandeng.funds.standing.asking import asks
from bandeng.funds.standing.sights import home_sight
from bandeng.funds.tests.pages import page, post
from bandeng.funds.tests.world import banked, bill, billed, cash, received, signed, with_cash

pytestmark = pytest.mark.django_db
ON = date(2024, 3, 1)


@pytest.fixture
def owing(world):
    billed(world, bill(world, yuan=1_593))
    with_cash(world)
    world.place = world.account.receivables.get()
    return world


def test_none_is_taken_unless_the_agreement_says_so(sign_in, owing):
    mona = sign_in("Mona")
    assert post(mona, "allow_cash", owing.account.pk, clause="").status_code == 302
    assert post(mona, "receive_cash", owing.place.pk).status_code == 403
    assert "不允许收现金" in page(mona, "cash", owing.account.pk)
    owing.account.refresh_from_db()
    with pytest.raises(CashRefused, match="不允许收现金"):
        cash(owing)


def test_a_receipt_is_written_printed_banked_by_another_and_settled_by_the_bank(sign_in, owing):
    mona = sign_in("Mona")
    given = {"amount": "300", "payer": "王奶奶", "book": "A"}
    assert (
        post(mona, "receive_cash", owing.place.pk, **given | {"amount": "9999"}).status_code == 200
    )
    assert post(mona, "receive_cash", owing.place.pk, **given).status_code == 302
    assert post(mona, "receive_cash", owing.place.pk, **given).status_code == 302
    one, two = Cash.objects.order_by("number")
    assert (str(one), str(two)) == ("A-000001", "A-000002")
    sheet = mona.get(reverse("funds:cash_receipt", args=[one.pk]))
    assert sheet.content.startswith(b"%PDF-")
    assert "须由另一人存入银行" in page(mona, "cash", owing.account.pk)
    slip = {"receipts": [one.pk, two.pk], "on": str(localdate(one.at)), "slip": "0017"}
    mine = post(mona, "bank_cash", owing.account.pk, **slip, content=_slip())
    assert mine.status_code == 200  # she took it herself: nothing is offered
    kate = sign_in("Kate")
    assert post(kate, "bank_cash", owing.account.pk, **slip, content=_slip()).status_code == 302
    deposit = CashDeposit.objects.get()
    assert deposit.amount == 60_000
    assert "银行流水还没有显示" in page(kate, "cash", owing.account.pk)
    assert "正在存入银行" in page(sign_in("Alice"), "home", owing.place.pk)
    line = received(owing, 600, on=deposit.on, said={1: ("现金存款", "", "")}).lines.get()
    kate = sign_in("Kate")
    assert "是这笔存款吗" in page(kate, "cash", owing.account.pk)
    assert post(kate, "settle_deposit", deposit.pk, line.pk, checked="on").status_code == 302
    paid = owing.place.allocations.get()
    assert (paid.amount, paid.rule) == (60_000, "cash")
    assert owing.place.ledger_account.balance.amount == 99_300
    assert post(kate, "void_cash", one.pk, reason="写错").status_code == 200  # at the bank


def _slip():
    return SimpleUploadedFile("slip.pdf", b"%PDF-1.7 slip")


def test_a_paper_book_is_entered_in_its_order_and_spoilt_forms_too(owing):
    given = {"receivable": owing.place, "amount": 10_000, "payer": "王奶奶", "book": "P7",
             "by": owing.people["Mona"], "at": owing.now}  # fmt: skip
    with pytest.raises(CashRefused, match="P7 本的下一张收据是第 1 号"):
        actions.receive_cash(**given, number=2)
    actions.spoil_receipt(account=owing.account, book="P7", number=1, reason="写错", by=given["by"],
                          at=owing.now)  # fmt: skip
    second = actions.receive_cash(**given, number=2)
    assert str(second) == "P7-000002"
    assert str(cash(owing)) == "A-000001"  # every book has its own numbers


def test_void_keeps_the_number_and_a_void_or_banked_receipt_stays_so(owing):
    by = {"by": owing.people["Mona"], "at": owing.now}
    first = cash(owing)
    actions.void_cash(cash=first, reason="金额写错", **by)
    with pytest.raises(CashRefused):
        actions.void_cash(cash=first, reason="再来", **by)
    with pytest.raises(CashRefused, match="已作废"):
        banked(owing, first, on=ON)
    second = cash(owing)
    assert second.number == 2
    deposit = banked(owing, second, on=ON)
    with pytest.raises(CashRefused):
        actions.void_cash(cash=second, reason="金额写错", **by)
    actions.withdraw_deposit(deposit=deposit, reason="没存成", **by)
    again = banked(owing, second, on=ON)
    wrong = received(owing, 199, on=ON).lines.get()
    with pytest.raises(CashRefused, match="不完全一致"):
        actions.settle_deposit(deposit=again, line=wrong, **by)


def test_no_more_than_is_owed_and_nobody_is_reminded_while_it_is_on_its_way(owing):
    signed(owing)
    cash(owing, yuan=1_500)
    with pytest.raises(CashRefused, match=r"尚欠 93\.00 元"):
        cash(owing, yuan=94)
    (ask,) = asks(homes=[home_sight(receivable=owing.place)], on=ON)
    assert ask.waits == "cash"


def test_who_took_cash_does_not_bank_it(owing):
    with pytest.raises(CashRefused, match="须由另一人存入"):
        banked(owing, cash(owing), by="Mona", on=ON)


GAP = (
    "INSERT INTO funds_cash (token, account_id, receivable_id, book, number, amount, on_paper, "
    "void_reason, by, at) SELECT gen_random_uuid(), account_id, receivable_id, book, 9, 1, "
    "false, '', by, at FROM funds_cash"
)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE funds_cash SET amount = 1", "never changed"),
        ("UPDATE funds_cash SET number = 7", "never changed"),
        (GAP, "without a gap"),
        ("DELETE FROM funds_cash", "permission denied"),
    ],
)  # fmt: skip
def test_the_database_itself_keeps_receipts(owing, change, says):
    cash(owing)
    with pytest.raises(Exception, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_database_itself_asks_for_two_people_and_for_whole_plans(owing):
    one = cash(owing)
    deposit = banked(owing, cash(owing), on=ON)
    CashDeposit.objects.filter(pk=deposit.pk).update(by=one.by)
    with pytest.raises(IntegrityError, match="does not bank"), transaction.atomic():
        Cash.objects.filter(pk=one.pk).update(deposit=deposit)
