"""The bytes themselves: a workbook, a page, a table of text or XML, whatever the name says."""

import csv
import io
from dataclasses import dataclass
from html.parser import HTMLParser

from bandeng.funds.rules.statements.model import Code, Problem, Unreadable
from bandeng.places.rules.roster import Unreadable as Unopened
from bandeng.places.rules.roster import open_workbook
from bandeng.places.rules.roster.text import Cell
from bandeng.places.rules.roster.workbook import XLS, XLSX, Why

SEPARATORS = (",", "\t", "|", ";")
WIDEST, LONGEST = 200, 500_000  # columns and rows; more is no statement
WHY = {
    Why.EMPTY: Code.EMPTY,
    Why.PASSWORD: Code.PASSWORD,
    Why.BROKEN: Code.BROKEN,
    Why.TOO_LARGE: Code.TOO_LARGE,
}


@dataclass(frozen=True)
class Grid:
    """Rows of cells; the first row is the sheet's first."""

    name: str
    rows: list[list[Cell]]


def refuse(*, code: Code) -> Unreadable:
    """Give the refusal of a file that cannot be opened at all."""
    return Unreadable([Problem(code)])


def is_xml(*, data: bytes) -> bool:
    """Tell whether the file is an XML message rather than a table."""
    head = data[:4000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith((b"<?xml", b"<Document", b"<!DOCTYPE")) and not (
        b"<html" in head.lower() or b"<table" in head.lower() or b"Workbook" in head
    )


def grids(*, data: bytes) -> list[list[Grid]]:
    """Open a table, whatever its file's name says.

    Returns: ways to read it; the caller takes the first that has a header it knows.

    Raises:
        Unreadable: it is none.
    """
    if not data.strip():
        raise refuse(code=Code.EMPTY)
    if data.startswith((XLSX, XLS)):
        return [_workbook(data)]
    text = _decoded(data)
    if "<table" in text.lower() or "<Row" in text or "<ss:Row" in text:
        return [_tables(text)]
    return [[Grid("", _separated(text, mark))] for mark in SEPARATORS if mark in text] or [[]]


def _workbook(data: bytes) -> list[Grid]:
    try:
        sheets = open_workbook(data=data)
    except Unopened as unopened:
        raise refuse(code=WHY.get(unopened.why, Code.UNKNOWN)) from unopened
    return [Grid(sheet.name, sheet.rows) for sheet in sheets if not sheet.hidden]


def _decoded(data: bytes) -> str:
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for code in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refuse(code=Code.UNKNOWN)


def _separated(text: str, mark: str) -> list[list[Cell]]:
    try:
        rows: list[list[Cell]] = [
            [*row[:WIDEST]] for row in csv.reader(io.StringIO(text), delimiter=mark)
        ]
    except csv.Error:
        return []
    if len(rows) > LONGEST:
        raise refuse(code=Code.TOO_LARGE)
    return rows


def _tables(text: str) -> list[Grid]:
    page = _Page()
    page.feed(text)
    page.close()
    if sum(len(table) for table in page.found) > LONGEST:
        raise refuse(code=Code.TOO_LARGE)
    return [Grid("", table) for table in page.found if table]


class _Page(HTMLParser):
    """Tables of a page, or of Excel's own XML of 2003: a row is `tr` or `Row`, a cell `td`, `Cell`."""

    TABLES, ROWS, CELLS = {"table", "ss:table"}, {"tr", "row", "ss:row"}, {"td", "th", "cell"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[list[Cell]]] = []
        self.open: list[list[list[Cell]]] = []
        self.cell: list[str] | None = None
        self.span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell; whatever was left open is closed first."""
        if tag in self.TABLES:
            self.open.append([])
            self.found.append(self.open[-1])
        elif tag in self.ROWS:
            self._end_cell()
            self._rows().append([])
        elif tag.removeprefix("ss:") in self.CELLS:
            self._end_cell()
            self._skip_to(dict(attrs).get("ss:index"))
            self.cell, self.span = [], _whole(dict(attrs).get("colspan")) or 1
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        if tag.removeprefix("ss:") in self.CELLS or tag in self.ROWS | self.TABLES:
            self._end_cell()
        if tag in self.TABLES and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Add to the cell that is open."""
        if self.cell is not None:
            self.cell.append(data)

    def _rows(self) -> list[list[Cell]]:
        if not self.open:
            self.open.append([])
            self.found.append(self.open[-1])
        return self.open[-1]

    def _row(self) -> list[Cell]:
        rows = self._rows()
        if not rows:
            rows.append([])
        return rows[-1]

    def _skip_to(self, index: str | None) -> None:
        row = self._row()
        row.extend([""] * (min(_whole(index), WIDEST) - 1 - len(row)))

    def _end_cell(self) -> None:
        if self.cell is not None and len(self._row()) < WIDEST:
            said = " ".join("".join(self.cell).split())
            self._row().extend([said, *[""] * (min(self.span, WIDEST) - 1)])
        self.cell = None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0
