"""The one door to the ledger: what is asked for is posted whole, or refused with its reason.

Locks are taken in this order, so that nobody waits in a ring: the supervised account
(`_alone`), the ledger's head (inside every posting), the order (inside the guard).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models import LedgerAccount, Phase, SupervisedAccount, Transfer
from bandeng.kit.errors import Refused

POST = "SELECT transfer FROM funds_post(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ORDER BY place"
ONE = "SELECT transfer FROM funds_post_one(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"

REASONS: dict[str, str | Promise] = {
    "never_overdrawn": _("There is not enough money on this account for that."),
    "was used for another request": _("This was already sent, with other contents."),
    "the account is frozen": _("A court or an insolvency notice has stopped all payments."),
    "the order is stopped": _("This order has been stopped."),
    "the order has expired": _("This order has expired. Please make a new one."),
    "the order follows an older policy": _(
        "The rules of approval have changed since. Please make a new order."
    ),
    "versions follow each other": _(
        "The rules of approval have changed since. Please make a new order."
    ),
    "approvals are missing": _("Not all approvals are there yet."),
    "funds_orderstop_order_id_key": _("This order has been stopped."),
    "order_is_used_once": _("This order has already been carried out."),
    "more than a bank fee may be": _("This is more than a bank fee may be without an order."),
    "money leaves by an approved order only": _("Money leaves by an approved order only."),
    "account_named_once": _("This estate has an account of this name already."),
    "purpose_coded_once": _("This account has a purpose with this short code already."),
    "purpose_of_dues_once": _("The dues of this account go to another purpose already."),
    "approval_once": _("This person has already approved."),
    "sheet_once": _("This sheet has already been entered."),
    "funds_freezeend_freeze_id_key": _("This has already ended."),
    "funds_signingkey_credential_key": _("This is somebody else's key."),
}


class LedgerRefused(Refused):
    """The ledger said no."""


@dataclass(frozen=True)
class Move:
    """One transfer to ask for; `amount` in fen. The same `key` again gives the same number."""

    debit: LedgerAccount
    credit: LedgerAccount
    amount: int
    key: str
    phase: Phase = Phase.POST
    hold: int | None = None
    reverses: int | None = None
    order: int | None = None
    line: int | None = None
    at: datetime | None = None  # where it is not the batch's


def _alone(*, account: SupervisedAccount) -> None:
    """Let one act at a time decide about an account's money, until the transaction ends."""
    SupervisedAccount.objects.select_for_update().get(pk=account.pk)


def _post(*, moves: Sequence[Move], at: datetime) -> list[int]:
    """Post all of `moves` or none.

    Returns: each one's number, in the order asked.

    Raises:
        LedgerRefused: one of them may not be; the sentence says why.
    """
    if not moves:
        return []
    rows = [
        (m.phase.value, m.debit.pk, m.credit.pk, m.amount, m.hold, m.reverses, m.order, m.line,
         m.key, m.at or at)
        for m in moves
    ]  # fmt: skip
    sql, values = (
        (ONE, rows[0]) if len(rows) == 1 else (POST, [list(c) for c in zip(*rows, strict=True)])
    )
    with _refusals(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _quorum(*, order: int) -> bool:
    """Ask the database whether an order has every approval that it needs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT funds_quorum(%s)", [order])
        return bool(cursor.fetchone()[0])


def _reverse(*, transfer: Transfer, line: int | None = None) -> Move:
    """Give the move that takes `transfer` back: history grows, nothing is changed."""
    return Move(
        debit=transfer.credit,
        credit=transfer.debit,
        amount=transfer.amount,
        key=f"reverse:{transfer.number}",
        reverses=transfer.number,
        line=line,
    )


class _refusals(transaction.Atomic):  # noqa: N801  # used like a function
    """Turn the few violations that a person can cause into a sentence.

    Two people may do the same at once: what a look beforehand cannot see, the constraint does.
    """

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, kind, error, trace):  # type: ignore[no-untyped-def]
        super().__exit__(kind, error, trace)
        if isinstance(error, IntegrityError):
            for words, sentence in REASONS.items():
                if words in str(error):
                    raise LedgerRefused(str(sentence)) from error
