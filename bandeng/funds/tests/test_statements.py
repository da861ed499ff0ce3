"""Bank statements: taken whole with closed balances, or refused whole with every reason."""

import random
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandeng.funds.rules.statements import Code, Kind, Unreadable, read_statement
from bandeng.funds.rules.statements.chain import written
from bandeng.funds.tests import files
from bandeng.places.rules.calendar import ZONE

USUAL = files.USUAL


def refused(data, **options):
    with pytest.raises(Unreadable) as caught:
        read_statement(data=data, **options)
    return caught.value.problems


def read_if_readable(data):
    try:
        return read_statement(data=data)
    except Unreadable as error:
        if not error.problems:
            raise
        return None


@pytest.mark.parametrize("name", files.FILES)
def test_every_bank_tells_the_same_story(name):
    """Whatever the format, the lines are those that moved, in the account's order."""
    statement = read_statement(data=files.FILES[name](USUAL))
    assert [line.amount for line in statement.lines] == [m.amount for m in USUAL]
    assert [line.balance_after for line in statement.lines] == [m.balance for m in USUAL]
    assert [line.on for line in statement.lines] == [m.at.date() for m in USUAL]
    assert (statement.opening, statement.closing) == (files.OPENING, USUAL[-1].balance)


@pytest.mark.parametrize("name", ["icbc.csv", "ccb.xls", "boc.csv", "camt.053.001.08.xml"])
def test_a_line_keeps_whom_it_came_from_and_what_was_said(name):
    line = read_statement(data=files.FILES[name](USUAL)).lines[3]
    assert line.counterparty == USUAL[3].name
    assert line.counterparty_account == USUAL[3].account
    assert USUAL[3].memo in line.memo
    assert line.at == USUAL[3].at.replace(tzinfo=ZONE)
    assert line.n == 4


def test_the_file_is_known_by_its_hash_and_its_account():
    data = files.FILES["icbc.csv"](USUAL)
    statement = read_statement(data=data)
    assert statement.sha256 == sha256(data).digest()
    assert (statement.profile, statement.account) == ("icbc", files.OWN)
    assert (statement.since, statement.until) == (date(2024, 9, 2), date(2024, 9, 3))


@pytest.mark.parametrize(
    ("rows", "profile"),
    [
        (files.icbc_rows, "icbc"),
        (files.ccb_rows, "ccb"),
        (files.cmb_rows, "cmb"),
        (files.boc_rows, "boc"),
        (files.signed_rows, "table"),
        (files.wechat_flow, "wechat.flow"),
        (files.alipay_flow, "alipay.flow"),
    ],
)
def test_a_bank_is_recognised_by_its_columns(rows, profile):
    assert read_statement(data=files.separated(rows())).profile == profile


def test_two_equal_lines_stay_two():
    lines = read_statement(data=files.FILES["ccb.xls"](USUAL)).lines
    assert [line.amount for line in lines].count(300_00) == 2


def test_excel_of_2003_as_xml_is_a_table_too():
    rows = "".join(
        "<Row>" + "".join(f"<Cell><Data ss:Type='String'>{cell}</Data></Cell>" for cell in row) + "</Row>"
        for row in files.cmb_rows()
    )  # fmt: skip
    data = f'<?xml version="1.0"?><Workbook xmlns:ss="x"><Worksheet><Table>{rows}</Table></Worksheet></Workbook>'
    assert len(read_statement(data=data.encode()).lines) == len(USUAL)


def test_a_merchants_bill_is_payments_a_fee_and_the_lump_sum():
    for rows, code in ((files.wechat_trades(), "utf-8-sig"), (files.alipay_trades(), "gb18030")):
        statement = read_statement(data=files.separated(rows, code=code))
        told = [(line.kind, line.amount) for line in statement.lines]
        assert told == [
            (Kind.PAYMENT, 300_00),
            (Kind.FEE, -1_80),
            (Kind.PAYMENT, 1_593_00),
            (Kind.FEE, -9_56),
            (Kind.REFUND, -300_00),
            (Kind.FEE, 1_80),
            (Kind.SETTLEMENT, -(1_593_00 - 9_56)),
        ]
        assert (statement.opening, statement.closing) == (0, 0)


def test_a_merchants_flow_says_which_lines_are_fees():
    for rows in (files.wechat_flow(), files.alipay_flow()):
        statement = read_statement(data=files.separated(rows))
        assert [line.kind is Kind.PAYMENT for line in statement.lines] == [True] * 3 + [False, True]


def test_alipays_balances_need_not_follow_but_the_sum_must():
    statement = read_statement(data=files.separated(files.alipay_flow()))
    assert (statement.opening, statement.closing) == (files.OPENING, USUAL[-1].balance)
    assert statement.lines[1].balance_after == USUAL[1].balance


