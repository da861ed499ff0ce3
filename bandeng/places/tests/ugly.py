"""Rosters as offices really have them, made on purpose: what each must give, or why not.

`python -m bandeng.places.tests.ugly FOLDER` writes them, to try by hand.
"""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

# Three buildings, two entrances, two floors, two homes on each: 24 homes.
HOMES = [
    (str(b), str(e), f"{floor}0{room}")
    for b in (1, 2, 3)
    for e in (1, 2)
    for floor in (1, 2)
    for room in (1, 2)
]
HEAD = ["楼栋", "单元", "房号", "建筑面积", "业主", "电话"]


@dataclass(frozen=True)
class Ugly:
    """A file: the homes it holds, or where (sheet, row, column) it is refused and why."""

    data: bytes
    name: str
    homes: frozenset[tuple[str, str, str]] = field(default_factory=frozenset)
    refused: frozenset[tuple[str, str, int, str]] = field(default_factory=frozenset)


def area(n: int) -> float:
    return 80 + n * 0.5


def plain(n: int, b: str, e: str, number: str) -> list[Any]:
    return [f"{b}栋", f"{e}单元", number, area(n), f"王{'甲乙丙丁戊己'[n % 6]}", f"1380000{n:04}"]


def rows(make: Callable[..., list[Any]] = plain) -> list[list[Any]]:
    return [make(n, *home) for n, home in enumerate(HOMES)]


