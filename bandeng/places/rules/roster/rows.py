"""Homes out of the rows below a header, with what each row says of them and of their people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from bandeng.places.rules.roster import text, words
from bandeng.places.rules.roster.address import (
    LONGEST,
    Parts,
    building_of,
    entrance_of,
    floor_in,
    home_of,
    section_of,
)
from bandeng.places.rules.roster.names import Named, people_of
from bandeng.places.rules.roster.said import Code, Finding, Findings
from bandeng.places.rules.roster.tables import Column, Table, is_header_again, joined_areas
from bandeng.places.rules.roster.text import Cell, Unclear, is_nothing, text_of
from bandeng.places.rules.roster.words import Field

PLACES = (Field.HOME, Field.PLACE, Field.BUILDING, Field.ENTRANCE)
ENTRANCE_LONGEST = 10
SOURCES = {
    Field.AREA_REGISTER: "register",
    Field.AREA_SURVEY: "survey",
    Field.AREA_CONTRACT: "contract",
    Field.AREA: "unknown",
}


@dataclass(frozen=True, slots=True)
class RosterHome:
    """One home as the file tells it. Units: `area` in 0.01 m²."""

    sheet: str
    row: int
    building: str
    entrance: str
    number: str
    floor: int | None
    area: int | None
    area_source: str
    conditions: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...]
    people: tuple[Named, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """What the home is recognised by inside its estate."""
        return home_key(building=self.building, entrance=self.entrance, number=self.number)


def home_key(*, building: str, entrance: str, number: str) -> tuple[str, str, str]:
    """Give what a home is recognised by: 0502 in one file is 502 in the next."""
    if number.isdecimal() and len(number) > 3:
        number = number.lstrip("0").rjust(3, "0")
    return building.upper(), entrance.upper(), number.upper()


@dataclass(slots=True)
class Row:
    """One row with its texts by column."""

    number: int
    cells: list[Cell]
    texts: list[str]

    def text(self, column: Column) -> str:
        """Give what the row says in a column; a sign for "nothing" says nothing."""
        said = self.texts[column.index] if column.index < len(self.texts) else ""
        return "" if is_nothing(text=said) and said != "0" else said

    def cell(self, column: Column) -> Cell:
        """Give the cell itself."""
        return self.cells[column.index] if column.index < len(self.cells) else None


@dataclass
class Reader:
    """Reads one table; `pairs_are_buildings` says what 3 means in 3-1502 throughout the file."""

    table: Table
    findings: Findings
    pairs_are_buildings: bool
    building: str = ""
    entrance: str = ""
    areas_joined: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin with the building that the sheet's name tells."""
        name = self.table.sheet.name
        self.building, self.entrance = section_of(text=name) or (
            name if name.isdecimal() and len(name) <= 3 else "",
            "",
        )
        self.has_buildings = bool(self.table.of(Field.BUILDING))
        for source in words.AREAS:
            for column in self.table.of(source):
                joined = joined_areas(merged=self.table.sheet.merged, column=column.index)
                self.areas_joined |= joined

    def homes(self) -> Iterator[RosterHome]:
        """Give each row that is a home; what is neither home nor passed over is a problem."""
        for number, cells in self.table.rows():
            row = Row(number, cells, [text_of(cell=cell) for cell in cells])
            if any(row.texts) and not self._passed_over(row):
                home = self._home(row)
                if home:
                    yield home

    def pairs_differ(self) -> bool:
        """Tell whether some 3-1502 stands in another building than 3."""
        columns = self.table.of(Field.HOME) + self.table.of(Field.PLACE)
        buildings = self.table.of(Field.BUILDING)
        for _number, cells in self.table.rows():
            for column in columns:
                parts = home_of(text=_text(cells, column))
                if parts and parts.first:
                    named = (building_of(text=_text(cells, c)) for c in buildings)
                    building = next(filter(None, named), self.building)
                    if building and parts.first != building:
                        return True
        return False

    def _say(self, code: Code, row: Row, column: Column | None = None, other: str = "") -> None:
        letter, value = (column.letter, row.text(column)) if column else ("", "")
        sheet = self.table.sheet.name
        self.findings.add(Finding(code, sheet, row.number, letter, value[:60], other))

    def _passed_over(self, row: Row) -> bool:
        """Tell whether the row is a heading, a total or a remark rather than a home."""
        said = [value for value in row.texts if value]
        alone = len(set(said)) == 1
        if any(words.TOTAL.search(value.replace(" ", "")) for value in said[:3]):
            self._say(Code.TOTAL_SKIPPED, row)
        elif is_header_again(table=self.table, texts=row.texts):
            self._say(Code.HEADER_CONTINUED, row)
        elif alone and (section := section_of(text=said[0])):
            self.building, self.entrance = section
        elif words.ASIDE.match(said[0]) or (alone and not home_of(text=said[0])):
            self._say(Code.TEXT_SKIPPED, row, other=said[0][:60])
        else:
            return False
        return True

    def _home(self, row: Row) -> RosterHome | None:
        before = self.findings.refused
        place = self._place(row)
        area, source = self._area(row)
        conditions = self._conditions(row)
        people = people_of(row=row, table=self.table, findings=self.findings)
        if not place or self.findings.refused > before:
            return None
        return RosterHome(
            sheet=self.table.sheet.name,
            row=row.number,
            building=place.building,
            entrance=place.entrance,
            number=place.number,
            floor=self._floor(row, place),
            area=area,
            area_source=source,
            conditions=conditions,
            aliases=self._aliases(row),
            people=people,
        )

    def _place(self, row: Row) -> Parts | None:
        columns = [column for name in PLACES for column in self.table.of(name)]
        dates = [column for column in columns if isinstance(row.cell(column), date)]
        for column in dates:
            self._say(Code.BECAME_DATE, row, column)
        told = [c for name in PLACES[:2] for c in self.table.of(name) if row.text(c)]
        if not told and not dates:
            self._say(Code.NO_HOME, row, (self.table.of(Field.HOME) or columns)[0])
        parts = None
        for column in [] if dates else told:
            here = home_of(text=row.text(column))
            if not here:
                self._say(Code.HOME_UNCLEAR, row, column)
                return None
            parts = _together(parts, here)
        return self._within(row, parts, told[0]) if parts else None

    def _within(self, row: Row, parts: Parts, column: Column) -> Parts | None:
        """Join what the cell says with what its own columns and the rows above say."""
        named, inside = self._named(row, Field.BUILDING), self._named(row, Field.ENTRANCE)
        if named and parts.building and parts.building != named:
            self._say(Code.BUILDING_CONFLICT, row, column, other=named)
            return None
        if inside and parts.entrance and parts.entrance != inside:
            self._say(Code.ENTRANCE_CONFLICT, row, column, other=inside)
            return None
        self._remember(row, column, named, inside)
        building = named or parts.building or self.building or self._by_alias(row)
        above = "" if named or building != self.building else self.entrance
        entrance = inside or parts.entrance or above
        if parts.first:
            building, entrance = self._pair(parts.first, building, entrance)
            if parts.first not in (building, entrance):
                self._say(Code.PAIR_UNCLEAR, row, column)
                return None
        return self._checked(row, column, Parts(parts.number, building, entrance, parts.floor))

    def _remember(self, row: Row, column: Column, building: str, entrance: str) -> None:
        """Keep what the rows below may leave out."""
        if building and building != self.building:
            self.building, self.entrance = building, ""
        if self.has_buildings and not building and self.building:
            self._say(Code.CARRIED_DOWN, row, column, other=self.building)
        self.entrance = entrance or self.entrance

    def _pair(self, first: str, building: str, entrance: str) -> tuple[str, str]:
        """Give 3 in 3-1502 its meaning: a building, or an entrance of the one that is known."""
        if not building:
            return first, entrance
        if entrance or (self.pairs_are_buildings and first == building):
            return building, entrance
        return building, first

    def _checked(self, row: Row, column: Column, place: Parts) -> Parts | None:
        if not place.building:
            self._say(Code.NO_BUILDING, row, column)
            return None
        most = {place.building: LONGEST, place.entrance: ENTRANCE_LONGEST, place.number: LONGEST}
        if any(len(value) > longest for value, longest in most.items()):
            self._say(Code.TOO_LONG, row, column)
            return None
        return place

    def _named(self, row: Row, name: Field) -> str:
        read = building_of if name is Field.BUILDING else entrance_of
        values = (row.text(column) for column in self.table.of(name))
        return next((read(text=value) for value in values if value), "")

    def _by_alias(self, row: Row) -> str:
        """Call a building by the police's, the sellers' or the surveyors' number if it has none."""
        order = (Field.POLICE, Field.SALES, Field.SURVEY)
        return next((n for alias in order if (n := self._named_alias(row, alias))), "")

    def _named_alias(self, row: Row, alias: Field) -> str:
        values = (row.text(column) for column in self.table.of(alias))
        return next((building_of(text=value) for value in values if value), "")

    def _aliases(self, row: Row) -> tuple[tuple[str, str], ...]:
        found = ((str(alias), self._named_alias(row, alias)) for alias in words.ALIASES)
        return tuple((alias, number) for alias, number in found if number)

    def _floor(self, row: Row, place: Parts) -> int | None:
        for column in self.table.of(Field.FLOOR):
            try:
                if row.text(column):
                    return text.floor_of(text=row.text(column))
            except Unclear:
                self._say(Code.FLOOR_UNCLEAR, row, column)
        if place.floor:
            return text.floor_of(text=place.floor)
        return floor_in(number=place.number)

    def _area(self, row: Row) -> tuple[int | None, str]:
        """Take the best document's area: register, else survey, else contract.

        Source: 法释〔2020〕17号 art. 8.
        """
        for source in words.AREAS:
            for column in self.table.of(source):
                area = self._area_in(row, column)
                if area is not None:
                    return area, SOURCES[source]
        return None, "unknown"

    def _area_in(self, row: Row, column: Column) -> int | None:
        try:
            area, rounded = text.area_of(cell=row.cell(column))
        except Unclear:
            self._say(Code.AREA_UNCLEAR, row, column)
            return None
        if area is not None and row.number - 1 in self.areas_joined:
            self._say(Code.AREA_MERGED, row, column)
            return None
        if rounded:
            self._say(Code.AREA_ROUNDED, row, column)
        return area

    def _conditions(self, row: Row) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for column in self.table.of(Field.STATE):
            said = row.text(column)
            here = words.conditions_in(text=said, label=column.label)
            found |= dict.fromkeys(here)
            known = here or words.DENIALS.search(said) or words.KNOWN_OTHERWISE.search(said)
            if said and not known:
                self._say(Code.STATE_UNKNOWN, row, column)
        for name in (Field.REMARK, Field.OWNER):
            for column in self.table.of(name):
                found |= dict.fromkeys(words.conditions_in(text=row.text(column)))
        return tuple(found)


def _text(cells: list[Cell], column: Column) -> str:
    return text_of(cell=cells[column.index]) if column.index < len(cells) else ""


def _together(one: Parts | None, other: Parts) -> Parts:
    """Join what two cells of a row say of the same home; the first decides."""
    if not one:
        return other
    return Parts(
        one.number,
        one.building or other.building,
        one.entrance or other.entrance or other.first,
        one.floor or other.floor,
        one.first,
    )
