"""WeChat's and Alipay's bills: a lump sum at the bank becomes the payments of its payers."""

from datetime import date
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from bandeng.funds import actions, reads
from bandeng.funds.actions import BillRefused, LedgerRefused, StatementRefused
from bandeng.funds.actions._ledger import Move, _post
from bandeng.funds.models import Allocation, Chart, Line, MerchantBill, Statement
from bandeng.funds.reads.recheck import recheck
from bandeng.funds.reads.statements import Became, became, lines_of
from bandeng.funds.rules import statements as rules
from bandeng.funds.rules.statements import read_statement
from bandeng.funds.tests import files
from bandeng.funds.tests.files import Trade, service_file
from bandeng.funds.tests.pages import page, post
from bandeng.funds.tests.world import YUAN, approved, bill, billed

pytestmark = pytest.mark.django_db
PAYERS = {"wechat": "财付通支付科技有限公司", "alipay": "支付宝（中国）网络技术有限公司"}


@pytest.fixture
def owing(world):
    billed(world, bill(world, yuan=1_770))
    world.place = world.account.receivables.get()
    world.trades = [
        Trade(4, "4200002024030401", 1_770_00, 10_62, memo=f"物业费 {world.place.reference}"),
        Trade(4, "4200002024030402", 300_00, 1_80),
        Trade(5, "4200002024030501", 500_00, 3_00),
    ]
    return world


