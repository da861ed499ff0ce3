"""Bills of payment services: kept until the bank has their sums, then booked whole.

A lump sum leaves suspense for the clearing account, from where every payment of the bill goes
back to suspense under its own line; fees and refunds are what was missing. The clearing account
is empty before and after: ledger, bank, fee and bill agree to the fen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import LedgerRefused, Move, _alone, _post
from bandeng.funds.actions._lines import _keyed, _line, _unmatching
from bandeng.funds.models import (
    Chart,
    LedgerAccount,
    Line,
    MerchantBill,
    Settlement,
    Statement,
    SupervisedAccount,
    judged,
    trade_key,
)
from bandeng.funds.permissions import can_collect
from bandeng.funds.rules.statements import Judgement, Kind, Waits
from bandeng.funds.rules.statements import Line as Told
from bandeng.funds.rules.statements import Statement as Parsed
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record


class BillRefused(Refused):
    """The bill of a payment service cannot be taken in."""


@action
def take_merchant_bill(
    *,
    account: SupervisedAccount,
    bill: Parsed,
    content: bytes,
    file_name: str,
    by: Person,
    at: datetime,
) -> Statement | MerchantBill:
    """Take a payment service's bill in: book it whole, or keep it until its sums are at the bank.

    The same file again gives what became of the first.

    Raises:
        BillRefused: not allowed, or every trade of it is in the books already.
    """
    if not can_collect(person=by, account=account):
        raise BillRefused(_("You may not take files in for this account."))
    _alone(account=account)
    known = account.statements.filter(sha256=bill.sha256).first()
    if known:
        return known
    kept, is_new = MerchantBill.objects.get_or_create(
        account=account, sha256=bill.sha256,
        defaults={
            "channel": bill.profile.split(".")[0], "file_name": file_name[-200:],
            "content": content, "since_on": bill.since, "until_on": bill.until,
            "net": -sum(x.amount for x in bill.lines if x.kind is Kind.SETTLEMENT), "at": at,
        },
    )  # fmt: skip
    if is_new:
        _refuse_known(account, bill)
        _tell(account, "bill.kept", by, at, file=bill.sha256.hex(), service=kept.channel)
    return _try(kept, bill, by, at) or kept


def _refuse_known(account: SupervisedAccount, bill: Parsed) -> None:
    found = judged(account=account, bill=bill)
    if found.waits is Waits.KNOWN:
        raise BillRefused(_("All lines of this file are in the books already."))
    if found.waits is Waits.PART_KNOWN:
        sentence = _("Of %(day)s only a part is in the books: take a bill of whole days.")
        raise BillRefused(sentence % {"day": found.on})


@action
def discard_merchant_bill(*, bill: MerchantBill, by: Person, at: datetime) -> None:
    """Put a bill away that waits; nothing of it was booked.

    Raises:
        BillRefused: not allowed.
    """
    if not can_collect(person=by, account=bill.account):
        raise BillRefused(_("You may not take files in for this account."))
    _tell(bill.account, "bill.discarded", by, at, file=bytes(bill.sha256).hex())
    MerchantBill.objects.filter(pk=bill.pk).delete()


def _settle_bills(*, account: SupervisedAccount, by: Person, at: datetime) -> None:
    """Book every bill that waits and whose sums have arrived, the oldest first."""
    for kept in account.bills.order_by("until_on", "pk"):
        _try(kept, kept.parsed(), by, at)


def _try(kept: MerchantBill, bill: Parsed, by: Person, at: datetime) -> Statement | None:
    """Book a bill or leave it as it is: no bank statement is refused because of a bill."""
    try:
        with transaction.atomic():
            return _book(kept, bill, by, at)
    except (BillRefused, LedgerRefused):
        return None


def _book(kept: MerchantBill, bill: Parsed, by: Person, at: datetime) -> Statement | None:
    """Book all of a bill that is new, if every sum of it is at the bank; else it waits."""
    found = judged(account=kept.account, bill=bill)
    if found.waits:
        return None
    statement, lines = _kept_lines(kept, found.lines, at)
    books = _Books.of(kept.account)
    lumps = list(Line.objects.in_bulk(found.receipts).values())
    moves = [*_out_of_suspense(lumps, books, at), *_moves(lines, books, at)]
    numbers = _post(moves=moves, at=at)
    Settlement.objects.bulk_create(
        Settlement(line=line, bill=statement, transfer_id=number)
        for line, number in zip(lumps, numbers, strict=False)
    )
    _tell_booked(statement, found, lumps, by, at)
    MerchantBill.objects.filter(pk=kept.pk).delete()
    return statement


def _kept_lines(
    kept: MerchantBill, told: Sequence[Told], at: datetime
) -> tuple[Statement, list[Line]]:
    """Keep the trades as lines: from nothing to what the service sent to the bank."""
    running, numbered = 0, []
    for n, each in enumerate(told, start=1):
        running += each.amount
        numbered.append(replace(each, n=n, balance_after=running))
    statement = Statement.objects.create(
        account=kept.account, channel=kept.channel, opening=0, closing=running,
        since_on=told[0].on, until_on=told[-1].on, count=len(told),
        profile=f"{kept.channel}.trades", file_name=kept.file_name, content=bytes(kept.content),
        sha256=bytes(kept.sha256), at=at,
    )  # fmt: skip
    came = [each for each in numbered if each.kind is not Kind.REFUND]
    lines = Line.objects.bulk_create([_trade(statement, each) for each in came])
    back = [each for each in numbered if each.kind is Kind.REFUND]
    paid = _payments(kept.account, back)
    lines += Line.objects.bulk_create(
        [
            _trade(statement, each, refunds=paid[trade_key(each.bank_ref)])
            for each in back
        ]
    )  # fmt: skip
    return statement, sorted(lines, key=lambda line: line.n)


def _trade(statement: Statement, told: Told, **more: object) -> Line:
    key = trade_key(told.bank_ref) if told.bank_ref else None
    return _line(statement, told, trade_key=key, **more)


def _payments(account: SupervisedAccount, refunds: Sequence[Told]) -> Mapping[bytes, Line]:
    keys = [trade_key(each.bank_ref) for each in refunds]
    there = Line.objects.filter(
        statement__account=account, kind=Kind.PAYMENT.value, trade_key__in=keys
    )
    return {bytes(line.trade_key or b""): line for line in there}


@dataclass
class _Books:
    """What a bill is booked against, and what is free for its fees and refunds."""

    chart: dict[str, LedgerAccount]
    purpose: LedgerAccount
    fee_limit: int
    free: int  # fen, on the purpose

    @classmethod
    def of(cls, account: SupervisedAccount) -> "_Books":
        """Read the account's books as they stand."""
        chart = {a.chart: a for a in account.ledger_accounts.exclude(chart=Chart.RECEIVABLE)}
        purpose = account.ledger_accounts.get(code=account.purpose_code())
        limit = int(account.policy().rules["fee_limit"])
        return cls(chart, purpose, limit, purpose.balance.free)