@pytest.mark.parametrize("rows", [files.wechat_trades, files.wechat_flow])
def test_a_merchants_bill_that_lost_a_line_is_refused_by_its_own_count(rows):
    cut = [*rows()]
    del cut[-3]
    assert Code.COUNT_DIFFERS in {p.code for p in refused(files.separated(cut))}


@pytest.mark.parametrize("state", ["NOTPAY", "CLOSED"])
def test_a_trade_that_was_never_paid_is_told_not_booked(state):
    rows = [*files.wechat_trades()]
    rows[1][5] = f"`{state}"
    statement = read_statement(data=files.separated(rows))
    assert statement.lines[0].amount == 1_593_00
    assert statement.notes[0].code is Code.NOT_BOOKED


def test_a_trade_in_an_unknown_state_refuses_the_bill():
    rows = [*files.wechat_trades()]
    rows[1][5] = "`PENDING"
    assert [(p.code, p.row) for p in refused(files.separated(rows))] == [(Code.STATE_UNCLEAR, 2)]


def test_a_changed_amount_is_refused_at_its_row_with_what_follows():
    rows = [*files.cmb_rows()]
    rows[3][5] = "301.00"
    (problem,) = refused(files.separated(rows))
    assert (problem.code, problem.row) == (Code.BALANCE_BROKEN, 4)
    assert problem.value == written(fen=USUAL[1].balance)
    assert problem.expected == written(fen=USUAL[1].balance + 100)


def test_a_lost_line_is_refused():
    rows = [*files.icbc_rows()]
    del rows[6]
    assert Code.BALANCE_BROKEN in {p.code for p in refused(files.separated(rows))}


def test_a_lost_last_line_is_refused_by_the_total():
    rows = [*files.icbc_rows()]
    del rows[-2]
    assert {p.code for p in refused(files.separated(rows))} == {Code.TOTAL_DIFFERS}


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (0, "2024-09-31", Code.DATE_UNCLEAR),
        (0, "昨天", Code.DATE_UNCLEAR),
        (0, "", Code.DATE_UNCLEAR),
        (5, "三百元", Code.AMOUNT_UNCLEAR),
        (5, "300.005", Code.AMOUNT_UNCLEAR),
        (5, "1.234,56", Code.AMOUNT_UNCLEAR),
        (5, "", Code.AMOUNT_MISSING),
        (4, "5.00", Code.BOTH_SIDES),
        (6, "#REF!", Code.BALANCE_UNCLEAR),
    ],
)
def test_one_unreadable_row_refuses_the_file_and_is_named(column, value, code):
    rows = [*files.cmb_rows()]
    rows[3][column] = value
    problems = refused(files.separated(rows))
    assert (code, 4) in {(p.code, p.row) for p in problems}


def test_every_bad_row_is_told_at_once():
    rows = [*files.cmb_rows()]
    rows[1][5], rows[5][0] = "x", "y"
    assert [(p.row, p.column) for p in refused(files.separated(rows))] == [(2, "F"), (6, "A")]


def test_books_from_the_firms_side_are_asked_about_not_guessed():
    rows = [*files.cmb_rows()]
    rows[0][4], rows[0][5] = rows[0][5], rows[0][4]
    assert [p.code for p in refused(files.separated(rows))] == [Code.SIDES_SWAPPED]
    swapped = read_statement(data=files.separated(rows), swapped=True)
    assert [line.amount for line in swapped.lines] == [m.amount for m in USUAL]


def test_foreign_money_and_two_accounts_are_refused():
    rows = [*files.ccb_rows()]
    rows[1][6], rows[2][0] = "美元", "999000000"
    codes = {p.code for p in refused(files.separated(rows))}
    assert codes == {Code.OTHER_CURRENCY, Code.SEVERAL_ACCOUNTS}


def test_lines_without_any_balance_prove_nothing():
    rows = [row[:6] + row[7:] for row in files.cmb_rows()]
    assert [p.code for p in refused(files.separated(rows))] == [Code.NO_BALANCE]
    named = [["期初余额", "1,000.00"], ["期末余额：", files.comma(USUAL[-1].balance)], *rows]
    assert read_statement(data=files.separated(named)).closing == USUAL[-1].balance


def test_what_a_payer_writes_says_nothing_of_the_file():
    made = files.movements(amounts=(300_00, 200_00))
    lies = [replace(m, memo="期末余额：1.00 总笔数：99 卡号：6217000012345678") for m in made]
    statement = read_statement(data=files.separated(files.cmb_rows(lies)))
    assert (statement.closing, statement.account) == (made[-1].balance, "")


