"""What the roster reader's findings are called, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bandeng.places.rules.areas import Level
from bandeng.places.rules.roster import Code, Field, Finding
from bandeng.places.rules.roster.tables import Taken
from bandeng.places.rules.roster.workbook import Why

LEVELS = {
    Level.PROVINCE: gettext_lazy("province"),
    Level.CITY: gettext_lazy("city"),
    Level.COUNTY: gettext_lazy("county or district"),
    Level.SUBDISTRICT: gettext_lazy("subdistrict or town"),
    Level.COMMUNITY: gettext_lazy("community or village"),
}
FIELDS = {
    Field.PLACE: gettext_lazy("the home's whole address"),
    Field.BUILDING: gettext_lazy("building"),
    Field.SALES: gettext_lazy("sales number"),
    Field.SURVEY: gettext_lazy("survey number"),
    Field.POLICE: gettext_lazy("police number"),
    Field.ENTRANCE: gettext_lazy("entrance"),
    Field.FLOOR: gettext_lazy("floor"),
    Field.HOME: gettext_lazy("home"),
    Field.AREA_REGISTER: gettext_lazy("floor area by the register"),
    Field.AREA_SURVEY: gettext_lazy("floor area by the survey"),
    Field.AREA_CONTRACT: gettext_lazy("floor area by the contract"),
    Field.AREA: gettext_lazy("floor area"),
    Field.STATE: gettext_lazy("state of the home"),
    Field.OWNER: gettext_lazy("owner"),
    Field.OWNER_PHONE: gettext_lazy("owner's phone"),
    Field.OWNER_ID: gettext_lazy("owner's identity number"),
    Field.OCCUPANT: gettext_lazy("occupant"),
    Field.OCCUPANT_PHONE: gettext_lazy("occupant's phone"),
    Field.PAYER: gettext_lazy("payer"),
    Field.PAYER_PHONE: gettext_lazy("payer's phone"),
    Field.REMARK: gettext_lazy("remark"),
    Field.SERIAL: gettext_lazy("running number"),
    Field.INNER_AREA: gettext_lazy("inner area"),
    Field.SHARED_AREA: gettext_lazy("shared area"),
    Field.STOREYS: gettext_lazy("storeys of the building"),
    Field.OTHER: gettext_lazy("something else"),
}
TAKEN = {
    Taken.NAME: gettext_lazy("taken, by its name"),
    Taken.AGAIN: gettext_lazy("not taken: another column already tells this"),
    Taken.NEVER: gettext_lazy("not taken: the roster does not need it"),
    Taken.UNKNOWN: gettext_lazy("not taken: its name is not known"),
}
READ_FOR_STATES = gettext_lazy("read for the home's state only; the text is not kept")
UNREADABLE = {
    Why.EMPTY: gettext_lazy("This file is empty."),
    Why.PASSWORD: gettext_lazy("This file has a password. Save it without one and try again."),
    Why.PAGE: gettext_lazy(
        "This is a web page under an Excel name. Open it in Excel or WPS, save it as .xlsx and "
        "try again."
    ),
    Why.BROKEN: gettext_lazy("This file is damaged: Excel or WPS may be able to save it anew."),
    Why.UNKNOWN: gettext_lazy("This is no table. Excel (.xlsx, .xls) and CSV can be read."),
    Why.TOO_LARGE: gettext_lazy("This table is far larger than a roster."),
}
SENTENCES = {
    Code.NO_HEADER: gettext_lazy(
        "No header found: one row must name the columns, among them the home's number (房号)."
    ),
    Code.NO_HOME: gettext_lazy("The home's number is missing."),
    Code.HOME_UNCLEAR: gettext_lazy("“%(value)s” is not understood as a home."),
    Code.NO_BUILDING: gettext_lazy("No column, row or sheet says in which building this is."),
    Code.BUILDING_CONFLICT: gettext_lazy(
        "“%(value)s” names another building than its own column (%(other)s)."
    ),
    Code.ENTRANCE_CONFLICT: gettext_lazy(
        "“%(value)s” names another entrance than its own column (%(other)s)."
    ),
    Code.PAIR_UNCLEAR: gettext_lazy(
        "The first number of “%(value)s” is neither this building nor this entrance."
    ),
    Code.BECAME_DATE: gettext_lazy(
        "Excel has turned this number into a date (%(value)s): format the column as text and type "
        "it again."
    ),
    Code.DIGITS_LOST: gettext_lazy(
        "Excel has rounded this long number, its last digits are lost: format the column as text "
        "and type it again."
    ),
    Code.AREA_UNCLEAR: gettext_lazy("“%(value)s” is not a floor area."),
    Code.AREA_MERGED: gettext_lazy(
        "One floor area is joined over several homes: give each its own."
    ),
    Code.TOO_LONG: gettext_lazy("“%(value)s” is too long for a building, entrance or home."),
    Code.HOME_CONTRADICTS: gettext_lazy(
        "Home %(value)s is also in row %(other)s, with another area or floor."
    ),
    Code.ALIAS_CONTRADICTS: gettext_lazy(
        "The number %(value)s is given to two buildings (also in row %(other)s)."
    ),
    Code.NO_HOMES: gettext_lazy("The file holds no home."),
    Code.SHEET_HIDDEN: gettext_lazy("A hidden sheet, not read."),
    Code.SHEET_SKIPPED: gettext_lazy("No list of homes on this sheet, not read."),
    Code.HEADER_CONTINUED: gettext_lazy("The header once more, passed over."),
    Code.TOTAL_SKIPPED: gettext_lazy("A total, passed over."),
    Code.TEXT_SKIPPED: gettext_lazy("A remark between the rows, passed over: %(other)s"),
    Code.SAME_ROW: gettext_lazy("The same home once more (row %(other)s), taken once."),
    Code.CO_OWNERS: gettext_lazy("The home of row %(other)s with somebody else: both are taken."),
    Code.CARRIED_DOWN: gettext_lazy("The building is taken from the row above: %(other)s."),
    Code.FLOOR_UNCLEAR: gettext_lazy("“%(value)s” is not a floor; left open."),
    Code.AREA_ROUNDED: gettext_lazy("%(value)s is rounded to 0.01 m²."),
    Code.STATE_UNKNOWN: gettext_lazy("“%(value)s” is no state that is known here, left out."),
    Code.COMPANY_OWNER: gettext_lazy("A company or body, not taken up as a person: %(value)s"),
    Code.PHONE_UNCLEAR: gettext_lazy("This phone number is not complete, left out."),
    Code.PHONE_SECOND: gettext_lazy("A second phone number, left out."),
    Code.ID_WRONG: gettext_lazy("This identity number is not valid, left out."),
    Code.ID_TAKEN: gettext_lazy("This identity number is somebody else's, left out."),
    Code.PHONE_KEPT: gettext_lazy("Another number is verified already, that one stays."),
    Code.NAME_MISSING: gettext_lazy("A number without a name, left out."),
}


def say(*, finding: Finding) -> str:
    """Give a finding's sentence."""
    return str(SENTENCES[finding.code]) % {"value": finding.value, "other": finding.other}


def where(*, finding: Finding) -> str:
    """Give the place of a finding as the spreadsheet names it: sheet, column and row."""
    cell = f"{finding.column}{finding.row or ''}" if finding.column else ""
    row = cell or (_("row %(row)s") % {"row": finding.row} if finding.row else "")
    return " ".join(part for part in (finding.sheet and f"“{finding.sheet}”", row) if part)
