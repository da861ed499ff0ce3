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
from bandeng.funds.parameters import house, law
from bandeng.funds.reads.accounts import fund_names
from bandeng.funds.reads.dues import DueSight, HomeSight
from bandeng.funds.rules import dues as rules
from bandeng.trail.models import Checkpoint
from bandeng.trail.reads import leaves_of, proof

TRANSFER = "transfer"  # how the log calls the ledger's rows


@dataclass(frozen=True)
class Claim:
    """A due as the home's page shows it: what is asked, how it stands, until when."""

    sight: DueSight
    standing: rules.Standing
    ends_on: date

    @property
    def is_explained_by_numbers(self) -> bool:
        """Tell whether area × rate × months is the sum, but for rounding to the fen."""
        due = self.sight.due
        return abs(due.floor_area * due.rate * due.months - 100 * due.amount) <= 100 // 2


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


def claims(*, home: HomeSight, on: date) -> list[Claim]:
    """Judge each due on a day: disputed, decided, or how long until its limitation.

    Every demand that reached the home counts for every period; a part payment only for the
    period that it paid in part: so that the warning never comes late.
    """
    near = house(name="limitation_near")
    demands = [rules.Event(each.delivered_on, rules.Act.DEMAND) for each in home.reminders]
    last = home.payments[-1].line.day if home.payments else None
    return [_claim(sight, demands, last, on, near) for sight in home.dues]


def _claim(
    sight: DueSight, demands: list[rules.Event], last: date | None, on: date, near: int
) -> Claim:
    in_part = (
        [rules.Event(last, rules.Act.PART_PAYMENT)] if last and sight.paid and sight.open else []
    )
    years = {name: law(name=name, on=on) for name in ("limitation", "longest_limitation")}
    ends = rules.limitation(
        due_on=sight.due.due_on, events=[*demands, *in_part],
        years=years["limitation"], longest=years["longest_limitation"],
    ).ends_on  # fmt: skip
    disputed = sight.dispute and rules.Dispute(
        sight.dispute.reason, sight.dispute.decided_by, sight.dispute.upheld
    )
    return Claim(
        sight, rules.standing(ends_on=ends, on=on, near=near, dispute=disputed or None), ends
    )


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
