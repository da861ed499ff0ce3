"""Where the roster lies on a sheet: the header, one row or two, and what its columns mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bandeng.places.rules.roster import words
from bandeng.places.rules.roster.said import letter
from bandeng.places.rules.roster.text import Cell, text_of
from bandeng.places.rules.roster.words import Field, field_of
from bandeng.places.rules.roster.workbook import Range, Sheet

LOOKED_AT = 40  # rows from the top in which the header is sought
LEAST = 2  # columns that must be recognised


class Taken(StrEnum):
    """Why a column is taken or left."""

    NAME = "name"
    AGAIN = "again"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of one sheet was understood to hold, and why."""

    sheet: str
    index: int
    label: str
    field: Field | None
    taken: Taken

    @property
    def letter(self) -> str:
        """The column's name in the spreadsheet."""
        return letter(column=self.index)


@dataclass(frozen=True)
class Table:
    """A roster on a sheet: rows from `first` (counted from 0) on, read by `columns`."""

    sheet: Sheet
    first: int
    columns: tuple[Column, ...]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Give every row below the header with its number in the spreadsheet."""
        for index in range(self.first, len(self.sheet.rows)):
            yield index + 1, self.sheet.rows[index]

    def of(self, field: Field) -> tuple[Column, ...]:
        """Give the columns taken for a field."""
        return self._by_field.get(field, ())

    @cached_property
    def _by_field(self) -> dict[Field, tuple[Column, ...]]:
        taken = [c for c in self.columns if c.field and c.taken is Taken.NAME]
        return {f: tuple(c for c in taken if c.field is f) for f in {c.field for c in taken} if f}


def spread(*, sheet: Sheet) -> Sheet:
    """Write what joined cells say into each of them."""
    for (top, left), (bottom, right) in sheet.merged:
        if top >= len(sheet.rows) or left >= len(sheet.rows[top]):
            continue
        value = sheet.rows[top][left]
        for row in sheet.rows[top : bottom + 1]:
            row[left : right + 1] = [value] * len(row[left : right + 1])
    return sheet


def find_table(*, sheet: Sheet) -> Table | None:
    """Find the header among the first rows; None if the sheet holds no roster."""
    tried = [(i, height) for i in range(min(LOOKED_AT, len(sheet.rows))) for height in (1, 2)]
    scores = {(i, height): _score(_labels(sheet, i, height)) for i, height in tried}
    first, height = max(tried, key=lambda it: (scores[it], -it[1], -it[0]), default=(0, 0))
    if scores.get((first, height), 0) < LEAST:
        return None
    labels = _labels(sheet, first, height)
    return Table(sheet, first + height, columns_of(sheet=sheet.name, labels=labels))


def columns_of(*, sheet: str, labels: list[str]) -> tuple[Column, ...]:
    """Say of every column what it holds and whether it is taken."""
    seen: set[Field] = set()
    columns = []
    for index, label in enumerate(labels):
        if not label:
            continue
        field = field_of(label=label)
        columns.append(Column(sheet, index, label, field, _taken(field, seen)))
        seen |= {field} if field else set()
    return tuple(columns)


def is_header_again(*, table: Table, texts: list[str]) -> bool:
    """Tell whether a row repeats the header, as printed pages do."""
    named = [c for c in table.columns if c.field and c.index < len(texts) and texts[c.index]]
    if not named or field_of(label=texts[named[0].index]) is not named[0].field:
        return False
    same = [c for c in named if field_of(label=texts[c.index]) is c.field]
    return len(same) >= LEAST and len(same) == len(named)


def joined_areas(*, merged: tuple[Range, ...], column: int) -> set[int]:
    """Give the rows (from 0) after the first of cells joined downwards in a column."""
    return {
        row
        for (top, left), (bottom, right) in merged
        if left <= column <= right
        for row in range(top + 1, bottom + 1)
    }


def _taken(field: Field | None, seen: set[Field]) -> Taken:
    if field is None:
        return Taken.UNKNOWN
    if field in words.NOT_TAKEN:
        return Taken.NEVER
    return Taken.AGAIN if field in seen and field not in words.SEVERAL else Taken.NAME


def _labels(sheet: Sheet, index: int, height: int) -> list[str]:
    rows = [[text_of(cell=cell) for cell in row] for row in sheet.rows[index : index + height]]
    if height == 1 or len(rows) == 1:
        return rows[0]
    return [_joined(upper, lower) for upper, lower in zip(*rows, strict=False)]


def _joined(upper: str, lower: str) -> str:
    """Give the name of a column under a two-row header."""
    if not lower or lower == upper:
        return upper
    open_to = (None, Field.AREA, Field.OWNER, Field.OWNER_PHONE)
    if not upper or field_of(label=lower) not in open_to:
        return lower
    return upper + lower if field_of(label=upper + lower) else lower


def _score(labels: list[str]) -> int:
    """Count what a header would tell; without a home's number it tells nothing."""
    fields = {field_of(label=label) for label in labels if label}
    taken = fields - words.NOT_TAKEN - {None}
    return len(taken) if taken & {Field.HOME, Field.PLACE} else 0
