"""A list of dues out of the workbook that a property company really has. Pure: bytes in, rows out.

A file is taken whole or not at all; every problem is told at its row and column.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from bandeng.funds.rules.dues import Period, charge, parts_of
from bandeng.funds.rules.statements.cells import Unclear, moment_of, money_of
from bandeng.funds.rules.statements.source import Grid, grids
from bandeng.places.rules.roster.address import building_of, entrance_of, home_of
from bandeng.places.rules.roster.said import letter
from bandeng.places.rules.roster.text import Cell, area_of, squeezed, text_of
from bandeng.places.rules.roster.text import Unclear as NoArea

LOOKED_AT = 30  # rows from the top in which the header is sought
STEPS = (1, 10, 100)  # fen, 角, 元: to which a company may round a sum
MOST_MONTHS = 120


class Field(StrEnum):
    """What a column tells."""

    PLACE = "place"
    BUILDING = "building"
    ENTRANCE = "entrance"
    HOME = "home"
    PERIOD = "period"
    SINCE = "since"
    UNTIL = "until"
    MONTHS = "months"
    AREA = "area"
    RATE = "rate"
    AMOUNT = "amount"
    DUE_ON = "due_on"
    REMARK = "remark"


LIKE = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"备注|说明|减免|原因", Field.REMARK),
        (r"应缴日|应交日|到期日|缴费期限|缴纳期限|截止缴|缴费截止|最后缴费|期限$", Field.DUE_ON),
        (r"开始|起始|起日|起$|自$|从$|(所属|计费|费用).*(起|自)", Field.SINCE),
        (r"结束|终止|止日|止$|至$|截止", Field.UNTIL),
        (r"月数|个月|计费月", Field.MONTHS),
        (r"期间|所属期|账期|费用期|计费期|年度|年份", Field.PERIOD),
        (r"单价|标准|费率|元/", Field.RATE),
        (r"面积|建面", Field.AREA),
        (r"金额|欠费|应缴|应收|合计", Field.AMOUNT),
        (r"坐落|地址|房屋$|房产|房源", Field.PLACE),
        (r"单元", Field.ENTRANCE),
        (r"楼栋|栋|幢|座|楼号", Field.BUILDING),
        (r"房号|室号|户号|房间|门牌|室$|房屋编号", Field.HOME),
    )
)
NEEDED = (Field.AREA, Field.RATE, Field.AMOUNT, Field.DUE_ON)
DASH = r"\s*(?:至|到|~|～|—|–|-)+\s*"
YEAR = re.compile(r"(20\d\d)年?度?")
MONTH = re.compile(r"(20\d\d)[年./-]?(\d{1,2})月?")
SPAN = re.compile(
    rf"(20\d\d)[年./-](\d{{1,2}})(?:[月./-](\d{{1,2}})日?)?月?{DASH}"
    r"(?:(20\d\d)[年./-])?(\d{1,2})(?:[月./-](\d{1,2})日?)?月?"
)
TOTAL = re.compile(r"合计|总计|小计|共计|填表|制表|审核|盖章|说明[:：]")


class Code(StrEnum):
    """What was found; the sentences are the caller's."""

    NO_HEADER = "no_header"
    NO_ROWS = "no_rows"
    HOME_UNCLEAR = "home_unclear"
    PERIOD_UNCLEAR = "period_unclear"
    PERIOD_BACKWARDS = "period_backwards"
    MONTHS_DIFFER = "months_differ"
    MONTHS_PART = "months_part"
    AREA_UNCLEAR = "area_unclear"
    RATE_UNCLEAR = "rate_unclear"
    SUM_UNCLEAR = "sum_unclear"
    SUM_DIFFERS = "sum_differs"
    DAY_UNCLEAR = "day_unclear"
    DUE_BEFORE = "due_before"
    HOME_UNKNOWN = "home_unknown"
    HOME_SEVERAL = "home_several"
    NOT_MANAGED = "not_managed"
    TWICE = "twice"
    BILLED = "billed"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that refuses the file: where, what stands there, what was expected."""

    code: Code
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class DueRow:
    """What a row bills. Units as in `Due`; `until` is the last day.

    `by_days`: its parts of months count by days; allowed without a remark only where the
    creditor's management began or ended on that day, which the caller knows.
    """

    sheet: str
    row: int
    building: str
    entrance: str
    number: str
    since: date
    until: date
    months: int
    area: int
    rate: int
    amount: int
    due_on: date
    remark: str = ""
    by_days: bool = False

    @property
    def parts(self) -> list[tuple[int, int]]:
        """Give the parts of months that count by days: (days, days of that month)."""
        after = self.until + timedelta(days=1)
        return parts_of(since=self.since, until=after) if self.by_days else []


@dataclass
class DuesRead:
    """A whole file: rows to bill, or what is wrong with it."""

    rows: list[DueRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


@dataclass
class Reader:
    """Reads one row; what cannot be read is told and makes the row no due."""

    grid: Grid
    columns: dict[Field, int]
    read: DuesRead
    at: int = 0

    def cell(self, name: Field) -> Cell:
        """Give a cell of the row."""
        row, index = self.grid.rows[self.at], self.columns.get(name, -1)
        return row[index] if 0 <= index < len(row) else None

    def text(self, name: Field) -> str:
        """Give its text."""
        return text_of(cell=self.cell(name)).strip()

    def say(self, code: Code, name: Field, expected: str = "") -> None:
        """Tell what is wrong with a cell."""
        column = letter(column=self.columns[name]) if name in self.columns else ""
        value = self.text(name)[:40]
        self.read.issues.append(Issue(code, self.grid.name, self.at + 1, column, value, expected))


def read_dues(*, data: bytes) -> DuesRead:
    """Read a list of dues, whatever the file's name says it is.

    Raises:
        bandeng.funds.rules.statements.Unreadable: it is no table at all.
    """
    read = DuesRead()
    headers = [found for way in grids(data=data)[:1] for grid in way if (found := _header(grid))]
    for grid, first, columns in headers:
        reader = Reader(grid, columns, read)
        for reader.at in range(first, len(grid.rows)):
            if not _passed_over(reader):
                _read_row(reader)
    if not headers:
        read.issues.append(Issue(Code.NO_HEADER, row=1))
    elif not read.rows and not read.issues:
        read.issues.append(Issue(Code.NO_ROWS))
    return read


def _header(grid: Grid) -> tuple[Grid, int, dict[Field, int]] | None:
    for at, row in enumerate(grid.rows[:LOOKED_AT]):
        columns: dict[Field, int] = {}
        for index, cell in enumerate(row):
            name = field_of(label=squeezed(text=text_of(cell=cell)))
            if name and name not in columns:
                columns[name] = index
        placed = Field.PLACE in columns or {Field.BUILDING, Field.HOME} <= set(columns)
        timed = Field.PERIOD in columns or {Field.SINCE, Field.UNTIL} <= set(columns)
        if placed and timed and all(name in columns for name in NEEDED):
            return grid, at + 1, columns
    return None


def field_of(*, label: str) -> Field | None:
    """Tell what a column of this name holds; None for a name that says nothing."""
    if not label or len(label) > 20:
        return None
    return next((name for like, name in LIKE if like.search(label)), None)


def _passed_over(reader: Reader) -> bool:
    """Tell whether a row is empty, a total or a note below the list."""
    said = [text_of(cell=cell).strip() for cell in reader.grid.rows[reader.at]]
    placed = reader.text(Field.PLACE) or reader.text(Field.HOME)
    return not any(said) or (
        (not placed or bool(TOTAL.search(placed))) and any(TOTAL.search(text) for text in said)
    )


def _read_row(reader: Reader) -> None:
    before = len(reader.read.issues)
    place, period = _place(reader), _period(reader)
    area, rate = _area(reader), _money(reader, Field.RATE, Code.RATE_UNCLEAR)
    amount = _money(reader, Field.AMOUNT, Code.SUM_UNCLEAR)
    due_on = _day(reader)
    if not (place and period and area and rate and amount and due_on):
        return
    months, by_days = _months(reader, period)
    _check_sum(reader, period, area, rate, amount, months)
    if due_on < period.since:
        reader.say(Code.DUE_BEFORE, Field.DUE_ON, str(period.since))
    if len(reader.read.issues) == before:
        last, said = period.until - timedelta(days=1), reader.text(Field.REMARK)[:120]
        row = DueRow(
            reader.grid.name, reader.at + 1, *place, period.since, last, months, area, rate,
            amount, due_on, said, by_days,
        )  # fmt: skip
        reader.read.rows.append(row)


def _place(reader: Reader) -> tuple[str, str, str] | None:
    whole = home_of(text=reader.text(Field.PLACE)) if reader.text(Field.PLACE) else None
    alone = home_of(text=reader.text(Field.HOME)) if reader.text(Field.HOME) else None
    found = alone or whole
    building = building_of(text=reader.text(Field.BUILDING)) or (found.building if found else "")
    if found is None or not (building or (building := found.first)):
        reader.say(Code.HOME_UNCLEAR, Field.HOME if Field.HOME in reader.columns else Field.PLACE)
        return None
    entrance = entrance_of(text=reader.text(Field.ENTRANCE)) or found.entrance
    return building, entrance, found.number


def _period(reader: Reader) -> Period | None:
    if Field.SINCE in reader.columns and Field.UNTIL in reader.columns:
        ends = [(Field.SINCE, False), (Field.UNTIL, True)]
        days = [_end(reader, name, last) for name, last in ends]
        if days[0] is None or days[1] is None:
            return None
        found, name = Period(days[0], days[1] + timedelta(days=1)), Field.UNTIL
    else:
        span, name = span_of(text=reader.text(Field.PERIOD)), Field.PERIOD
        if span is None:
            reader.say(Code.PERIOD_UNCLEAR, name)
            return None
        found = span
    if found.since >= found.until:
        reader.say(Code.PERIOD_BACKWARDS, name)
        return None
    return found


def _end(reader: Reader, name: Field, last: bool) -> date | None:
    """Read the first or last day of a period; a month means its first or last day."""
    text = squeezed(text=reader.text(name))
    if found := MONTH.fullmatch(text):
        if 1 <= int(found[2]) <= 12:
            return _of_month(int(found[1]), int(found[2]), None, last)
    try:
        return moment_of(cell=reader.cell(name))[0]
    except Unclear:
        reader.say(Code.PERIOD_UNCLEAR, name)
        return None


def span_of(*, text: str) -> Period | None:
    """Read a period: 2021年, 2021年1月-12月, 2021.1-2022.3, 2021-01-01至2021-12-31."""
    said = squeezed(text=text)
    try:
        if found := YEAR.fullmatch(said):
            year = int(found[1])
            return Period(date(year, 1, 1), date(year + 1, 1, 1))
        if found := SPAN.fullmatch(said):
            y, m, d, y2, m2, d2 = found.groups()
            since = _of_month(int(y), int(m), d, False)
            until = _of_month(int(y2 or y), int(m2), d2, True)
            return Period(since, until + timedelta(days=1))
        if found := MONTH.fullmatch(said):
            first = _of_month(int(found[1]), int(found[2]), None, False)
            last = _of_month(int(found[1]), int(found[2]), None, True)
            return Period(first, last + timedelta(days=1))
    except (ValueError, calendar.IllegalMonthError):
        return None
    return None


def _of_month(year: int, month: int, day: str | None, last: bool) -> date:
    if day:
        return date(year, month, int(day))
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)


def _months(reader: Reader, period: Period) -> tuple[int, bool]:
    """Give the months to be shown, and whether a rest counts by days; other counts need a remark.

    Returns: whole months where the rest counts by days.
    """
    exact, said = period.months, reader.text(Field.MONTHS)
    given = Fraction(said) if re.fullmatch(r"\d{1,3}(\.\d{1,4})?", said) else None
    near = given is None or abs(given - exact) < Fraction(1, 100)
    if exact.denominator != 1 and near:
        parts = sum(Fraction(*part) for part in parts_of(since=period.since, until=period.until))
        return min(int(exact - parts), MOST_MONTHS), True
    if given is not None and given != exact and not reader.text(Field.REMARK):
        expected = f"{float(exact):.2f}".rstrip("0").rstrip(".")
        reader.say(Code.MONTHS_DIFFER, Field.MONTHS, expected)
    return min(int(given) if given is not None else max(1, round(exact)), MOST_MONTHS), False


def _check_sum(
    reader: Reader, period: Period, area: int, rate: int, amount: int, months: int
) -> None:
    """Compare the sum with area × rate × months, rounded to the fen, the 角 or the yuan."""
    if reader.text(Field.REMARK):
        return
    found = [charge(area=area, rate=rate, period=period, to=step) for step in STEPS]
    by_days = {one.fen for one in found}
    exact = Fraction(area * rate * months, 100)
    by_months = {int((exact / step * 2 + 1) // 2) * step for step in STEPS}
    if amount not in by_days | by_months:
        reader.say(Code.SUM_DIFFERS, Field.AMOUNT, f"{found[0].fen / 100:,.2f}")


def _area(reader: Reader) -> int | None:
    try:
        area, _rounded = area_of(cell=reader.cell(Field.AREA))
    except NoArea:
        area = None
    if area is None:
        reader.say(Code.AREA_UNCLEAR, Field.AREA)
    return area


def _money(reader: Reader, name: Field, code: Code) -> int | None:
    text = re.sub(r"元?/.*$", "", reader.text(name))
    try:
        found = money_of(cell=text if "/" in reader.text(name) else reader.cell(name))
    except Unclear:
        found = None
    if not found or found < 0:
        reader.say(code, name)
        return None
    return found


def _day(reader: Reader) -> date | None:
    try:
        return moment_of(cell=reader.cell(Field.DUE_ON))[0]
    except Unclear:
        reader.say(Code.DAY_UNCLEAR, Field.DUE_ON)
        return None


def overlapping(*, rows: list[DueRow]) -> Iterator[tuple[DueRow, DueRow]]:
    """Give rows that bill a home twice for one time, each with the one before it."""
    homes: dict[tuple[str, str, str], list[DueRow]] = {}
    for row in rows:
        homes.setdefault((row.building, row.entrance, row.number), []).append(row)
    for same in homes.values():
        ordered = sorted(same, key=lambda row: row.since)
        for one, two in pairwise(ordered):
            if two.since <= one.until:
                yield two, one
