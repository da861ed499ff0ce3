"""The estate's roster as the Excel file that an office has: it goes through the importer."""

from pathlib import Path

import xlsxwriter

from bandeng.demo.estate import EstatePlan

HEADERS = (
    "序号",
    "楼栋号",
    "单元",
    "房号",
    "建筑面积(㎡)",
    "业主姓名",
    "联系电话",
    "房屋状态",
    "备注",
)


def write(*, plan: EstatePlan, file: Path) -> None:
    """Write a title row, a note, the header and one line a home, sums at the end."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("住户花名册")
    sheet.write(0, 0, f"{plan.name}住户花名册(虚构演示)")
    sheet.write(1, 0, "填表单位:社区居委会    表中人名、电话均为虚构")
    for column, header in enumerate(HEADERS):
        sheet.write(2, column, header)
    for line, home in enumerate(plan.homes, start=1):
        values = (
            line,
            f"{home.building}栋",
            f"{home.entrance}单元",
            home.number,
            home.floor_area / 100,
            home.owner,
            home.phone,
            "、".join(home.conditions),
            "",
        )
        for column, value in enumerate(values):
            sheet.write(2 + line, column, value)
    end = 3 + len(plan.homes)
    sheet.write(end, 0, "合计")
    sheet.write(end, 4, sum(home.floor_area for home in plan.homes) / 100)
    book.close()
