"""The list for the bank, and what of it the next statement shows."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bandeng.funds.rules.bank_batch import (
    PROFILES,
    BatchRefused,
    By,
    Transfer,
    Wrong,
    came_back,
    executions,
    transfer_list,
)
from bandeng.funds.rules.statements import Line

AT = datetime(2024, 11, 15, tzinfo=UTC)


def transfer(n=1, **changes):
    told: dict[str, Any] = {
        "order": UUID(int=n << 96), "payee": "某消防工程有限公司", "account": "4300 1500 0620 5000 9999",
        "bank": "某银行株洲分行", "amount": 480_000_00, "purpose": "一期预付款", "bank_code": "105552000012",
    }  # fmt: skip
    return Transfer(**told | changes)


SENT = [transfer(1), transfer(2, amount=3_200_00, account="621700001", payee="朱师傅")]


def rows_of(batch, profile):
    if profile.excel:
        return (
            CalamineWorkbook.from_filelike(io.BytesIO(batch.content))
            .get_sheet_by_index(0)
            .to_python()
        )
    return [*csv.reader(io.StringIO(batch.content.decode(profile.encoding)))]


@pytest.mark.parametrize("name", PROFILES)
def test_a_list_says_to_whom_how_much_and_which_order(name):
    profile = PROFILES[name]
    batch = transfer_list(transfers=SENT, profile=profile, at=AT)
    head, first, *_rest = rows_of(batch, profile)
    told = dict(zip(head, first, strict=True))
    assert "43001500062050009999" in told.values()
    assert "480000.00" in told.values()
    assert any(SENT[0].short in value for value in told.values())
    assert (batch.count, batch.total) == (2, 483_200_00)


@pytest.mark.parametrize("name", PROFILES)
def test_the_same_orders_give_the_same_file(name):
    lists = [transfer_list(transfers=SENT, profile=PROFILES[name], at=AT) for _ in range(2)]
    assert lists[0].sha256 == lists[1].sha256


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"payee": " "}, Wrong.NAME_MISSING),
        ({"account": "12"}, Wrong.ACCOUNT_UNCLEAR),
        ({"account": "6217…"}, Wrong.ACCOUNT_UNCLEAR),
        ({"bank": ""}, Wrong.BANK_MISSING),
        ({"bank_code": "105"}, Wrong.BANK_CODE_UNCLEAR),
        ({"amount": 0}, Wrong.AMOUNT_UNCLEAR),
        ({"payee": "公司" * 40}, Wrong.TOO_LONG),
        ({"payee": "=HYPERLINK(1)"}, Wrong.ODD_CHARACTER),
        ({"purpose": "一期\n二期"}, Wrong.ODD_CHARACTER),
    ],
)
def test_what_the_bank_would_misread_makes_no_list_at_all(change, why):
    with pytest.raises(BatchRefused) as refused:
        transfer_list(transfers=[SENT[1], transfer(**change)], profile=PROFILES["table.csv"], at=AT)
    assert [(f.why, f.order) for f in refused.value.faults] == [(why, SENT[0].order)]


def test_an_order_is_not_listed_twice_and_no_list_is_empty():
    for transfers, why in (([SENT[0], SENT[0]], Wrong.TWICE), ([], Wrong.EMPTY)):
        with pytest.raises(BatchRefused) as refused:
            transfer_list(transfers=transfers, profile=PROFILES["table.csv"], at=AT)
        assert refused.value.faults[0].why is why


@given(purpose=st.text(st.characters(categories=["Lo", "Nd"]), max_size=80))
def test_a_long_purpose_is_cut_but_never_the_orders_number(purpose):
    profile = PROFILES["table.csv"]
    batch = transfer_list(transfers=[transfer(purpose=purpose)], profile=profile, at=AT)
    memo = rows_of(batch, profile)[1][-1]
    assert memo.startswith(SENT[0].short)
    assert len(memo.encode("gb18030")) <= 60


# The next statement.


def line(amount, memo="", account="", n=1):
    return Line(n, date(2024, 11, 16), None, amount, 0, "", "", account, memo)


def test_a_line_is_recognised_by_the_orders_number_whatever_the_bank_added():
    paid = line(-480_000_00, f"批量转账 {SENT[0].short} 一期")
    (found,) = executions(lines=[paid], sent=SENT)
    assert (found.transfers, found.by) == ((SENT[0],), By.NUMBER)


def test_without_the_number_the_account_and_the_sum_must_both_be_its():
    paid, other = line(-3_200_00, account="621700001"), line(-3_200_00, account="999", n=2)
    (found,) = executions(lines=[paid, other], sent=SENT)
    assert (found.line, found.transfers, found.by) == (paid, (SENT[1],), By.ACCOUNT)


def test_a_whole_list_may_leave_in_one_sum():
    (found,) = executions(lines=[line(-483_200_00, "批量代付")], sent=SENT)
    assert (found.by, found.transfers) == (By.LUMP, tuple(SENT))


def test_where_two_are_alike_nobody_is_guessed():
    twins = [SENT[1], replace(SENT[1], order=UUID(int=3 << 96))]
    lines = [line(-3_200_00, account="621700001")]
    assert executions(lines=lines, sent=twins) == []
    twice = [line(-3_200_00, account="621700001"), line(-3_200_00, account="621700001", n=2)]
    assert executions(lines=twice, sent=[SENT[1]]) == []


def test_another_sum_or_money_coming_in_is_no_execution():
    short = SENT[0].short
    assert executions(lines=[line(-1_00, short), line(480_000_00, short)], sent=SENT) == []


def test_a_transfer_that_came_back_is_told():
    assert came_back(line=line(480_000_00, f"退汇 {SENT[0].short}"), sent=SENT) is SENT[0]
    assert came_back(line=line(3_200_00, "退汇 账号有误", "621700001"), sent=SENT) is SENT[1]
    assert came_back(line=line(3_200_00, "物业费", "621700001"), sent=SENT) is None
