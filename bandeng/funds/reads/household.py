"""What a household needs to know: how its dues stand, where its payments stand in the log."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bandeng.funds.models import (
    Allocation,
    OrderKind,
    Phase,
    Receivable,
    SupervisedAccount,
    Transfer,
)
from bandeng.funds.reads.accounts import fund_names
from bandeng.funds.standing.sights import HomeSight
from bandeng.trail.models import Checkpoint
from bandeng.trail.reads import leaves_of, proof

TRANSFER = "transfer"  # how the log calls the ledger's rows


@dataclass(frozen=True)
class Payment:
    """A payment of the home; `index` is its place in the log, None while it awaits it."""

    allocation: Allocation
    index: int | None


@dataclass(frozen=True)
class Spending:
    """What the account has paid for; in fen."""

    on: date
    purpose: str
    fund: str
    amount: int


def payments(*, home: HomeSight) -> list[Payment]:
    """Give the home's payments, the newest first, each with its place in the log."""
    index = _signed([each.paid_id for each in home.payments])
    return [Payment(each, index.get(each.paid_id)) for each in reversed(home.payments)]


def _signed(numbers: Sequence[int]) -> dict[int, int]:
    """Give the places of these transfers in the tree that was signed last."""
    last = Checkpoint.objects.order_by("-size").first()
    size = last.size if last else 0
    found = leaves_of(source=TRANSFER, rows=numbers)
    return {row: index for row, index in found.items() if index < size}


def payment_proof(*, receivable: Receivable, number: int) -> str | None:
    """Give the receipt of a payment, which shows whose home it was; None while it awaits the log."""
    opening = None
    if receivable.salt and receivable.opening:
        opening = bytes(receivable.salt), json.loads(bytes(receivable.opening))
    return proof(source=TRANSFER, row=number, opening=opening)


def household_file(*, receivable: Receivable) -> dict[str, Any] | None:
    """Give what `bandeng-verify household` takes: all that the log has about the home.

    Returns: None where the home's opening was erased: nobody can show it any more.
    """
    if not receivable.salt or not receivable.opening:
        return None
    book = receivable.ledger_account
    rows = dict((book.debits.all() | book.credits.all()).values_list("number", "leaf"))
    signed = sorted(_signed(list(rows)))
    return {
        "v": 1,
        "home": book.code,
        "salt": bytes(receivable.salt).hex(),
        "private": bytes(receivable.opening).decode(),
        "leaves": [bytes(rows[number]).decode() for number in signed],
    }


def spendings(*, account: SupervisedAccount) -> list[Spending]:
    """Give what the account has paid for, the newest first; neither payees nor approvers."""
    names = fund_names(account=account)
    found = Transfer.objects.filter(
        phase=Phase.SETTLE, order__account=account, order__kind=OrderKind.PAYMENT
    ).select_related("order__terms_kept", "line")
    return [
        Spending(
            each.line.day if each.line else each.at.date(), each.order.said()["purpose"],
            names.get(each.debit_id, ""), each.amount,
        )
        for each in found.order_by("-number")
        if each.order
    ]  # fmt: skip
