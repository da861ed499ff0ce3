"""A roster of 1,572 and of 100,000 homes, each with an owner, taken in by the product.

The reference does the least that any program must: read the file with calamine and COPY
the same rows into a table, without understanding, checking or encrypting anything.
"""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import xlsxwriter

from bench import frame

CASES = ((1_572, 3.0), (100_000, 60.0))  # homes, seconds at most
MEMORY = 600.0  # MB at most
HEAD = (
    "序号", "楼栋", "单元", "房号", "楼层", "建筑面积(㎡)", "业主姓名", "联系电话", "身份证号",
    "房屋状态", "销售楼号", "备注",
)  # fmt: skip


def write(*, homes: int, file: Path) -> None:
    """Write a roster with a title, a header and a total."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("名册")
    sheet.write(0, 0, "住户花名册")
    sheet.write_row(1, 0, HEAD)
    for n in range(homes):
        building, entrance, floor, room = n // 240 + 1, n % 240 // 120 + 1, n % 120 // 4 + 1, n % 4
        number = f"{floor}{room + 1:02}"
        row = (
            n + 1,
            f"{building}栋",
            f"{entrance}单元",
            number,
            floor,
            88.5 + n % 40,
            f"王{n % 977}",
        )
        sheet.write_row(
            n + 2, 0, (*row, f"139{n:08}", "", "已售、已入住" if n % 3 else "未售", "", "")
        )
    sheet.write_row(homes + 2, 0, ("合计", "", "", "", "", 1.0))
    book.close()


def ours(*, file: Path) -> None:
    """Do what the page does: open, read, match, take in."""
    import django

    django.setup()
    from bandeng.people.actions import import_roster
    from bandeng.places.actions import add_area, add_estate
    from bandeng.places.rules.roster import open_workbook, read_roster
    from bandeng.trail.rules import HOUSE

    at = datetime(2024, 3, 1, tzinfo=UTC)
    code = f"43020300{Path(file).stat().st_size % 10_000:04}"
    area = add_area(code=code, name="社区", since_on=at.date(), by=HOUSE, at=at)
    estate = add_estate(name="小区", area=area, address="", by=HOUSE, at=at)

    def work() -> None:
        content = file.read_bytes()
        import_roster(
            estate=estate,
            roster=read_roster(sheets=open_workbook(data=content)),
            file_name=file.name,
            content_hash=sha256(content).digest(),
            by=HOUSE,
            at=at,
        )

    frame.tell(work=work)


def reference(*, file: Path) -> None:
    """Read the same file and COPY its rows as they are."""
    from python_calamine import CalamineWorkbook

    from config import logins
    from config.postgres import Server, state_directory

    server = Server(state_directory())
    connection = logins.connect(server=server, login=logins.OWNER, database=logins.DATABASE)
    columns = ", ".join(f"c{n} text" for n in range(len(HEAD)))
    connection.execute(f"CREATE TABLE bench_raw ({columns})")

    def work() -> None:
        rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
        with connection.cursor() as cursor, cursor.copy("COPY bench_raw FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    frame.tell(work=work)
    connection.execute("DROP TABLE bench_raw")


def main() -> int:
    """Run every case, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="./run bench roster")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        {"ours": ours, "reference": reference}[asked.child[0]](file=Path(asked.child[1]))
        return 0
    met = True
    with frame.own_installation(), tempfile.TemporaryDirectory() as folder:
        for homes, seconds in CASES:
            file = Path(folder, f"{homes}.xlsx")
            write(homes=homes, file=file)
            mine, least = (
                frame.measured(module="bench.roster", words=["--child", who, str(file)])
                for who in ("ours", "reference")
            )
            measures = (
                ("s", "seconds"),
                ("s CPU, without the database", "cpu"),
                ("MB peak RSS", "mb"),
            )
            for (unit, key), goal in zip(measures, (seconds, seconds, MEMORY), strict=True):
                met &= frame.report(
                    bench="roster",
                    case=f"{homes} homes with owners",
                    unit=unit,
                    ours=mine[key],
                    reference=least[key],
                    reference_name="calamine read + raw COPY",
                    goal=goal,
                    as_json=asked.json,
                )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
