"""A whole file: its sheets joined into one roster, with every problem at its place."""

from dataclasses import dataclass, replace

from bandeng.places.rules.roster import words
from bandeng.places.rules.roster.address import home_of
from bandeng.places.rules.roster.rows import Reader, RosterHome
from bandeng.places.rules.roster.said import Code, Finding, Findings
from bandeng.places.rules.roster.tables import Column, Table, find_table, spread
from bandeng.places.rules.roster.text import text_of
from bandeng.places.rules.roster.words import Field
from bandeng.places.rules.roster.workbook import Sheet

FEW_ROWS = 3  # a sheet with less is no list


@dataclass(frozen=True)
class Roster:
    """What a file says: its homes, what its columns were taken for, and what was found."""

    homes: tuple[RosterHome, ...]
    columns: tuple[Column, ...]
    findings: Findings

    @property
    def is_refused(self) -> bool:
        """Whether a problem keeps the file out."""
        return self.findings.refused > 0

    @property
    def has_people(self) -> bool:
        """Whether the file names anybody."""
        return any(home.people for home in self.homes)


def read_roster(*, sheets: list[Sheet]) -> Roster:
    """Make a roster of a workbook's sheets; nothing is left out without being told."""
    findings = Findings()
    tables = _tables(sheets, findings)
    prefix = _pairs_repeat_building(tables)
    found: dict[tuple[str, str, str], RosterHome] = {}
    for table in tables:
        for home in Reader(table, findings, prefix).homes():
            first = found.get(home.key)
            found[home.key] = _same_home(first, home, findings) if first else home
    homes = tuple(found.values())
    _check_aliases(homes, findings)
    if not homes and not findings.refused:
        findings.add(Finding(Code.NO_HOMES))
    return Roster(homes, tuple(c for table in tables for c in table.columns), findings)


def _tables(sheets: list[Sheet], findings: Findings) -> list[Table]:
    tables: list[Table] = []
    for sheet in sheets:
        rows = sum(any(text_of(cell=cell) for cell in row) for row in sheet.rows)
        if sheet.hidden:
            findings.add(Finding(Code.SHEET_HIDDEN, sheet.name))
        elif rows:
            table = find_table(sheet=spread(sheet=sheet)) or _continued(sheet, tables)
            if table:
                tables.append(table)
            elif words.SUMMARY_SHEET.search(sheet.name) or rows < FEW_ROWS:
                findings.add(Finding(Code.SHEET_SKIPPED, sheet.name))
            else:
                findings.add(Finding(Code.NO_HEADER, sheet.name, row=1, column="A"))
    return tables


def _continued(sheet: Sheet, tables: list[Table]) -> Table | None:
    """Read a sheet without a header as the one before, if its first rows are homes there too."""
    if not tables or words.SUMMARY_SHEET.search(sheet.name):
        return None
    columns = tuple(replace(column, sheet=sheet.name) for column in tables[-1].columns)
    table = Table(sheet, 0, columns)
    places = table.of(Field.HOME) + table.of(Field.PLACE)
    rows = [row for row in sheet.rows[:5] if any(text_of(cell=cell) for cell in row)]
    fits = [
        home_of(text=text_of(cell=row[column.index]))
        for row in rows
        for column in places[:1]
        if column.index < len(row)
    ]
    return table if fits and all(fits) else None


def _pairs_repeat_building(tables: list[Table]) -> bool:
    """Tell whether, wherever the file has 3-1502 beside a building's column, 3 repeats it."""
    for table in tables:
        reader = Reader(table, Findings(), pairs_are_buildings=True)
        if reader.pairs_differ():
            return False
    return True


def _same_home(first: RosterHome, again: RosterHome, findings: Findings) -> RosterHome:
    """Join two rows of one home: the same twice, two owners, or a contradiction."""
    for name in ("area", "floor"):
        one, other = getattr(first, name), getattr(again, name)
        if one is not None and other is not None and one != other:
            where = f"{first.sheet}!{first.row}"
            number = "-".join(part for part in first.key if part)
            problem = Code.HOME_CONTRADICTS
            findings.add(Finding(problem, again.sheet, again.row, "", number, where))
            return first
    new = tuple(person for person in again.people if person not in first.people)
    code = Code.CO_OWNERS if new else Code.SAME_ROW
    where = f"{first.sheet}!{first.row}"
    findings.add(Finding(code, again.sheet, again.row, "", again.number, where))
    return replace(
        first,
        floor=first.floor if first.floor is not None else again.floor,
        area=first.area if first.area is not None else again.area,
        area_source=first.area_source if first.area is not None else again.area_source,
        conditions=tuple(dict.fromkeys(first.conditions + again.conditions)),
        aliases=tuple(dict.fromkeys(first.aliases + again.aliases)),
        people=first.people + new,
    )


def _check_aliases(homes: tuple[RosterHome, ...], findings: Findings) -> None:
    """Find a sales, survey or police number that is given to two buildings."""
    means: dict[tuple[str, str], RosterHome] = {}
    for home in homes:
        for alias in home.aliases:
            first = means.setdefault(alias, home)
            if first.building != home.building:
                where = f"{first.sheet}!{first.row}"
                problem = Code.ALIAS_CONTRADICTS
                findings.add(Finding(problem, home.sheet, home.row, "", alias[1], where))
