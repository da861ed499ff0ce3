"""The list for the bank: all that its batch transfer takes, or no list at all."""

import csv
import io
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bandeng.funds.rules.bank_batch import (
    PROFILES,
    BatchRefused,
    Transfer,
    Wrong,
    transfer_list,
)

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
