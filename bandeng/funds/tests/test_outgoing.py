"""What of the approved orders the next statement shows: one by one, as one sum, or come back."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from bandeng.funds.rules.outgoing import By, Sent, came_back, executions
from bandeng.funds.rules.statements import Line

SENT = [
    Sent(UUID(int=1 << 96), 1, 480_000_00, "43001500062050009999", listed=7),
    Sent(UUID(int=2 << 96), 2, 3_200_00, "621700001", listed=7),
]


def line(amount, memo="", account="", n=1):
    return Line(n, date(2024, 11, 16), None, amount, 0, "", "", account, memo)


def test_a_line_is_recognised_by_the_orders_number_whatever_the_bank_added():
    paid = line(-480_000_00, f"批量转账 {SENT[0].short} 一期")
    (found,) = executions(lines=[paid], sent=SENT)
    assert (found.sent, found.by) == ((SENT[0],), By.NUMBER)


def test_a_number_that_stands_on_two_lines_was_carried_out_by_the_first():
    paid = [line(-480_000_00, SENT[0].short, n=n) for n in (1, 2)]
    (found,) = executions(lines=paid, sent=SENT)
    assert found.line is paid[0]


def test_without_the_number_the_account_and_the_sum_must_both_be_its():
    paid, other = line(-3_200_00, account="621700001"), line(-3_200_00, account="999000000", n=2)
    (found,) = executions(lines=[paid, other], sent=SENT)
    assert (found.line, found.sent, found.by) == (paid, (SENT[1],), By.ACCOUNT)


def test_a_whole_list_may_leave_in_one_sum_and_so_may_what_is_left_of_it():
    (found,) = executions(lines=[line(-483_200_00, "批量代付")], sent=SENT)
    assert (found.by, found.sent) == (By.LUMP, tuple(SENT))
    third = Sent(UUID(int=3 << 96), 3, 1_00, "5", listed=7)
    lines = [line(-1_00, third.short), line(-483_200_00, "批量代付", n=2)]
    assert [x.by for x in executions(lines=lines, sent=[*SENT, third])] == [By.NUMBER, By.LUMP]


def test_orders_that_are_on_no_list_or_on_two_do_not_leave_in_one_sum():
    for lists in ((None, None), (7, 8)):
        sent = [replace(one, listed=n) for one, n in zip(SENT, lists, strict=True)]
        assert executions(lines=[line(-483_200_00, "批量代付")], sent=sent) == []


def test_where_two_are_alike_nobody_is_guessed():
    twins = [SENT[1], replace(SENT[1], order=UUID(int=3 << 96))]
    lines = [line(-3_200_00, account="621700001", n=n) for n in (1, 2)]
    assert executions(lines=lines[:1], sent=twins) == []
    assert executions(lines=lines, sent=[SENT[1]]) == []
    assert [x.line for x in executions(lines=lines, sent=twins)] == lines
    one_sum = [replace(each, order=UUID(int=n << 96), listed=8) for n, each in enumerate(SENT, 5)]
    assert executions(lines=[line(-483_200_00, "代付")], sent=[*SENT, *one_sum]) == []


def test_another_sum_or_money_coming_in_is_no_execution():
    short = SENT[0].short
    assert executions(lines=[line(-1_00, short), line(480_000_00, short)], sent=SENT) == []


def test_a_transfer_that_came_back_is_told():
    assert came_back(line=line(480_000_00, f"退汇 {SENT[0].short}"), sent=SENT) is SENT[0]
    assert came_back(line=line(3_200_00, "退汇 账号有误", "621700001"), sent=SENT) is SENT[1]
    assert came_back(line=line(3_200_00, "物业费", "621700001"), sent=SENT) is None
