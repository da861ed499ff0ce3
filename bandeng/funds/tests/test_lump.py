"""Which sums at the bank a payment service's bill explains: all of its days, to the fen, or none."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.funds.rules.statements import Receipt, Waits, judge, read_statement, service_of
from bandeng.funds.rules.statements.lump import LATE_DAYS
from bandeng.funds.tests.files import Trade, service_file

MARCH = date(2024, 3, 1)
WEEK = [Trade(4 + n, f"420000{n}", (300 + n) * 100, 180 + n) for n in range(5)]
NETS = [t.amount - t.fee for t in WEEK]


def day(n):
    return MARCH + timedelta(n - 1)


def bill(trades, service="wechat"):
    return read_statement(data=service_file(service, trades))


def judged(trades, *receipts, known=(), payments=(), service="wechat"):
    """`receipts`: (day of March, fen)."""
    came = [Receipt(n, day(on), amount) for n, (on, amount) in enumerate(receipts)]
    return judge(
        bill=bill(trades, service), known=Counter(known), payments=frozenset(payments), receipts=came
    )  # fmt: skip


@pytest.mark.parametrize("service", ["wechat", "alipay"])
def test_each_days_takings_arrive_the_day_after(service):
    came = [(t.day + 1, net) for t, net in zip(WEEK, NETS, strict=True)]
    found = judged(WEEK, *came, service=service)
    assert (found.waits, found.receipts) == (None, (0, 1, 2, 3, 4))
    assert sum(line.amount for line in found.lines) == sum(NETS)


def test_a_holidays_takings_come_together():
    found = judged(WEEK, (5, NETS[0]), (12, sum(NETS[1:])))
    assert found.receipts == (0, 1)


def test_a_bill_waits_for_its_last_fen_and_says_for_which_day():
    for last in ((), ((9, NETS[4] - 1),), ((8 + LATE_DAYS + 1, NETS[4]),)):
        found = judged(WEEK, (9, sum(NETS[:4])), *last)
        assert (found.waits, found.on, found.amount) == (Waits.NOT_ARRIVED, day(8), NETS[4])
        assert (found.lines, found.receipts) == ((), ())


def test_of_equal_takings_each_day_takes_the_earliest():
    same = [Trade(4 + n, f"42000{n}", 300_00, 1_80) for n in range(3)]
    assert judged(same, *[(5 + n, 298_20) for n in range(4)]).receipts == (0, 1, 2)


def test_where_the_days_may_be_parted_in_several_ways_nobody_guesses():
    two = [Trade(4, "1", 100_00, 0), Trade(5, "2", 200_00, 0)]
    assert judged(two, (6, 100_00), (6, 200_00), (6, 300_00)).waits is Waits.UNCLEAR


def test_refunds_lessen_the_day_on_which_they_are_made_and_may_eat_it_up():
    back = [*WEEK[:2], Trade(5, WEEK[0].number, WEEK[0].amount, WEEK[0].fee, is_back=True)]
    assert judged(back, (6, NETS[1])).receipts == (0,)
    assert judged([WEEK[0], Trade(4, WEEK[0].number, 300_00, 1_80, is_back=True)]).waits is None


def test_a_refund_of_a_payment_that_nobody_knows_waits_for_that_bill():
    back = [WEEK[1], Trade(5, "9", 10_00, 6, is_back=True)]
    found = judged(back, (6, NETS[1] - 10_00 + 6))
    assert (found.waits, found.amount) == (Waits.REFUND_UNKNOWN, 10_00)
    assert judged(back, (6, NETS[1] - 10_00 + 6), payments=["9"]).waits is None


def test_days_that_are_in_the_books_are_left_out_and_half_days_refused():
    trades = {(t.number, day(t.day), t.amount) for t in WEEK}
    assert judged(WEEK, known=trades).waits is Waits.KNOWN
    first = [(WEEK[0].number, day(4), WEEK[0].amount)]
    found = judged(WEEK, (9, sum(NETS[1:])), known=first)
    assert {line.on for line in found.lines} == {day(5), day(6), day(7), day(8)}
    half = [WEEK[0], Trade(4, "7", 5_00, 3)]
    assert judged(half, known=first).waits is Waits.PART_KNOWN


def test_a_service_is_known_by_its_name():
    assert service_of(payer="财付通支付科技有限公司", memo="") == "wechat"
    assert service_of(payer="支付宝（中国）网络技术有限公司", memo="") == "alipay"
    assert service_of(payer="", memo="微信支付商户结算") == "wechat"
    assert service_of(payer="王小明", memo="物业费") == ""


@given(
    amounts=st.lists(st.integers(1, 40), min_size=1, max_size=12),
    cuts=st.sets(st.integers(1, 11)),
    extra=st.lists(st.integers(1, 400), max_size=4),
)
def test_what_is_booked_is_always_the_sum_of_its_receipts(amounts, cuts, extra):
    """Whatever else lies at the bank: never a fen more or less than the bill."""
    trades = [Trade(1 + n, str(n), fen, 0) for n, fen in enumerate(amounts)]
    ends = sorted({len(amounts), *(cut for cut in cuts if cut < len(amounts))})
    starts = [0, *ends[:-1]]
    came = [(end, sum(amounts[a:end])) for a, end in zip(starts, ends, strict=True)]
    came += [(1 + n, fen) for n, fen in enumerate(extra)]
    found = judged(trades, *came)
    if found.waits is None:
        assert sum(came[key][1] for key in found.receipts) == sum(amounts)
        assert len(set(found.receipts)) == len(found.receipts)
    else:
        short = max(end - start for start, end in zip(starts, ends, strict=True)) <= 10
        assert found.waits is Waits.UNCLEAR or not short
