"""What the reader has to say about a file: problems, which refuse it, and notes."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """What was found; the sentences are in `labels.py`. Those up to `NO_HOMES` refuse."""

    NO_HEADER = "no_header"
    NO_HOME = "no_home"
    HOME_UNCLEAR = "home_unclear"
    NO_BUILDING = "no_building"
    BUILDING_CONFLICT = "building_conflict"
    ENTRANCE_CONFLICT = "entrance_conflict"
    PAIR_UNCLEAR = "pair_unclear"
    BECAME_DATE = "became_date"
    DIGITS_LOST = "digits_lost"
    AREA_UNCLEAR = "area_unclear"
    AREA_MERGED = "area_merged"
    TOO_LONG = "too_long"
    HOME_CONTRADICTS = "home_contradicts"
    ALIAS_CONTRADICTS = "alias_contradicts"
    NO_HOMES = "no_homes"
    SHEET_HIDDEN = "sheet_hidden"
    SHEET_SKIPPED = "sheet_skipped"
    HEADER_CONTINUED = "header_continued"
    TOTAL_SKIPPED = "total_skipped"
    TEXT_SKIPPED = "text_skipped"
    SAME_ROW = "same_row"
    CO_OWNERS = "co_owners"
    CARRIED_DOWN = "carried_down"
    FLOOR_UNCLEAR = "floor_unclear"
    AREA_ROUNDED = "area_rounded"
    STATE_UNKNOWN = "state_unknown"
    COMPANY_OWNER = "company_owner"
    PHONE_UNCLEAR = "phone_unclear"
    PHONE_SECOND = "phone_second"
    ID_WRONG = "id_wrong"
    ID_TAKEN = "id_taken"
    PHONE_KEPT = "phone_kept"
    NAME_MISSING = "name_missing"


REFUSES = frozenset(list(Code)[: list(Code).index(Code.NO_HOMES) + 1])
KEPT = 200  # of each code; the rest is counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, and where. `column` is a letter; `other` is another row."""

    code: Code
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    other: str = ""


@dataclass
class Findings:
    """Everything found in one file: the first of each kind, and how many there are."""

    kept: list[Finding] = field(default_factory=list)
    counts: Counter[Code] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Keep one more, or only count it."""
        self.counts[finding.code] += 1
        if self.counts[finding.code] <= KEPT:
            self.kept.append(finding)

    @property
    def problems(self) -> list[Finding]:
        """Those that refuse the file."""
        return [finding for finding in self.kept if finding.code in REFUSES]

    @property
    def notes(self) -> list[Finding]:
        """Those that are only told."""
        return [finding for finding in self.kept if finding.code not in REFUSES]

    @property
    def refused(self) -> int:
        """How many problems there are, kept or not."""
        return sum(n for code, n in self.counts.items() if code in REFUSES)


def letter(*, column: int) -> str:
    """Name a column as the spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