def test_what_is_passed_over_is_told():
    rows = [*files.icbc_rows()]
    rows.insert(6, rows[3])
    rows.insert(7, ["本页小计", "", "", "", "", "1.00"])
    rows.append(["制表人：张三"])
    notes = {note.code for note in read_statement(data=files.separated(rows)).notes}
    assert notes == {Code.HEADER_PASSED, Code.TOTAL_PASSED, Code.TEXT_PASSED}


def test_an_account_number_that_excel_rounded_is_left_out_and_told():
    rows = [list(row) for row in files.excel_rows()]
    rows[1].append("对方账号")
    for row in rows[3:]:
        row.append(6217000012345678912.0)
    statement = read_statement(data=files.workbook(rows))
    assert {line.counterparty_account for line in statement.lines} == {""}
    assert Code.DIGITS_LOST in {note.code for note in statement.notes}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY),
        (b"  \n", Code.EMPTY),
        (b"\x89PNG\r\n\x1a\n\0\0\0", Code.UNKNOWN),
        (b"PK\x03\x04 no zip", Code.BROKEN),
        ("日期,金额,余额\n".encode(), Code.NO_LINES),
        ("姓名,电话\n王明,138\n".encode(), Code.NO_HEADER),
        (b"<?xml version='1.0'?><Document><a></Document>", Code.BROKEN),
        (b"<?xml version='1.0'?><Document><a/></Document>", Code.UNKNOWN),
    ],
)
def test_what_is_no_statement_says_so(data, code):
    assert [p.code for p in refused(data)] == [code]


BOMB = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
LEAK = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prolog", [BOMB, LEAK, '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">'])
def test_xml_brings_no_entities(prolog):
    assert [p.code for p in refused(files.camt(prolog=prolog))] == [Code.BROKEN]


def test_camt_must_close_and_waiting_entries_are_not_booked():
    broken = files.camt().replace(b'<Amt Ccy="CNY">300.00', b'<Amt Ccy="CNY">301.00', 1)
    assert [p.code for p in refused(broken)] == [Code.CLOSING_DIFFERS]
    waiting = files.camt().replace(b"</Stmt>", b"<Ntry><Sts>PDNG</Sts></Ntry></Stmt>")
    statement = read_statement(data=waiting)
    assert [note.code for note in statement.notes] == [Code.NOT_BOOKED]


def test_camt_may_come_in_a_chinese_encoding():
    data = files.camt().decode().replace("UTF-8", "GB18030", 1).encode("gb18030")
    assert read_statement(data=data).lines[1].counterparty == USUAL[1].name


def test_a_bundled_entry_becomes_its_payments():
    detail = '<TxDtls><Amt Ccy="CNY">{}</Amt><RmtInf><Strd><CdtrRefInf><Ref>RF18{}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>'
    two = detail.format("100.00", 1) + detail.format("200.00", 2)
    one = files.camt().decode()
    start = one.index("<NtryDtls>", one.index("<Ntry>", one.index("<Ntry>") + 1))
    end = one.index("</NtryDtls>", start)
    lines = read_statement(data=(one[:start] + "<NtryDtls>" + two + one[end:]).encode()).lines
    assert [line.amount for line in lines[:4]] == [318_600, 100_00, 200_00, 300_00]
    assert "RF182" in lines[2].memo


amounts = st.lists(
    st.integers(-10**9, 10**9).filter(bool), min_size=1, max_size=30
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(amounts=amounts, name=st.sampled_from([n for n in files.FILES if n != "wechat.csv"]))
def test_any_movements_come_back_exactly(amounts, name):
    made = files.movements(amounts=amounts)
    statement = read_statement(data=files.FILES[name](made))
    assert [line.amount for line in statement.lines] == amounts
    assert statement.opening + sum(amounts) == statement.closing


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_right_or_refused_never_a_crash(data):
    """Flip, cut and insert bytes: what is still taken has balances that close."""
    name = data.draw(st.sampled_from([*files.FILES]))
    damaged = bytearray(files.FILES[name](USUAL))
    dice = random.Random(data.draw(st.integers()))
    for _ in range(dice.randint(1, 8)):
        place = dice.randrange(len(damaged) or 1)
        if dice.random() < 0.5:
            damaged[place : place + 1] = bytes([dice.randrange(256)])
        else:
            del damaged[place : place + dice.randint(1, 40)]
    statement = read_if_readable(bytes(damaged))
    balance = statement.opening if statement else 0
    for line in statement.lines if statement else ():
        balance += line.amount
        assert line.balance_after == balance


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything_at_all_is_refused_or_read(data):
    statement = read_if_readable(data)
    assert statement is None or statement.lines