def xlsx(*sheets: tuple[str, Any], after: Any = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    if after:
        after(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(name: str, lines: list[Any], joined: tuple[tuple[int, int, int, int], ...] = ()):
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    inside = {
        (r, c)
        for top, end, left, right in joined
        for r in range(top, end + 1)
        for c in range(left, right + 1)
    }
    for r, line in enumerate(lines):
        for c, value in enumerate(line):
            if (r, c) not in inside and value is not None:
                sheet.write(r, c, value)
    for top, bottom, left, right in joined:
        sheet.write_merge(top, bottom, left, right, lines[top][left])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(lines: list[Any], code: str, mark: str = ",") -> bytes:
    return "\r\n".join(
        mark.join("" if v is None else str(v) for v in line) for line in lines
    ).encode(code)


ALL = frozenset(HOMES)


def title_and_merges() -> Ugly:
    """Title rows, building and entrance joined downwards, a total and a signature below."""
    lines: list[Any] = [
        ["槐园小区业主花名册"],
        ["填表单位：社区居委会", None, None, "2024年3月"],
        HEAD,
    ]
    lines += [
        [b if n % 8 == 0 else None, e if n % 4 == 0 else None, *rest]
        for n, (b, e, *rest) in enumerate(rows())
    ]
    lines += [["合计", None, "24套", 2058.0], ["制表人：张三", None, "审核：李四"]]

    def join(book):
        sheet = book.active
        sheet.merge_cells("A1:F1")
        for n in range(3):
            sheet.merge_cells(start_row=4 + n * 8, end_row=11 + n * 8, start_column=1, end_column=1)
        for n in range(6):
            sheet.merge_cells(start_row=4 + n * 4, end_row=7 + n * 4, start_column=2, end_column=2)

    return Ugly(xlsx(("名册", lines), after=join), "title_and_merges.xlsx", ALL)


def two_row_header() -> Ugly:
    """A header in two rows, its upper cells joined across."""
    lines: list[Any] = [
        ["序号", "房屋信息", None, None, "面积", None, "业主信息", None],
        [None, "栋", "单元", "室", "建筑", "套内", "姓名", "联系电话"],
    ]
    lines += [
        [n, b, e, h, a, a * 0.8, who, tel] for n, (b, e, h, a, who, tel) in enumerate(rows(), 1)
    ]

    def join(book):
        for cells in ("A1:A2", "B1:D1", "E1:F1", "G1:H1"):
            book.active.merge_cells(cells)

    return Ugly(xlsx(("Sheet1", lines), after=join), "two_row_header.xlsx", ALL)


def any_order() -> Ugly:
    """Columns in another order under other names, with some that nobody needs."""
    head = [
        "联系方式",
        "产权人",
        "户型",
        "幢号",
        "门牌号",
        "梯",
        "登记面积(㎡)",
        "物业费单价",
        "备注",
    ]
    lines: list[Any] = [head]
    lines += [[tel, who, "三室两厅", b, h, e, a, 1.8, ""] for b, e, h, a, who, tel in rows()]
    return Ugly(xlsx(("业主", lines)), "any_order.xlsx", ALL)


def combined() -> Ugly:
    """One column: 3栋2单元1502."""
    lines: list[Any] = [["序号", "房号", "姓名"]]
    lines += [[n, f"{b}栋{e}单元{h}", "王甲"] for n, (b, e, h) in enumerate(HOMES)]
    return Ugly(xlsx(("Sheet1", lines)), "combined.xlsx", ALL)


def dashes() -> Ugly:
    """3-2-1502 with every kind of dash, under an address's name."""
    kinds = ["-", "－", "—", "–", "/", "_"]
    lines: list[Any] = [["房屋坐落", "业主姓名"]]
    lines += [[kinds[n % 6].join(home), "王甲"] for n, home in enumerate(HOMES)]
    return Ugly(xlsx(("Sheet1", lines)), "dashes.xlsx", ALL)


def hashes() -> Ugly:
    """3#2-1502."""
    lines: list[Any] = [
        ["房号", "面积"],
        *([f"{b}#{e}-{h}", area(n)] for n, (b, e, h) in enumerate(HOMES)),
    ]
    return Ugly(xlsx(("Sheet1", lines)), "hashes.xlsx", ALL)


def wide_digits() -> Ugly:
    """Full-width digits and letters, blanks before and after."""
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    lines: list[Any] = [["　楼　栋　", "单 元", "房  号", "面积（平方米）"]]
    lines += [
        [
            f" {b.translate(wide)}栋 ",
            e.translate(wide),
            h.translate(wide),
            str(area(n)).translate(wide),
        ]
        for n, (b, e, h) in enumerate(HOMES)
    ]
    return Ugly(xlsx(("Sheet1", lines)), "wide_digits.xlsx", ALL)


def chinese_numerals() -> Ugly:
    """三栋, 二单元, 一〇二."""
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    lines: list[Any] = [
        ["楼栋", "单元", "房号"],
        *(
            [f"{b.translate(digits)}栋", f"{e.translate(digits)}单元", h.translate(digits)]
            for b, e, h in HOMES
        ),
    ]
    return Ugly(xlsx(("Sheet1", lines)), "chinese_numerals.xlsx", ALL)


def numbers_as_floats() -> Ugly:
    """Numbers where texts should be, and texts that look like floats."""
    lines: list[Any] = [["栋号", "单元号", "室号", "建筑面积"]]
    lines += [
        [float(b), f"{e}.0", float(h) if n % 2 else f"{h}.0", area(n)]
        for n, (b, e, h) in enumerate(HOMES)
    ]
    return Ugly(xlsx(("Sheet1", lines)), "numbers_as_floats.xlsx", ALL)


def sheet_per_building() -> Ugly:
    """One sheet a building, the building only in the sheet's name, a summary in front."""
    sheets: list[tuple[str, Any]] = [
        ("汇总", [["楼栋", "户数"], ["1栋", 8], ["2栋", 8], ["3栋", 8]])
    ]
    for b in ("1", "2", "3"):
        lines: list[Any] = [
            ["单元", "房号", "业主"],
            *([e, h, "王甲"] for x, e, h in HOMES if x == b),
        ]
        sheets.append((f"{b}#楼", lines))
    return Ugly(xlsx(*sheets), "sheet_per_building.xlsx", ALL)


def sections() -> Ugly:
    """The building as a heading between the rows, with subtotals."""
    lines: list[Any] = [["单元", "房号", "面积"]]
    for b in ("1", "2", "3"):
        lines += [[f"槐园{b}栋", None, None], *([e, h, 88.5] for x, e, h in HOMES if x == b)]
        lines += [["小计", None, 708.0], [None, None, None]]
    return Ugly(xlsx(("Sheet1", lines)), "sections.xlsx", ALL)


def header_on_every_page() -> Ugly:
    """The header again every eight rows, blank rows between."""
    lines: list[Any] = []
    for n, row in enumerate(rows()):
        lines += [[None] * 6, [None] * 6, HEAD] if n % 8 == 0 else []
        lines.append(row)
    return Ugly(xlsx(("Sheet1", lines)), "header_on_every_page.xlsx", ALL)


def duplicates() -> Ugly:
    """Rows twice, and a second owner in a row of their own."""
    lines: list[Any] = [HEAD, *rows(), *rows()[:5], [*rows()[7][:4], "李四", "13900000001"]]
    return Ugly(xlsx(("Sheet1", lines)), "duplicates.xlsx", ALL)


def areas_with_units() -> Ugly:
    """88.5㎡, 88.50平方米, 1,088.5."""
    forms = ["{}㎡", "{}平方米", "{} m²", "1,0{}", "{}平", "{}0"]
    lines: list[Any] = [
        HEAD,
        *([*row[:3], forms[n % 6].format(row[3]), *row[4:]] for n, row in enumerate(rows())),
    ]
    return Ugly(xlsx(("Sheet1", lines)), "areas_with_units.xlsx", ALL)


def phones() -> Ugly:
    """Phones with blanks, two in a cell, incomplete ones, a text for none."""
    forms = ["138 0000 0001", "138-0000-0002/13900000003", "1380000", "无", "0731-28888888", "空号"]
    lines: list[Any] = [HEAD, *([*row[:5], forms[n % 6]] for n, row in enumerate(rows()))]
    return Ugly(xlsx(("Sheet1", lines)), "phones.xlsx", ALL)


def hidden() -> Ugly:
    """Hidden rows that a filter left (they count), a hidden old sheet (it does not)."""
    old = [HEAD, ["9栋", "1单元", "901", 70, "旧", ""]]

    def hide(book):
        for row in range(5, 12):
            book.active.row_dimensions[row].hidden = True
        book["旧表"].sheet_state = "hidden"

    return Ugly(xlsx(("名册", [HEAD, *rows()]), ("旧表", old), after=hide), "hidden.xlsx", ALL)


def formulas() -> Ugly:
    """Cells that are computed: what Excel showed last counts."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, ["楼栋", "单元", "房号", "面积"])
    for n, (b, e, h) in enumerate(HOMES, 1):
        sheet.write_formula(n, 0, f'=CONCATENATE("{b}","栋")', None, f"{b}栋")
        sheet.write_number(n, 1, int(e))
        sheet.write_formula(n, 2, f"={h}+0", None, int(h))
        sheet.write_formula(n, 3, "=SUM(40,48.5)", None, 88.5)
    sheet.write_formula(len(HOMES) + 1, 3, "=SUM(D2:D25)", None, 2124)
    sheet.write(len(HOMES) + 1, 0, "总计")
    book.close()
    return Ugly(out.getvalue(), "formulas.xlsx", ALL)


def old_excel() -> Ugly:
    """.xls of Excel 97 with a joined title and joined buildings."""
    lines: list[Any] = [["槐园住户登记表", *[None] * 5], HEAD, *rows()]
    joined = ((0, 0, 0, 5), *((2 + n * 8, 9 + n * 8, 0, 0) for n in range(3)))
    return Ugly(xls("Sheet1", lines, joined), "old_excel.xls", ALL)


def gb18030() -> Ugly:
    """CSV as Chinese Windows writes it."""
    return Ugly(text([HEAD, *rows()], "gb18030"), "gb18030.csv", ALL)


def utf8_tabs() -> Ugly:
    """Text with a byte order mark and tabs."""
    return Ugly(text([HEAD, *rows()], "utf-8-sig", "\t"), "utf8_tabs.txt", ALL)


def utf16() -> Ugly:
    """Excel's "Unicode text"."""
    return Ugly(text([HEAD, *rows()], "utf-16", "\t"), "utf16.txt", ALL)


def entrance_in_number() -> Ugly:
    """A building's column and 2-1502 beside it."""
    lines: list[Any] = [["楼号", "房号"], *([f"{b}号楼", f"{e}-{h}"] for b, e, h in HOMES)]
    return Ugly(xlsx(("Sheet1", lines)), "entrance_in_number.xlsx", ALL)


def only_first_filled() -> Ugly:
    """Building and entrance only in the first row of each block, nothing joined."""
    lines: list[Any] = [HEAD]
    for n, (b, e, *rest) in enumerate(rows()):
        lines.append([b if n % 8 == 0 else None, e if n % 4 == 0 else None, *rest])
    return Ugly(xlsx(("Sheet1", lines)), "only_first_filled.xlsx", ALL)


def other_numbers() -> Ugly:
    """Sales, survey and police numbers of the same buildings, two sheets, the second headless."""
    head = ["楼栋", "销售楼号", "测绘幢号", "公安门牌楼号", "单元", "房号", "房屋状态"]
    lines: list[Any] = [
        [f"{b}栋", f"A{b}", f"20{b}", f"{int(b) + 10}号", e, h, "已售、已入住"] for b, e, h in HOMES
    ]
    return Ugly(xlsx(("甲", [head, *lines[:12]]), ("乙", lines[12:])), "other_numbers.xlsx", ALL)


def floors_and_doors() -> Ugly:
    """Floor and door apart in the address: 3栋2单元1层02室, with the estate in front."""
    lines: list[Any] = [["房产地址", "权利人"]]
    lines += [
        [f"槐路1号槐园小区{b}栋{e}单元{h[0]}层{h[1:]}室（住宅）", "王甲"] for b, e, h in HOMES
    ]
    return Ugly(xlsx(("Sheet1", lines)), "floors_and_doors.xlsx", ALL)


def contradiction() -> Ugly:
    """The same home with two areas."""
    lines: list[Any] = [HEAD, *rows(), [*rows()[0][:3], 99.9, "王甲", ""]]
    refused = {("home_contradicts", "名册", 26, "")}
    return Ugly(xlsx(("名册", lines)), "contradiction.xlsx", refused=frozenset(refused))


def became_dates() -> Ugly:
    """Excel turned 2-1 into the second of January."""
    lines: list[Any] = [HEAD, *rows()]
    lines[3] = [*lines[3][:2], date(2024, 2, 1), *lines[3][3:]]
    refused = {("became_date", "名册", 4, "C")}
    return Ugly(xlsx(("名册", lines)), "became_dates.xlsx", refused=frozenset(refused))


def lost_digits() -> Ugly:
    """Identity numbers as numbers: Excel kept fifteen digits."""
    lines: list[Any] = [
        [*HEAD, "身份证号"],
        *([*row, 430203198001011234.0] for row in rows()[:1]),
        *([*row, ""] for row in rows()[1:]),
    ]
    refused = {("digits_lost", "名册", 2, "G")}
    return Ugly(xlsx(("名册", lines)), "lost_digits.xlsx", refused=frozenset(refused))


def no_number() -> Ugly:
    """A row without a home's number, an area that is none, and an area joined over two homes."""
    lines: list[Any] = [HEAD, *rows()]
    lines[5] = [*lines[5][:2], None, *lines[5][3:]]
    lines[6] = [*lines[6][:3], "待测", *lines[6][4:]]

    def join(book):
        book.active.merge_cells("D10:D11")

    refused = {
        ("no_home", "名册", 6, "C"),
        ("area_unclear", "名册", 7, "D"),
        ("area_merged", "名册", 11, "D"),
    }
    return Ugly(xlsx(("名册", lines), after=join), "no_number.xlsx", refused=frozenset(refused))


def no_header() -> Ugly:
    """A list without any header."""
    refused = {("no_header", "名册", 1, "A")}
    return Ugly(xlsx(("名册", rows())), "no_header.xlsx", refused=frozenset(refused))


LOAD = (
    title_and_merges, two_row_header, any_order, combined, dashes, hashes, wide_digits,
    chinese_numerals, numbers_as_floats, sheet_per_building, sections, header_on_every_page,
    duplicates, areas_with_units, phones, hidden, formulas, old_excel, gb18030, utf8_tabs, utf16,
    entrance_in_number, only_first_filled, other_numbers, floors_and_doors,
)  # fmt: skip
REFUSED = (contradiction, became_dates, lost_digits, no_number, no_header)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in LOAD + REFUSED:
        (folder / make().name).write_bytes(make().data)
