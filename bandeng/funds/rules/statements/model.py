"""A statement and its lines, and what may be wrong with a file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Code(StrEnum):
    """What was found in a file; the sentences are the caller's. Up to `NO_LINES` they refuse."""

    EMPTY = "empty"
    PASSWORD = "password"  # noqa: S105
    BROKEN = "broken"
    UNKNOWN = "unknown"
    TOO_LARGE = "too_large"
    NO_HEADER = "no_header"
    DATE_UNCLEAR = "date_unclear"
    AMOUNT_UNCLEAR = "amount_unclear"
    AMOUNT_MISSING = "amount_missing"
    BALANCE_UNCLEAR = "balance_unclear"
    SIDE_UNCLEAR = "side_unclear"
    BOTH_SIDES = "both_sides"
    STATE_UNCLEAR = "state_unclear"
    OTHER_CURRENCY = "other_currency"
    SEVERAL_ACCOUNTS = "several_accounts"
    NO_BALANCE = "no_balance"
    BALANCE_BROKEN = "balance_broken"
    SIDES_SWAPPED = "sides_swapped"
    OPENING_DIFFERS = "opening_differs"
    CLOSING_DIFFERS = "closing_differs"
    TOTAL_DIFFERS = "total_differs"
    COUNT_DIFFERS = "count_differs"
    NO_LINES = "no_lines"
    TOTAL_PASSED = "total_passed"
    TEXT_PASSED = "text_passed"
    HEADER_PASSED = "header_passed"
    NO_MOVEMENT = "no_movement"
    NOT_BOOKED = "not_booked"
    DIGITS_LOST = "digits_lost"


REFUSES = frozenset(list(Code)[: list(Code).index(Code.NO_LINES) + 1])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was found: where, what stands there, what was expected instead.

    `column` is the spreadsheet's letter, or an element's name; `row` counts from 1.
    """

    code: Code
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    expected: str = ""


class Unreadable(ValueError):  # noqa: N818
    """The file is refused as a whole; `problems` says why, row by row."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(f"{p.row}{p.column} {p.code}" for p in self.problems[:3]))


class Kind(StrEnum):
    """What a line is in a merchant's bill; a bank's lines are all `BANK`."""

    BANK = "bank"
    PAYMENT = "payment"
    FEE = "fee"
    REFUND = "refund"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True)
class Line:
    """One movement, in the account's order.

    `n` counts from 1. Units: `amount` (in +, out −) and `balance_after` in fen. `at` is
    aware, in UTC, where the file tells a time. `row` is the file's.
    """

    n: int
    on: date
    at: datetime | None
    amount: int
    balance_after: int
    bank_ref: str = ""
    counterparty: str = ""
    counterparty_account: str = ""
    memo: str = ""
    kind: Kind = Kind.BANK
    row: int = 0


@dataclass(frozen=True)
class Statement:
    """A file that was taken: its balances close, line by line.

    `account` is what the file says of its own account, "" if it says nothing. `opening`
    and `closing` in fen. `sha256` is of the file as it came. `notes` were only passed over.
    """

    profile: str
    account: str
    since: date
    until: date
    opening: int
    closing: int
    lines: tuple[Line, ...]
    sha256: bytes
    notes: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Raw:
    """One row as read, before the chain of balances gives it its place."""

    row: int
    on: date
    at: datetime | None
    amount: int
    balance: int | None
    bank_ref: str = ""
    counterparty: str = ""
    counterparty_account: str = ""
    memo: str = ""
    kind: Kind = Kind.BANK


@dataclass
class Declared:
    """What the file says of itself above and below its lines. Units: fen."""

    account: str = ""
    since: date | None = None
    until: date | None = None
    opening: int | None = None
    closing: int | None = None
    money_in: int | None = None
    money_out: int | None = None
    count: int | None = None


@dataclass
class Found:
    """Everything read out of one file, with what was found on the way."""

    profile: str = ""
    lines: list[Raw] = field(default_factory=list)
    declared: Declared = field(default_factory=Declared)
    accounts: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    chained: bool = True  # the file's running balances are to be believed

    def say(self, problem: Problem) -> None:
        """Keep what refuses apart from what is only told."""
        (self.problems if problem.code in REFUSES else self.notes).append(problem)
