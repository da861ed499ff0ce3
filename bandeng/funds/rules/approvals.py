"""Who must approve what, and whether enough of them have: m of n by role and sum.

The database counts by the same signed text (`funds_quorum`) and has the last word. This is the
rule by itself, for explaining which approvals do not count and why, and to check the database by.
A policy's text has `supervisors` (role → tokens) and `bands` (`up_to` fen → `needs` by role).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785

Policy = Mapping[str, Any]
POLICY = "policy"  # the kind of an order that changes the rules themselves


class Strength(StrEnum):
    """How an approval was given, the strongest first; each is shown with it."""

    PASSKEY = "passkey"
    USB_KEY = "usb_key"
    PAPER = "paper"


class Ignored(StrEnum):
    """Why an approval does not count."""

    OTHER_ORDER = "other_order"
    MAKER = "maker"
    NOT_IN_ROLE = "not_in_role"
    TWICE = "twice"
    EXPIRED = "expired"
    ONE_ENTERER = "one_enterer"


@dataclass(frozen=True, slots=True)
class Given:
    """An approval: who, in which role, how, over which digest. On paper: the two who entered it."""

    person: UUID
    role: str
    strength: Strength
    digest: bytes
    at: datetime
    entered_by: UUID | None = None
    checked_by: UUID | None = None


@dataclass(frozen=True)
class Quorum:
    """Which approvals count, which do not and why, and how many of each role are missing."""

    counted: tuple[Given, ...]
    ignored: tuple[tuple[Given, Ignored], ...]
    missing: Mapping[str, int]
    possible: bool

    @property
    def complete(self) -> bool:
        """Whether the order may be carried out, as far as approvals go."""
        return self.possible and not self.missing


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked. Units: `amount` in fen, None where only rules change."""

    order: UUID
    kind: str
    account: str
    policy: UUID
    maker: UUID
    amount: int | None
    debit: str | None
    credit: str | None
    terms: bytes
    expires_at: datetime

    @property
    def document(self) -> bytes:
        """The one spelling that every approver signs (RFC 8785); `terms` binds payee and purpose."""
        return rfc8785.dumps({
            "account": self.account,
            "amount": self.amount,
            "credit": self.credit,
            "debit": self.debit,
            "expires_at": self.expires_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "kind": self.kind,
            "maker": str(self.maker),
            "order": str(self.order),
            "policy": str(self.policy),
            "terms": self.terms.hex(),
            "v": 1,
        })  # fmt: skip

    @property
    def digest(self) -> bytes:
        """SHA-256 of the document: the challenge of a passkey, the number on the sheet."""
        return sha256(self.document).digest()


def needs(*, policy: Policy, kind: str, amount: int | None) -> dict[str, int]:
    """Give how many of each role must approve; empty: nobody may approve so much.

    The lowest band that holds the sum. New rules need what the dearest order would, under the
    rules that they replace.
    """
    bands = sorted(policy["bands"], key=lambda band: band["up_to"])
    fitting = [band for band in bands if band["up_to"] >= (amount or 0)]
    if not fitting:
        return {}
    band = fitting[-1 if kind == POLICY else 0]
    return {role: n for role, n in band["needs"].items() if n}


def quorum(*, policy: Policy, order: Order, given: Iterable[Given]) -> Quorum:
    """Count approvals of exactly this order: of its digest, in time, by supervisors, each once."""
    counted: list[Given] = []
    ignored: list[tuple[Given, Ignored]] = []
    for approval in sorted(given, key=lambda approval: approval.at):
        why = _why_not(approval, policy, order, counted)
        if why:
            ignored.append((approval, why))
        else:
            counted.append(approval)
    wanted = needs(policy=policy, kind=order.kind, amount=order.amount)
    had = [approval.role for approval in counted]
    missing = {role: n - had.count(role) for role, n in wanted.items() if n > had.count(role)}
    return Quorum(tuple(counted), tuple(ignored), missing, bool(wanted))


def _why_not(
    approval: Given, policy: Policy, order: Order, counted: Iterable[Given]
) -> Ignored | None:
    checks = (
        (Ignored.OTHER_ORDER, approval.digest != order.digest),
        (Ignored.MAKER, approval.person == order.maker),
        (Ignored.NOT_IN_ROLE, not _holds(policy, approval)),
        (Ignored.EXPIRED, approval.at >= order.expires_at),
        (Ignored.ONE_ENTERER, not _entered_by_two(approval)),
        (Ignored.TWICE, any(other.person == approval.person for other in counted)),
    )
    return next((why for why, fails in checks if fails), None)


def _entered_by_two(approval: Given) -> bool:
    """Tell whether a paper was checked by somebody else than who signed or entered it."""
    if approval.strength is not Strength.PAPER:
        return True
    first, second = approval.entered_by, approval.checked_by
    return None not in (first, second) and second not in (first, approval.person)


def _holds(policy: Policy, approval: Given) -> bool:
    return str(approval.person) in policy["supervisors"].get(approval.role, ())


class Weak(StrEnum):
    """Why rules of approval are none."""

    NO_BANDS = "no_bands"
    ONE_ROLE = "one_role"
    TOO_FEW = "too_few"
    DEARER_NEEDS_LESS = "dearer_needs_less"
    SAME_SUM_TWICE = "same_sum_twice"


def weaknesses(*, policy: Policy) -> list[tuple[Weak, int, str]]:
    """Find rules that one role alone fulfils, that nobody can, or that ask less for more.

    Returns: what, of the band up to how much (fen), and which role.
    """
    bands = sorted(policy["bands"], key=lambda band: band["up_to"])
    found = [] if bands else [(Weak.NO_BANDS, 0, "")]
    below: Mapping[str, int] = {}
    sums: set[int] = set()
    for band in bands:
        up_to, asked = band["up_to"], {role: n for role, n in band["needs"].items() if n}
        if up_to in sums:
            found.append((Weak.SAME_SUM_TWICE, up_to, ""))
        if len(asked) < 2:
            found.append((Weak.ONE_ROLE, up_to, ""))
        held = policy["supervisors"]
        found += [
            (Weak.TOO_FEW, up_to, role)
            for role, n in asked.items()
            if n > len(set(held.get(role, ())))
        ]
        if sum(asked.values()) < sum(below.values()):
            found.append((Weak.DEARER_NEEDS_LESS, up_to, ""))
        below, sums = asked, sums | {up_to}
    return found
