"""The file itself: Excel old and new, or text with separators; bytes in, sheets out."""

import csv
import io
from dataclasses import dataclass
from enum import StrEnum

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from bandeng.places.rules.roster.text import Cell

XLSX, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WIDEST = 200  # columns; more is not a roster
LONGEST = 500_000  # rows of one sheet


class Why(StrEnum):
    """Why a file cannot be opened."""

    EMPTY = "empty"
    PASSWORD = "password"  # noqa: S105
    PAGE = "page"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    TOO_LARGE = "too_large"


class Unreadable(ValueError):  # noqa: N818
    """The file is not a workbook that can be read; `why` tells the page what to say."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """One sheet from its first row and column on; `merged` are its joined cells."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[Range, ...] = ()
    hidden: bool = False


def open_workbook(*, data: bytes) -> list[Sheet]:
    """Give the sheets of a file, whatever its name says it is.

    Raises:
        Unreadable: no workbook, or one under a password.
    """
    if not data.strip():
        raise Unreadable(Why.EMPTY)
    if data.startswith((XLSX, XLS)):
        return _excel(data)
    if data.lstrip()[:1] == b"<" or b"<html" in data[:2000].lower():
        raise Unreadable(Why.PAGE)
    return [Sheet("", _separated(_decoded(data)))]


def _excel(data: bytes) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _sheet(book, told.name, told.visible is not SheetVisibleEnum.Visible)
            for told in book.sheets_metadata
            if told.typ is SheetTypeEnum.WorkSheet
        ]
    except PasswordError:
        raise Unreadable(Why.PASSWORD) from None
    except (CalamineError, ZipError) as broken:
        encrypted = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data
        raise Unreadable(Why.PASSWORD if encrypted else Why.BROKEN) from broken
    except BaseException as panic:  # calamine panics over some damaged files, in no class of ours
        if type(panic).__name__ != "PanicException":
            raise
        raise Unreadable(Why.BROKEN) from panic


def _sheet(book: CalamineWorkbook, name: str, hidden: bool) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_width > WIDEST or sheet.total_height > LONGEST:
        raise Unreadable(Why.TOO_LARGE)
    rows: list[list[Cell]] = []
    if not hidden:
        rows = [[*row] for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(name, rows, tuple(sheet.merged_cell_ranges or ()), hidden)


def _decoded(data: bytes) -> str:
    codes = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for code in codes:
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(Why.UNKNOWN)


def _separated(text: str) -> list[list[Cell]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    by_count = sorted(("\t", ",", ";", "|"), key=lambda mark: -_seen(text, mark))
    if not _seen(text, by_count[0]) and "," not in first:
        raise Unreadable(Why.UNKNOWN)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=by_count[0])]
    except csv.Error as broken:
        raise Unreadable(Why.BROKEN) from broken


def _seen(text: str, mark: str) -> int:
    return text[:10_000].count(mark)
