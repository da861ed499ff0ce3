"""An empty roster as a workbook: columns of text, an example, and what is asked for."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

COLUMNS = (
    ("楼栋", 8, "3"), ("单元", 8, "2"), ("房号", 10, "1502"), ("楼层", 8, "15"),
    ("登记面积", 12, "88.50"), ("业主", 14, "王小明"), ("业主电话", 18, "138 0000 0000"),
    ("业主身份证号", 24, ""), ("住户", 14, ""), ("住户电话", 18, ""), ("房屋状态", 18, "已售、已入住"),
    ("销售楼号", 12, "A3"), ("测绘楼号", 12, ""), ("公安楼号", 12, ""), ("备注", 24, ""),
)  # fmt: skip


def workbook() -> bytes:
    """Give the file. The example lies on the second sheet, so that it is never taken in."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    text, head = (
        book.add_format({"num_format": "@"}),
        book.add_format({"bold": True, "num_format": "@"}),
    )
    sheet, notes = book.add_worksheet("名册"), book.add_worksheet("填表说明")
    for column, (name, width, example) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, name, head)
        notes.write_string(len(_lines()) + 1, column, name, head)
        notes.write_string(len(_lines()) + 2, column, example, text)
    sheet.freeze_panes(1, 0)
    for row, line in enumerate(_lines()):
        notes.write_string(row, 0, line)
    book.close()
    return out.getvalue()


def _lines() -> list[str]:
    return [
        _("One home a row. Only building and home are needed, every other column may stay empty."),
        _("All cells are text, so that Excel turns no number into a date and rounds none."),
        _("Floor area in m². Say by the column's name which document it comes from: 登记面积 (the "
          "register), 测绘面积 (survey) or 合同面积 (contract)."),
        _("Several owners of a home: separated by 、, or one row each."),
        _("States known here: 未售 已售 已交付 已入住 查封 抵押 抵债 一房多卖 转售未过户"),
        _("Your own file with other columns in another order is as good: you see first what was "
          "understood."),
    ]  # fmt: skip