def arrived(world, *sums, service="wechat"):
    """Take a bank statement in with these (day of March, fen)."""
    last = world.account.statements.filter(channel="").order_by("-pk").first()
    balance = opening = last.closing if last else 0
    lines = []
    for n, (day, fen) in enumerate(sums, start=1):
        balance += fen
        lines.append(
            rules.Line(n, date(2024, 3, day), None, fen, balance, "", PAYERS[service], "2431", "结算")
        )  # fmt: skip
    parsed = rules.Statement(
        "test", "", lines[0].on, lines[-1].on, opening, balance, tuple(lines),
        sha256(f"{lines}".encode()).digest(),
    )  # fmt: skip
    return actions.take_statement(
        account=world.account, statement=parsed, content=b"raw", file_name="流水.csv",
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def taken(world, trades=None, service="wechat", **changes):
    content = service_file(service, trades or world.trades)
    given = {
        "account": world.account, "bill": read_statement(data=content), "content": content,
        "file_name": "账单.csv", "by": world.people["Mona"], "at": world.now,
    }  # fmt: skip
    return actions.take_merchant_bill(**given | changes)


def there(world, *charts):
    books = {a.chart: a for a in world.account.ledger_accounts.exclude(chart=Chart.RECEIVABLE)}
    found = tuple(books[chart].balance.amount for chart in charts)
    assert books[Chart.CLEARING].balance.amount == 0
    assert recheck() == []
    return found


def shown(statement):
    return [became(line=line) for line in lines_of(statement=statement)]


BY_DAY = ((5, 2_070_00 - 12_42), (6, 497_00))


@pytest.mark.parametrize("service", ["wechat", "alipay"])
def test_the_banks_sums_become_the_bills_payments(owing, service):
    sums = arrived(owing, *BY_DAY, service=service)
    statement = taken(owing, service=service)
    assert (statement.channel, statement.closing) == (service, 2_570_00 - 15_42)
    bank, suspense, fees = there(owing, Chart.BANK, Chart.SUSPENSE, Chart.UNEXPLAINED)
    assert (bank, suspense, fees) == (2_554_58, 2_570_00, 15_42)
    assert shown(sums) == [Became.LUMP, Became.LUMP]
    assert shown(statement) == [
        Became.WAITING, Became.WAITING, Became.UNEXPLAINED, Became.WAITING, Became.UNEXPLAINED
    ]  # fmt: skip


def test_a_payment_of_the_bill_is_matched_like_any_other(owing):
    arrived(owing, *BY_DAY)
    taken(owing)
    (certain,) = reads.certain(account=owing.account)
    assert certain.shares == {owing.place: 1_770_00}
    actions.match_lines(
        matches=[(certain.line, certain.rule, certain.shares)], by=owing.people["Mona"],
        at=owing.now,
    )  # fmt: skip
    assert there(owing, Chart.SUSPENSE, Chart.EARMARK) == (800_00, 1_770_00)
    assert owing.place.ledger_account.balance.amount == 0


def test_a_small_fee_is_paid_out_of_the_purpose_once_it_holds_something(owing):
    test_a_payment_of_the_bill_is_matched_like_any_other(owing)
    more = [Trade(11, "4200002024031101", 200_00, 1_20)]
    arrived(owing, (12, 198_80))
    assert shown(taken(owing, more)) == [Became.WAITING, Became.FEE]
    assert there(owing, Chart.EARMARK, Chart.UNEXPLAINED) == (1_770_00 - 1_20, 15_42)
    dear = [Trade(18, "4200002024031801", 20_000_00, 120_00)]  # the rules say 50 yuan at most
    arrived(owing, (19, 19_880_00))
    assert shown(taken(owing, dear)) == [Became.WAITING, Became.UNEXPLAINED]


def test_a_bill_waits_for_the_bank_and_is_then_booked_by_itself(owing):
    kept = taken(owing)
    assert isinstance(kept, MerchantBill)
    assert not Line.objects.exists()
    arrived(owing, BY_DAY[0])
    assert MerchantBill.objects.get() == kept
    assert there(owing, Chart.SUSPENSE) == (BY_DAY[0][1],)
    arrived(owing, BY_DAY[1])
    assert not MerchantBill.objects.exists()
    assert there(owing, Chart.SUSPENSE) == (2_570_00,)


def test_a_file_given_again_changes_nothing_and_a_longer_one_brings_what_is_new(owing):
    first, again = taken(owing), taken(owing)
    assert first == again
    arrived(owing, *BY_DAY)
    booked = taken(owing)
    assert taken(owing) == booked
    with pytest.raises(BillRefused):
        taken(owing, owing.trades, content=b"", bill=_renamed(owing))
    longer = [*owing.trades, Trade(6, "4200002024030601", 50_00, 30)]
    arrived(owing, (7, 49_70))
    assert taken(owing, longer).count == 2
    assert there(owing, Chart.SUSPENSE) == (2_620_00,)


def _renamed(world):
    """The same trades in another file."""
    return read_statement(data=service_file("wechat", world.trades[::-1]))


def test_a_refund_takes_the_match_back_and_what_is_left_waits_anew(owing):
    test_a_payment_of_the_bill_is_matched_like_any_other(owing)
    part = [Trade(6, owing.trades[0].number, 70_00, 42, is_back=True),
            Trade(6, "4200002024030609", 100_00, 60)]  # fmt: skip
    arrived(owing, (7, 30_00 - 18))
    statement = taken(owing, part)
    assert Became.REFUND in shown(statement)
    assert not Allocation.objects.filter(paid__reversal=None).exists()
    line = Line.objects.get(refunded_by__isnull=False)
    (left,) = [x for x in reads.lines_without_home(account=owing.account) if x == line]
    assert left.open == 1_700_00
    assert there(owing, Chart.EARMARK, Chart.SUSPENSE) == (0, 2_600_00)
    for yuan, fits in ((1_700, True), (1_770, False)):
        given = {"line": line, "shares": {owing.place: yuan * YUAN}, "by": owing.people["Mona"]}
        if fits:
            proposal = actions.propose_match(**given, at=owing.now)
            actions.confirm_match(proposal=proposal, by=owing.people["Kate"], at=owing.now)
        else:
            with pytest.raises(actions.MatchRefused):
                actions.propose_match(**given, at=owing.now)
    assert there(owing, Chart.EARMARK) == (1_700_00,)


def test_a_refund_of_money_that_is_spent_waits_and_the_bank_statement_is_taken_all_the_same(owing):
    test_a_payment_of_the_bill_is_matched_like_any_other(owing)
    emergency = owing.account.ledger_accounts.get(chart=Chart.EMERGENCY)
    by = {"by": owing.people["Mona"], "at": owing.now}
    order = actions.order_earmark(
        account=owing.account, fund=owing.fire, purpose=emergency, amount=1_770_00, reason="应急",
        **by,
    )  # fmt: skip
    actions.carry_out(order=approved(owing, order), **by)
    back = [Trade(6, owing.trades[0].number, 1_770_00, 10_62, is_back=True),
            Trade(6, "4200002024030609", 2_000_00, 12_00)]  # fmt: skip
    kept = taken(owing, back)
    arrived(owing, (7, 230_00 - 1_38))
    assert MerchantBill.objects.get() == kept
    assert there(owing, Chart.SUSPENSE) == (800_00 + 228_62,)


def test_a_lump_sum_is_no_household_s_payment_and_a_bill_is_no_bank_statement(owing):
    line = arrived(owing, *BY_DAY).lines.first()
    taken(owing)
    by = {"by": owing.people["Mona"], "at": owing.now}
    with pytest.raises(actions.MatchRefused):
        actions.propose_match(line=line, shares={owing.place: 1_00}, **by)
    parsed = read_statement(data=service_file("wechat", owing.trades))
    with pytest.raises(StatementRefused):
        actions.take_statement(
            account=owing.account, statement=parsed, content=b"", file_name="x", **by
        )


def test_nobody_parks_money_with_the_service(owing):
    """The clearing account is left as empty as it was found, whoever asks the ledger."""
    arrived(owing, *BY_DAY)
    books = {a.chart: a for a in owing.account.ledger_accounts.exclude(chart=Chart.RECEIVABLE)}
    suspense, clearing = books[Chart.SUSPENSE], books[Chart.CLEARING]
    for move, says in (
        (Move(suspense, clearing, 5, "a"), "booked whole"),
        (Move(clearing, suspense, 5, "b"), "never_overdrawn|not made from nothing"),
        (Move(clearing, owing.fire, 5, "c"), "never_overdrawn|not made from nothing"),
        (Move(books[Chart.BANK], clearing, 5, "d"), "statement line"),
    ):
        with pytest.raises((LedgerRefused, IntegrityError), match=f"{says}|余额不足"):
            _post(moves=[move], at=owing.now)


# Through the pages.


def look_at(client, world, content):
    file = SimpleUploadedFile("账单.csv", content)
    return post(client, "take_statement", world.account.pk, file=file).url


def test_a_bill_says_on_its_page_what_it_waits_for_and_may_be_put_away(sign_in, owing):
    mona = sign_in("Mona")
    checked = look_at(mona, owing, service_file("wechat", owing.trades))
    asked = mona.get(checked).content.decode()
    for words in ("2,570.00 元", "15.42 元", "2,554.58 元", "2,057.58", "尚未入账"):
        assert words in asked, words
    assert mona.post(checked, {"answer": "yes"}).url.endswith("/bills/")
    waiting = page(mona, "bills", owing.account.pk)
    for words in ("微信支付", "2,057.58", "2024年3月4日"):
        assert words in waiting, words
    kept = MerchantBill.objects.get()
    assert post(mona, "discard_bill", kept.pk, checked="on").status_code == 302
    assert not MerchantBill.objects.exists()


def test_a_bill_is_booked_from_its_page_and_shown_line_by_line(sign_in, owing):
    arrived(owing, *BY_DAY, service="alipay")
    mona = sign_in("Mona")
    checked = look_at(mona, owing, service_file("alipay", owing.trades))
    assert "2,057.58" in mona.get(checked).content.decode()
    mona.post(checked, {"answer": "yes"})
    statement = Statement.objects.exclude(channel="").get()
    assert "支付宝" in page(mona, "bills", owing.account.pk)
    assert "待认领" in page(mona, "statement", owing.account.pk, statement.pk)
    assert "账单.csv" not in page(mona, "statements", owing.account.pk)
    assert (
        "都已入账"
        in mona.get(look_at(mona, owing, service_file("alipay", owing.trades))).content.decode()
    )


def test_a_services_own_account_list_is_not_taken(sign_in, owing):
    mona = sign_in("Mona")
    for rows in (files.wechat_flow(), files.alipay_flow()):
        asked = mona.get(look_at(mona, owing, files.separated(rows))).content.decode()
        assert "交易账单" in asked
