"""Cash: a numbered receipt at once, to the bank by a second person, matched by the bank's line."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import _alone
from bandeng.funds.actions.matching import _match
from bandeng.funds.models import (
    Cash,
    CashDeposit,
    Line,
    MatchRule,
    Receivable,
    SupervisedAccount,
)
from bandeng.funds.parameters import house
from bandeng.funds.permissions import can_collect, can_keep_account, can_take_cash
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.kit.units import yuan
from bandeng.people.models import Person
from bandeng.trail.actions import record

BOOK = "A"  # the house's own book; paper books have their own letters


class CashRefused(Refused):
    """The cash cannot be taken, banked or settled so."""


@action
def allow_cash(
    *, account: SupervisedAccount, clause: str, by: Person, at: datetime
) -> SupervisedAccount:
    """Enter which clause of the agreement allows cash; empty: none is taken any more.

    Raises:
        CashRefused: not allowed.
    """
    if not can_keep_account(person=by, account=account):
        raise CashRefused(_("You may not enter what the agreement says."))
    account.cash_clause = clause.strip()
    account.save(update_fields=["cash_clause"])
    record(
        thread=account.thread, verb="cash.allowed", by=by.token, subject=account.token, at=at,
        public={"account": account.code, "allowed": bool(account.cash_clause)},
        private={"clause": account.cash_clause},
    )  # fmt: skip
    return account


@action
def receive_cash(
    *,
    receivable: Receivable,
    amount: int,
    payer: str,
    book: str = BOOK,
    number: int | None = None,
    by: Person,
    at: datetime,
) -> Cash:
    """Write the next receipt of a book for cash in hand; `number`: as the paper form has it.

    Raises:
        CashRefused: the agreement allows none, more than is owed, or not the book's next number.
    """
    account = receivable.account
    _may_take(account, by)
    _alone(account=account)
    owed = receivable.ledger_account.balance.amount - _on_its_way(receivable)
    if not 0 < amount <= owed:
        said = {"sum": f"{yuan(max(0, owed)):,}"}
        raise CashRefused(_("The home owes %(sum)s yuan that no cash is on its way for.") % said)
    cash = Cash.objects.create(
        account=account, receivable=receivable, book=book, number=_next(account, book, number),
        amount=amount, payer=payer, on_paper=number is not None, by=by.token, at=at,
    )  # fmt: skip
    _tell(cash, "cash.received", by, at)
    return cash


def _on_its_way(receivable: Receivable) -> int:
    under_way = receivable.cash.filter(voided_at=None, deposit__line=None)
    return sum(amount or 0 for amount in under_way.values_list("amount", flat=True))


def _next(account: SupervisedAccount, book: str, given: int | None) -> int:
    highest = account.cash.filter(book=book).aggregate(highest=Max("number"))["highest"] or 0
    if given is not None and given != highest + 1:
        sentence = _(
            "The next receipt of book %(book)s is no. %(number)s. Enter or void the ones before it."
        )
        raise CashRefused(sentence % {"book": book, "number": highest + 1})
    return highest + 1


@action
def spoil_receipt(
    *, account: SupervisedAccount, book: str, number: int, reason: str, by: Person, at: datetime
) -> Cash:
    """Enter that a form of a paper book was spoilt: its number is used, nobody paid by it.

    Raises:
        CashRefused: the agreement allows no cash, or it is not the book's next number.
    """
    _may_take(account, by)
    _alone(account=account)
    cash = Cash.objects.create(
        account=account, book=book, number=_next(account, book, number), on_paper=True,
        voided_at=at, voided_by=by.token, void_reason=reason, by=by.token, at=at,
    )  # fmt: skip
    _tell(cash, "cash.spoilt", by, at)
    return cash


@action
def void_cash(*, cash: Cash, reason: str, by: Person, at: datetime) -> Cash:
    """Make a receipt void; its number stays, both copies are kept.

    Raises:
        CashRefused: not allowed, void already, or the cash is at the bank.
    """
    _may(cash.account, by)
    cash = Cash.objects.select_for_update(of=("self",)).get(pk=cash.pk)
    if cash.voided_at or cash.deposit_id:
        raise CashRefused(_("This receipt is void already, or its cash was brought to the bank."))
    cash.voided_at, cash.voided_by, cash.void_reason = at, by.token, reason
    cash.save(update_fields=["voided_at", "voided_by", "void_reason"])
    _tell(cash, "cash.voided", by, at)
    return cash


@action
def bank_cash(
    *,
    account: SupervisedAccount,
    receipts: Sequence[Cash],
    on: date,
    slip: str,
    content: bytes,
    by: Person,
    at: datetime,
) -> CashDeposit:
    """Note that the cash of these receipts was brought to the bank as one sum.

    Raises:
        CashRefused: whoever took it would bank it, a day to come, or a receipt is not free.
    """
    _may(account, by)
    _alone(account=account)
    keys = [cash.pk for cash in receipts]
    free = list(account.cash.filter(pk__in=keys, voided_at=None, deposit=None))
    if not free or len(free) != len(keys):
        raise CashRefused(_("One of these receipts is void or at the bank already."))
    if any(cash.by == by.token for cash in free):
        raise CashRefused(_("Who took cash does not bank it: a second person must."))
    if on > localdate(at) or on < localdate(min(cash.at for cash in free)):
        raise CashRefused(_("It is banked after it was taken, and not in future."))
    deposit = CashDeposit.objects.create(
        account=account, on=on, slip=slip, amount=sum(cash.amount or 0 for cash in free),
        content=content, sha256=sha256(content).digest(), by=by.token, at=at,
    )  # fmt: skip
    Cash.objects.filter(pk__in=keys).update(deposit=deposit)
    _told(deposit, "cash.banked", by, at)
    return deposit


@action
def withdraw_deposit(*, deposit: CashDeposit, reason: str, by: Person, at: datetime) -> CashDeposit:
    """Take back that cash was banked so: its receipts wait for the bank again.

    Raises:
        CashRefused: not allowed, taken back already, or confirmed by the bank.
    """
    _may(deposit.account, by)
    deposit = _open(deposit)
    deposit.withdrawn_at, deposit.reason = at, reason
    deposit.save(update_fields=["withdrawn_at", "reason"])
    deposit.receipts.update(deposit=None)
    _told(deposit, "cash.withdrawn", by, at)
    return deposit


@action
def settle_deposit(*, deposit: CashDeposit, line: Line, by: Person, at: datetime) -> CashDeposit:
    """Match a line of the bank's statement with a deposit: each receipt pays its home.

    Raises:
        CashRefused: not allowed, or the line is not exactly this sum on this day or after.
        MatchRefused: the line is matched already.
    """
    _may(deposit.account, by)
    deposit = _open(deposit)
    if not _fits(deposit, line):
        raise CashRefused(_("This line is not exactly this deposit."))
    shares: Counter[Receivable] = Counter()
    for cash in deposit.receipts.select_related("receivable__ledger_account"):
        if cash.receivable:
            shares[cash.receivable] += cash.amount or 0
    _match([(line, MatchRule.CASH, shares)], by, deposit.by, at)
    deposit.line = line
    deposit.save(update_fields=["line"])
    _told(deposit, "cash.settled", by, at)
    return deposit


def _fits(deposit: CashDeposit, line: Line) -> bool:
    last = deposit.on + timedelta(days=house(name="deposit_days"))
    same = line.statement.account_id == deposit.account_id and line.amount == deposit.amount
    return same and deposit.on <= line.day <= last


def _open(deposit: CashDeposit) -> CashDeposit:
    found = CashDeposit.objects.select_for_update(of=("self",)).get(pk=deposit.pk)
    if found.line_id or found.withdrawn_at:
        raise CashRefused(_("This deposit is confirmed by the bank or taken back already."))
    return found


def _may(account: SupervisedAccount, by: Person) -> None:
    if not can_collect(person=by, account=account):
        raise CashRefused(_("You may not deal with cash of this account."))


def _may_take(account: SupervisedAccount, by: Person) -> None:
    _may(account, by)
    if not can_take_cash(person=by, account=account):
        raise CashRefused(_("The agreement of this account allows no cash."))


def _tell(cash: Cash, verb: str, by: Person, at: datetime) -> None:
    record(
        thread=cash.account.thread, verb=verb, by=by.token, subject=cash.account.token, at=at,
        public={"account": cash.account.code, "receipt": cash.token, "number": cash.number,
                "amount": cash.amount or 0},
        private={"book": cash.book, "reason": cash.void_reason},
    )  # fmt: skip


def _told(deposit: CashDeposit, verb: str, by: Person, at: datetime) -> None:
    record(
        thread=deposit.account.thread, verb=verb, by=by.token, subject=deposit.account.token,
        at=at,
        public={"account": deposit.account.code, "deposit": deposit.token,
                "amount": deposit.amount, "count": deposit.receipts.count()},
        private={"slip": deposit.slip, "reason": deposit.reason},
    )  # fmt: skip
