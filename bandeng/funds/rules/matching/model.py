"""Payments, homes and dues as matching sees them, and what it decides."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

Key = int | str | UUID


@dataclass(frozen=True, slots=True)
class Home:
    """A home with its owners' names and its short reference ("" if none was given).

    `instalments`: what is open of an agreed plan, in its order. Units: fen.
    """

    key: Key
    building: str
    entrance: str
    number: str
    owners: tuple[str, ...] = ()
    reference: str = ""
    instalments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What is still open of one period. Units: `open` in fen.

    `contested`: disputed or over its limitation; never paid off by a guess.
    """

    key: Key
    home: Key
    open: int
    since: date
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of a statement. Units: `amount` in fen, in +, out −.

    `account` is the payer's, or whatever stands for it; it is only compared.
    """

    key: Key
    on: date
    amount: int
    payer: str = ""
    account: str = ""
    memo: str = ""


class Rule(StrEnum):
    """By which rule a payment was booked, the strongest first."""

    REFERENCE = "reference"
    ACCOUNT = "account"
    ROOM = "room"
    NAME = "name"


class Reason(StrEnum):
    """What speaks for a home."""

    REFERENCE = "reference"
    ACCOUNT = "account"
    AGENT = "agent"
    ROOM = "room"
    NAME = "name"
    NAMED = "named"
    PAIR = "pair"
    TYPO = "typo"
    SIMILAR = "similar"
    BARE = "bare"
    FITS = "fits"
    PART = "part"
    OVER = "over"


class Why(StrEnum):
    """Why a line waits for a person."""

    NO_HINT = "no_hint"
    AMOUNT_UNFIT = "amount_unfit"
    AMBIGUOUS = "ambiguous"
    CONFLICT = "conflict"
    RIVALS = "rivals"
    WEAK = "weak"
    ROOM_UNKNOWN = "room_unknown"
    WRONG_REFERENCE = "wrong_reference"
    UNKNOWN_REFERENCE = "unknown_reference"
    CONTESTED = "contested"
    NOTHING_OPEN = "nothing_open"
    DUPLICATE = "duplicate"
    SEVERAL_HOMES = "several_homes"
    RETURN_UNCLEAR = "return_unclear"
    CAME_BACK = "came_back"
    OUTGOING = "outgoing"
    BANK_FEE = "bank_fee"
    INTEREST = "interest"
    LUMP_SUM = "lump_sum"


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of a payment that pays a due. Units: fen."""

    due: Key
    amount: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Homes that a payment may be for, with what it would pay there. Units: `rest` in fen."""

    homes: tuple[Key, ...]
    score: int
    reasons: tuple[Reason, ...]
    allocations: tuple[Allocation, ...] = ()
    rest: int = 0

    @property
    def fits(self) -> bool:
        """Whether the amount is exactly that of dues, in one way only."""
        return Reason.FITS in self.reasons


@dataclass(frozen=True, slots=True)
class Automatic:
    """Certain enough to be booked; `rest` fen stay in suspense."""

    payment: Payment
    rule: Rule
    homes: tuple[Key, ...]
    allocations: tuple[Allocation, ...]
    reasons: tuple[Reason, ...]
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Returned:
    """Money that the bank took back: undoes `returns`, a payment of these or an earlier one."""

    payment: Payment
    returns: Key


@dataclass(frozen=True, slots=True)
class Bounced:
    """A payment that went back within the same lines: it pays nothing, and stays in suspense."""

    payment: Payment
    by: Key


@dataclass(frozen=True, slots=True)
class Queue:
    """A person decides; the likeliest first."""

    payment: Payment
    why: Why
    candidates: tuple[Candidate, ...] = ()


Decision = Automatic | Returned | Bounced | Queue