def _out_of_suspense(lumps: Sequence[Line], books: _Books, at: datetime) -> Iterator[Move]:
    for line in lumps:
        yield Move(
            books.chart[Chart.SUSPENSE], books.chart[Chart.CLEARING], line.amount,
            f"lump:{line.token}", at=min(line.noon(), at),
        )  # fmt: skip


def _moves(lines: Sequence[Line], books: _Books, at: datetime) -> Iterator[Move]:
    clearing, suspense = books.chart[Chart.CLEARING], books.chart[Chart.SUSPENSE]
    undone: set[int] = set()
    for line in lines:
        if line.kind == Kind.PAYMENT:
            yield _keyed(Move(clearing, suspense, line.amount, ""), line, at)
        elif line.kind == Kind.REFUND:
            yield from _refund(line, books, undone)
            yield _keyed(Move(suspense, clearing, -line.amount, ""), line, at)
        else:
            yield _keyed(_fee(line.amount, books), line, at)


def _refund(line: Line, books: _Books, undone: set[int]) -> list[Move]:
    """Take the matches of a refunded payment back; what is left of it waits to be matched anew."""
    payment = line.refunds
    if payment is None or payment.pk in undone:
        return []
    undone.add(payment.pk)
    refunded = payment.refunded_by.aggregate(sum=Sum("amount", default=0))["sum"]
    if payment.amount + refunded < 0:
        raise BillRefused(_("The bill gives more back than was paid."))
    moves = _unmatching(payment)
    books.free -= sum(move.amount for move in moves if move.debit == books.purpose)
    if books.free < 0:
        raise BillRefused(_("What a refund takes back has been spent already."))
    return moves


def _fee(amount: int, books: _Books) -> Move:
    """Book a day's fee by the small path, or as not explained; one that came back goes back."""
    clearing, unexplained = books.chart[Chart.CLEARING], books.chart[Chart.UNEXPLAINED]
    small = abs(amount) <= books.fee_limit
    if amount > 0:
        return Move(clearing, books.purpose if small else books.chart[Chart.SUSPENSE], amount, "")
    if small and -amount <= books.free:
        books.free += amount
        return Move(books.purpose, clearing, -amount, "")
    return Move(unexplained, clearing, -amount, "")


def _tell_booked(
    statement: Statement, found: Judgement, lumps: Sequence[Line], by: Person, at: datetime
) -> None:
    _tell(
        statement.account, "bill.booked", by, at, subject=statement.token,
        service=statement.channel, since=statement.since_on, until=statement.until_on,
        net=statement.closing, lines=len(found.lines), file=bytes(statement.sha256).hex(),
        sums=[line.token for line in lumps],
    )  # fmt: skip


def _tell(
    account: SupervisedAccount, verb: str, by: Person, at: datetime, /, **public: object
) -> None:
    subject = UUID(str(public.pop("subject", account.token)))
    record(
        thread=account.thread, verb=verb, by=by.token, subject=subject, at=at,
        public={"account": account.code, **public},
    )  # fmt: skip
