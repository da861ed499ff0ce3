"""A list of dues from the company's workbook to the books, through the pages."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bandeng.funds.models import Due, DuesImport
from bandeng.funds.rules.dues_file import Code, read_dues, span_of
from bandeng.funds.tests.files import separated, workbook
from bandeng.funds.tests.pages import page, post
from bandeng.places import actions as places
from bandeng.places.models import ManagementStatus
from bandeng.trail.rules import HOUSE

HEADER = ["楼栋", "单元", "房号", "费用所属期起", "费用所属期止", "月数", "建筑面积", "单价（元/㎡·月）", "欠费金额",
          "应缴日期", "备注"]  # fmt: skip
ROW = [
    "3栋",
    "2单元",
    "1502",
    "2021-01-01",
    "2021-12-31",
    12,
    88.5,
    1.5,
    "1,593.00",
    "2021-12-31",
    "",
]


def changed(**cells):
    names = ("building", "entrance", "home", "since", "until", "months", "area", "rate", "sum",
             "due", "remark")  # fmt: skip
    return [cells.get(name, old) for name, old in zip(names, ROW, strict=True)]


def dues_file(*rows, header=HEADER):
    return workbook(
        [["福鑫南郡欠费清册"], header, *rows, ["合计", "", "", "", "", "", "", "", "1"]]
    )


def codes(*rows):
    return [issue.code for issue in read_dues(data=dues_file(*rows)).issues]


def test_a_row_is_read_as_it_is_written():
    (row,) = read_dues(data=dues_file(ROW)).rows
    assert (row.building, row.entrance, row.number) == ("3", "2", "1502")
    assert (row.since, row.until, row.months) == (date(2021, 1, 1), date(2021, 12, 31), 12)
    assert (row.area, row.rate, row.amount, row.row) == (8_850, 150, 159_300, 3)


def test_one_column_may_tell_the_place_and_one_the_period():
    header = ["房屋坐落", "所属期间", "面积", "收费标准", "应收金额", "缴费截止日"]
    rows = [["3栋2单元1502室", "2021年", "88.5㎡", "1.5元/㎡·月", "1593", "2021年12月31日"]]
    for data in (workbook([header, *rows]), separated([header, *rows])):
        (row,) = read_dues(data=data).rows
        assert (row.number, row.months, row.amount) == ("1502", 12, 159_300)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2021年", "2021-01-01", "2022-01-01"),
        ("2021年1月-12月", "2021-01-01", "2022-01-01"),
        ("2021.1—2022.3", "2021-01-01", "2022-04-01"),
        ("2021-01-15至2021-12-31", "2021-01-15", "2022-01-01"),
        ("2024年2月", "2024-02-01", "2024-03-01"),
    ],
)
def test_periods_as_people_write_them(text, since, until):
    span = span_of(text=text)
    assert span
    assert (str(span.since), str(span.until)) == (since, until)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_periods(text):
    span_of(text=text)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"sum": 1_600}, Code.SUM_DIFFERS),
        ({"sum": "很多"}, Code.SUM_UNCLEAR),
        ({"sum": -5}, Code.SUM_UNCLEAR),
        ({"area": "大"}, Code.AREA_UNCLEAR),
        ({"rate": ""}, Code.RATE_UNCLEAR),
        ({"home": "物业"}, Code.HOME_UNCLEAR),
        ({"until": "2020-12-31"}, Code.PERIOD_BACKWARDS),
        ({"since": "去年"}, Code.PERIOD_UNCLEAR),
        ({"months": 11}, Code.MONTHS_DIFFER),
        ({"months": 11, "since": "2021-01-16"}, Code.MONTHS_DIFFER),
        ({"due": "随时"}, Code.DAY_UNCLEAR),
        ({"due": "2020-12-31"}, Code.DUE_BEFORE),
    ],
)
def test_what_a_row_cannot_be(cells, code):
    assert code in codes(ROW, changed(**cells))


def test_a_remark_explains_another_sum_and_rounding_needs_none():
    assert codes(changed(sum=1_500, remark="空置减免，见会议纪要")) == []
    assert codes(changed(area=88.53, sum="1,593.54")) == []
    assert codes(changed(area=88.53, sum="1,594")) == []


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", workbook([["楼栋", "房号"], ["3", "1502"]])])
def test_a_file_without_its_columns_says_which_are_needed(data):
    assert [issue.code for issue in read_dues(data=data).issues] == [Code.NO_HEADER]


@pytest.fixture
def managed(world):
    places.set_management(
        building=world.building, status=ManagementStatus.COMPANY, company=world.company.token,
        company_name=world.company.name, since_on=date(2020, 1, 1), by=HOUSE, at=world.now,
    )  # fmt: skip
    return world


def look_at(client, world, data):
    file = SimpleUploadedFile("欠费清册.xlsx", data)
    return post(client, "bill_dues", world.account.pk, file=file).url


@pytest.mark.django_db
def test_a_list_is_looked_at_and_billed(sign_in, managed):
    mona = sign_in("Mona")
    checked = look_at(mona, managed, dues_file(ROW, changed(since="2022-01-01", until="2022-12-31",
                                                            due="2022-12-31")))  # fmt: skip
    shown = mona.get(checked).content.decode()
    for words in ("3,186.00 元", "3-2-1502", "88.50 m²"):
        assert words in shown, words
    assert not Due.objects.exists()
    assert mona.post(checked, {"answer": "yes"}).url == reverse(
        "funds:dues", args=[managed.account.pk]
    )
    assert DuesImport.objects.get().count == 2
    listed = page(mona, "dues", managed.account.pk)
    assert "3,186.00 元" in listed
    assert "A****" in listed
    assert "Alice" not in listed
    for state, there in (("owes", True), ("clear", False), ("disputed", False), ("claims", False)):
        address = reverse("funds:dues", args=[managed.account.pk])
        assert ("3-2-1502" in mona.get(f"{address}?state={state}").content.decode()) is there
    file = b"".join(mona.get(f"{address}?_export=csv").streaming_content).decode("utf-8-sig")
    assert "3-2-1502" in file
    assert "Alice" not in file
    again = mona.get(look_at(mona, managed, dues_file(ROW))).content.decode()
    assert "已经计费" in again


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([changed(home="9999")], "没有这套房屋"),
        ([changed(building="77栋")], "没有这套房屋"),
        (
            [changed(since="2019-01-01", until="2019-12-31", due="2019-12-31")],
            "债权人并未全程管理该楼栋",
        ),
        ([ROW, changed(entrance="二单元")], "与第3行期间重叠"),
        ([ROW, changed(sum=1)], "第 4 行 I 列"),
    ],
)
def test_a_file_with_one_wrong_row_is_refused_whole(sign_in, managed, rows, says):
    mona = sign_in("Mona")
    checked = look_at(mona, managed, dues_file(*rows))
    assert says in mona.get(checked).content.decode()
    mona.post(checked, {"answer": "yes"})
    assert not Due.objects.exists()


@pytest.mark.django_db
def test_what_is_no_table_is_refused_with_a_sentence(sign_in, managed):
    mona = sign_in("Mona")
    for data in (b"\x00\x01\x02", b"PK\x03\x04", b"%PDF-1.7"):
        shown = mona.get(look_at(mona, managed, data)).content.decode()
        assert "不能入账" in shown


@pytest.mark.django_db
def test_a_part_of_a_month_counts_by_days_where_the_management_began(sign_in, world):
    """88.5 × 1.5 × (11 + 16/31) = 1,528.766…: 1,528.77, and everybody sees how."""
    places.set_management(
        building=world.building, status=ManagementStatus.COMPANY, company=world.company.token,
        company_name=world.company.name, since_on=date(2021, 1, 16), by=HOUSE, at=world.now,
    )  # fmt: skip
    mona = sign_in("Mona")
    part = {"since": "2021-01-16", "months": "", "sum": "1,528.77"}
    whole = mona.get(look_at(mona, world, dues_file(ROW))).content.decode()
    assert "2021-01-16 – 2021-12-31: 1,528.77" in whole  # what would be owed instead
    other = look_at(
        mona, world, dues_file(changed(**part | {"since": "2021-02-10", "sum": "1,417.58"}))
    )
    assert "按天计算" in mona.get(other).content.decode()  # nobody came or went on that day
    checked = look_at(mona, world, dues_file(changed(**part)))
    assert "11 + 16/31" in mona.get(checked).content.decode()
    assert mona.post(checked, {"answer": "yes"}).status_code == 302
    due = Due.objects.get()
    assert (due.months, due.by_days, due.amount) == (11, True, 152_877)
    shown = page(sign_in("Alice"), "home", due.receivable_id)
    assert "11 + 16/31 个月 = 1,528.77 元" in shown
    assert "四舍五入到分" in shown


def test_months_beside_days_may_be_written_as_a_fraction():
    (row,) = read_dues(
        data=dues_file(changed(since="2021-01-16", months="11.52", sum="1,528.77"))
    ).rows
    assert (row.months, row.by_days, row.parts) == (11, True, [(16, 31)])
