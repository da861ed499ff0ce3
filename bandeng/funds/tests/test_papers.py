"""The room's papers: printed, and read back as a resident would."""

import io
import re
import time

import pypdf
import pytest

from bandeng.funds.rules.capitals import in_capitals
from bandeng.funds.tests.papers import (
    CASH,
    LOBBY,
    ONE_STATEMENT,
    PAPERS,
    PAYMENTS,
    RECEIPT,
    STATEMENT,
    notice,
    notices,
)
from bandeng.kit.documents import DocumentError, render_pdf


def pages_of(template, data):
    pdf = render_pdf(template=template, data=data, language="zh-hans")
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def plain(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("template", PAPERS)
def test_every_page_of_a_demonstration_says_so_and_no_other_does(settings, template):
    assert "虚构演示" not in "".join(pages_of(template, PAPERS[template]))
    settings.BANDENG_DEMO = True
    assert all("虚构演示" in page for page in pages_of(template, PAPERS[template]))


@pytest.mark.parametrize("template", PAPERS)
def test_it_says_all_that_it_was_given(template):
    said = plain("".join(pages_of(template, PAPERS[template])))
    for word in told(PAPERS[template]):
        assert plain(word) in said, word


def told(value, key=""):
    """Give every text of a paper's data, without pictures and addresses that only a QR code tells."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from told(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from told(each, key)
    elif key not in ("qr", "proof") and not (key == "address" and value.endswith("3k9")):
        yield value


@pytest.mark.parametrize("template", PAPERS)
def test_it_refuses_data_that_lack_something(template):
    short = dict(PAPERS[template])
    short.pop("issuer")
    with pytest.raises(DocumentError):
        pages_of(template, short)


def test_a_notice_is_one_page_for_each_home():
    pages = pages_of("funds/payment_notice.typ", notices(7))
    assert len(pages) == 7
    assert all(f"3栋2单元{1500 + n}" in plain(page) for n, page in enumerate(pages))


def test_a_long_notice_of_ten_years_still_keeps_its_page():
    data = notices(1)
    data["notices"][0]["rows"] *= 4
    assert len(pages_of("funds/payment_notice.typ", data)) == 1


def test_a_notice_says_who_is_the_creditor_and_that_the_subdistrict_is_not():
    (page,) = pages_of("funds/payment_notice.typ", notices(1))
    assert "街道办事处、社区居民委员会不是债权人,不收取、不保管、不经手任何款项" in plain(
        page
    ).replace("，", ",")
    for hard in ("滞纳金", "逾期不缴", "后果", "起诉", "失信", "停水", "停电"):
        assert hard not in page


def test_a_lobby_statement_is_one_page_and_leaves_out_nothing_when_much_was_paid():
    def paid(times):
        return pages_of("funds/lobby_statement.typ", LOBBY | {"payments": PAYMENTS * times})

    assert len(paid(1)) == len(paid(5)) == 1
    assert "".join(paid(30)).count("480,000.00") == 31


def test_a_month_without_payments_says_so():
    (page,) = pages_of("funds/lobby_statement.typ", LOBBY | {"payments": []})
    assert "本月没有支出" in page


def test_a_receipt_waits_for_the_log_in_words():
    (page,) = pages_of("funds/receipt.typ", RECEIPT | {"log": None, "proof": ""})
    assert "等待写入签名账本" in plain(page)


def test_a_statement_of_account_runs_over_pages_and_can_be_signed():
    told = [ONE_STATEMENT, ONE_STATEMENT]
    pages = pages_of("funds/account_statement.typ", STATEMENT | {"statements": told})
    assert len(pages) == 4
    for first, last in (pages[:2], pages[2:]):
        assert "A1B2C3D4第1页" in plain(first)
        assert "第2页" in plain(last)
        assert "业主签字" in last


def test_a_receipt_for_cash_is_there_twice_and_says_when_it_is_void():
    (page,) = pages_of("funds/cash_receipt.typ", CASH)
    assert plain(page).count("A-000012") == 2
    assert "客户联" in page
    assert "作废不销毁" in page
    (void,) = pages_of("funds/cash_receipt.typ", CASH | {"void": "作废：写错"})
    assert "作废：写错" in void


def test_a_notice_about_instalments_asks_for_these_alone():
    late = notice() | {"rows": [], "instalments": [["10月1日", "800.00 元", "300.00 元", "500.00 元"]],
                       "left": "3,979.00 元", "total": "500.00 元", "remarks": []}  # fmt: skip
    (page,) = pages_of("funds/payment_notice.typ", notices(1) | {"notices": [late]})
    for words in ("约定分期缴纳", "500.00元", "尚余3,979.00元", "不加收滞纳金"):
        assert words in plain(page), words


def test_what_is_written_is_text_never_code():
    odd = RECEIPT | {"payer": "#panic() *x* $y$ \\ ]"}
    (page,) = pages_of("funds/receipt.typ", odd)
    assert "#panic()*x*$y$\\]" in plain(page)


@pytest.mark.slow
def test_all_1572_notices_are_one_file_within_a_minute():
    begun = time.monotonic()
    pdf = render_pdf(template="funds/payment_notice.typ", data=notices(1_572), language="zh-hans")
    assert time.monotonic() - begun < 60
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1_572
    assert "3栋2单元3071" in plain(pages[-1].extract_text())


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "人民币零元整"),
        (1_593_00, "人民币壹仟伍佰玖拾叁元整"),
        (10_05, "人民币壹拾元零伍分"),
        (10_50, "人民币壹拾元伍角整"),
        (107_00, "人民币壹佰零柒元整"),
        (1_409_50, "人民币壹仟肆佰零玖元伍角整"),
        (6_007_14, "人民币陆仟零柒元壹角肆分"),
        (325_04, "人民币叁佰贰拾伍元零肆分"),
        (100_000_00, "人民币壹拾万元整"),
        (1_000_300_00, "人民币壹佰万零叁佰元整"),
        (2_998_765_43, "人民币贰佰玖拾玖万捌仟柒佰陆拾伍元肆角叁分"),
        (100_000_001_00, "人民币壹亿零壹元整"),
        (5, "人民币伍分"),
        (50, "人民币伍角整"),
    ],
)
def test_sums_in_capitals(fen, written):
    assert in_capitals(fen=fen) == written


def test_only_sums_of_papers_are_written():
    for fen in (-1, 10**18):
        with pytest.raises(ValueError, match="no sum"):
            in_capitals(fen=fen)
