"""The people whom a row names: as written, split and paired; `people` checks the numbers."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bandeng.places.rules.roster import words
from bandeng.places.rules.roster.said import Code, Finding, Findings
from bandeng.places.rules.roster.tables import Column, Table
from bandeng.places.rules.roster.text import lost_digits
from bandeng.places.rules.roster.words import Field

if TYPE_CHECKING:
    from bandeng.places.rules.roster.rows import Row

KINDS = {
    "owner": (Field.OWNER, Field.OWNER_PHONE, Field.OWNER_ID),
    "occupant": (Field.OCCUPANT, Field.OCCUPANT_PHONE, None),
    "payer": (Field.PAYER, Field.PAYER_PHONE, None),
}
NAME_LONGEST = 60
_BETWEEN = re.compile(r"[、/,，;；\n&]+|\s+或\s*")
_CHINESE_SPACED = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_REMARK = re.compile(r"\([^)]*\)|（[^）]*）")


@dataclass(frozen=True, slots=True)
class Named:
    """A person as the roster names them: `kind` is owner, occupant or payer."""

    kind: str
    name: str
    phones: tuple[str, ...] = ()
    id_number: str = ""
    phone_column: str = ""
    id_column: str = ""


def people_of(*, row: "Row", table: Table, findings: Findings) -> tuple[Named, ...]:
    """Give everybody whom the row names, owners first."""
    found: list[Named] = []
    for kind, (name, phone, number) in KINDS.items():
        if table.of(name) or table.of(phone):
            found += _of_kind(row, table, findings, kind, (name, phone, number))
    return tuple(found)


def _of_kind(
    row: "Row",
    table: Table,
    findings: Findings,
    kind: str,
    fields: tuple[Field, Field, Field | None],
) -> list[Named]:
    def say(code: Code, column: Column) -> None:
        value = row.text(column)[:60] if code is not Code.DIGITS_LOST else ""
        findings.add(Finding(code, table.sheet.name, row.number, column.letter, value))

    name, phone, number = (table.of(field) if field else () for field in fields)
    names = [each for column in name for each in _names(row.text(column))]
    for column in (*phone, *number):
        if lost_digits(cell=row.cell(column)):
            say(Code.DIGITS_LOST, column)
    phones = [each for column in phone for each in split(text=row.text(column))]
    ids = [each for column in number for each in split(text=row.text(column))]
    people, companies = _people(names)
    if companies:
        say(Code.COMPANY_OWNER, name[0])
    elif (phones or ids) and not people:
        say(Code.NAME_MISSING, (*phone, *number)[0])
    letters = [columns[0].letter if columns else "" for columns in (phone, number)]
    return [
        Named(kind, who[:NAME_LONGEST], _own(phones, n, len(people)), id_, *letters)
        for n, who in enumerate(people)
        for id_ in [next(iter(_own(ids, n, len(people))), "")]
    ]


def split(*, text: str) -> list[str]:
    """Give the single numbers of a cell: separated by signs, or two mobiles in a row."""
    found: list[str] = []
    for part in _BETWEEN.split(text):
        digits = re.sub(r"[^0-9]", "", part)
        mobiles = re.fullmatch(r"(1[3-9][0-9]{9})(1[3-9][0-9]{9})", digits)
        found += list(mobiles.groups()) if mobiles else [part.strip()]
    return [part for part in found if part]


def _names(text: str) -> list[str]:
    bare = _CHINESE_SPACED.sub("", _REMARK.sub("", text))
    return [" ".join(part.split()) for part in _BETWEEN.split(bare) if part.strip()]


def _people(names: list[str]) -> tuple[list[str], list[str]]:
    """Part people from companies; a word for "nobody" is neither."""
    real = [name for name in names if not words.EMPTY_HOME.fullmatch(name)]
    real = [name for name in real if not words.conditions_in(text=name)]
    companies = [name for name in real if words.COMPANY.search(name)]
    return [name for name in real if name not in companies], companies


def _own(values: list[str], n: int, people: int) -> tuple[str, ...]:
    """Give one person's share: their own if there is one for each, else all to the first."""
    if len(values) == people:
        return (values[n],)
    return tuple(values) if n == 0 else ()
