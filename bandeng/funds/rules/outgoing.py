"""What money that left the bank was, as far as the statement's own words tell."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

FEE_WORDS = ("手续费", "账户管理费", "工本费", "回单费", "网银费", "FEE")
RETURN_WORDS = ("退汇", "退回", "冲正", "退票", "撤销")


@dataclass(frozen=True)
class Out:
    """A line that left the bank; `amount` in fen, positive."""

    amount: int
    memo: str
    payee: str
    payee_account: str


@dataclass(frozen=True)
class Held:
    """An order whose money waits for the bank."""

    number: int
    amount: int
    order: UUID
    payee: str
    payee_account: str

    @property
    def short(self) -> str:
        """What the transfer list prints into the memo, so that the line is found again."""
        return self.order.hex[:12].upper()


def held(*, number: int, amount: int, order: UUID, terms: bytes) -> Held:
    """Give a held order with its payee, out of its private terms (canonical JSON)."""
    said = json.loads(terms)
    return Held(number, amount, order, said.get("payee", ""), said.get("payee_account", ""))


def fitting(*, out: Out, held: Sequence[Held]) -> Held | None:
    """Find the one held order that a line carried out: the sum always fits, and number or payee.

    Returns: None where none fits, or several do without the order's number in the memo.
    """
    same = [each for each in held if each.amount == out.amount]
    named = [each for each in same if each.short in out.memo.upper()]
    paid = [each for each in same if each.payee_account and each.payee_account == out.payee_account]
    for found in (named, paid):
        if len(found) == 1:
            return found[0]
    return None


def is_fee(*, out: Out) -> bool:
    """Tell whether the bank names it a fee of its own."""
    return any(word in f"{out.memo} {out.payee}".upper() for word in FEE_WORDS)


def is_return(*, out: Out) -> bool:
    """Tell whether the bank says that it takes a receipt back."""
    return any(word in out.memo for word in RETURN_WORDS)
