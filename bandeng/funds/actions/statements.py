"""Bank statements: taken in whole, every line booked at once, nothing guessed about its home."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import Move, _alone, _post, _reverse
from bandeng.funds.models import (
    Allocation,
    Chart,
    LedgerAccount,
    Line,
    Phase,
    Statement,
    SupervisedAccount,
    Transfer,
)
from bandeng.funds.permissions import can_collect
from bandeng.funds.rules import outgoing
from bandeng.funds.rules.statements import Fit, Held, align
from bandeng.funds.rules.statements import Line as Told
from bandeng.funds.rules.statements import Statement as Parsed
from bandeng.kit.act import action
from bandeng.kit.crypto import keyed_hash
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record


class StatementRefused(Refused):
    """The statement does not fit what is already in the books."""


@action
def take_statement(
    *,
    account: SupervisedAccount,
    statement: Parsed,
    content: bytes,
    file_name: str,
    by: Person,
    at: datetime,
) -> Statement:
    """Take a statement in and book its lines: receipts to suspense, payments to their orders.

    What overlaps with lines taken in before is left out; a file that brings nothing new gives
    the last statement.

    Raises:
        StatementRefused: a gap, or other lines than before; the sentence says which.
    """
    if not can_collect(person=by, account=account):
        raise StatementRefused(_("You may not take statements in for this account."))
    _alone(account=account)
    before = account.statements.order_by("-pk").first()
    lines = _new_lines(account, before, statement)
    if not lines:
        return before or _nothing()
    kept = Statement.objects.create(
        account=account, before=before, opening=before.closing if before else 0,
        closing=lines[-1].balance_after, since_on=lines[0].on, until_on=lines[-1].on,
        count=len(lines), profile=statement.profile, file_name=file_name, content=content,
        sha256=statement.sha256, at=at,
    )  # fmt: skip
    _book(account, Line.objects.bulk_create([_line(kept, told) for told in _numbered(lines)]), at)
    _tell(kept, by, at)
    return kept


def _nothing() -> NoReturn:
    raise StatementRefused(_("This statement has no lines."))


def _new_lines(
    account: SupervisedAccount, before: Statement | None, statement: Parsed
) -> Sequence[Told]:
    """Give what the books do not hold yet: aligned on sums and balances, not on numbers."""
    if before is None and statement.opening:
        raise StatementRefused(
            _("The first statement of a supervised account begins with nothing on it.")
        )
    rows = Line.objects.filter(statement__account=account).order_by("statement", "n")
    held = [Held(*row) for row in rows.values_list("day", "amount", "balance_after")]
    found = align(held=held, new=statement)
    if found.fit == Fit.GAP:
        sentence = _(
            "Between %(since)s and %(until)s something is missing: %(sum)s yuan moved that "
            "neither the books nor this file show."
        )
        said = {"since": found.gap_since, "until": found.gap_until, "sum": _yuan(found.gap_sum)}
        raise StatementRefused(sentence % said)
    if found.is_refused:
        raise StatementRefused(_("This file says otherwise than the statements taken in before."))
    if found.fit == Fit.EARLIER:
        raise StatementRefused(_("This file begins before the first statement of the account."))
    return found.after


def _numbered(lines: Sequence[Told]) -> list[Told]:
    return [replace(line, n=n) for n, line in enumerate(lines, start=1)]


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"


def _line(statement: Statement, told: Told) -> Line:
    payer = told.counterparty_account
    return Line(
        statement=statement, n=told.n, day=told.on, amount=told.amount,
        balance_after=told.balance_after, bank_ref=told.bank_ref, counterparty=told.counterparty,
        counterparty_account=payer,
        payer_key=keyed_hash(text=payer, context="payer") if payer else None, memo=told.memo,
    )  # fmt: skip


@dataclass
class _Books:
    """What lines are booked against; what an earlier line of the statement took is gone."""

    account: SupervisedAccount
    chart: dict[str, LedgerAccount]
    purpose: LedgerAccount
    held: list[outgoing.Held]
    free: int  # fen, on the purpose
    returned: list[int]

    def take(self, amount: int) -> bool:
        """Tell whether the purpose has so much, and take it."""
        enough = amount <= self.free
        self.free -= amount if enough else 0
        return enough


def _book(account: SupervisedAccount, lines: Sequence[Line], at: datetime) -> None:
    """Post a move for every line, in the lines' order, so that the bank never falls below zero."""
    chart = {a.chart: a for a in account.ledger_accounts.exclude(chart=Chart.RECEIVABLE)}
    purpose = account.ledger_accounts.get(code=account.purpose_code())
    books = _Books(account, chart, purpose, _held_orders(account), purpose.balance.free, [])
    moves: list[Move] = []
    for line in lines:
        if line.amount > 0:
            received = Move(chart[Chart.BANK], chart[Chart.SUSPENSE], line.amount, "")
            moves.append(_keyed(received, line, at))
            continue
        _post(moves=moves, at=at)  # what comes back may have come in with this very statement
        *first, last = _out(line, books)
        moves = [*first, _keyed(last, line, at)]
    _post(moves=moves, at=at)


def _keyed(move: Move, line: Line, at: datetime) -> Move:
    key = move.key or f"line:{line.token}"
    return Move(
        move.debit, move.credit, move.amount, key, move.phase, move.hold, move.reverses,
        move.order, line.pk, min(line.noon(), at),
    )  # fmt: skip


def _held_orders(account: SupervisedAccount) -> list[outgoing.Held]:
    holds = Transfer.objects.filter(phase=Phase.HOLD, resolution=None)
    orders = account.orders.filter(transfers__in=holds).select_related("terms_kept")
    return [
        outgoing.held(
            number=order.transfers.get(phase=Phase.HOLD).number, amount=order.amount or 0,
            order=order.token, terms=bytes(order.terms_kept.private),
        )
        for order in orders
    ]  # fmt: skip


def _out(line: Line, books: _Books) -> list[Move]:
    """Say what money that left the bank was: an order, a returned payment, a fee, or unexplained.

    Returns: what must be undone before, then the bank's own move.
    """
    amount = -line.amount
    said = outgoing.Out(
        amount=amount, memo=line.memo or "", payee=line.counterparty or "",
        payee_account=line.counterparty_account or "",
    )  # fmt: skip
    order = outgoing.fitting(out=said, held=books.held)
    if order is not None:
        books.held.remove(order)
        hold = Transfer.objects.get(pk=order.number)
        return [Move(hold.debit, hold.credit, amount, f"settle:{order.order}", Phase.SETTLE,
                     hold.number, order=hold.order_id)]  # fmt: skip
    returned = _returned(line, said, books)
    if returned is not None:
        undone = _unmatching(returned)
        if books.take(sum(move.amount for move in undone if move.debit == books.purpose)):
            books.returned.append(returned.number)
            return [*undone, _reverse(transfer=returned)]
    bank = books.chart[Chart.BANK]
    fee_limit = books.account.policy().rules["fee_limit"]
    if outgoing.is_fee(out=said) and amount <= fee_limit and books.take(amount):
        return [Move(books.purpose, bank, amount, "")]
    return [Move(books.chart[Chart.UNEXPLAINED], bank, amount, "")]


def _returned(line: Line, out: outgoing.Out, books: _Books) -> Transfer | None:
    """Find the receipt that the bank takes back: same sum, same counterparty, the latest."""
    if not outgoing.is_return(out=out):
        return None
    receipts = Transfer.objects.filter(
        line__statement__account=books.account, line__amount=out.amount, reversal=None,
        line__payer_key=line.payer_key, phase=Phase.POST,
    )  # fmt: skip
    return receipts.exclude(pk__in=books.returned).order_by("-number").first()


def _unmatching(receipt: Transfer) -> list[Move]:
    """Give the moves that take a returned receipt's matches back."""
    standing = Allocation.objects.filter(line=receipt.line, paid__reversal=None)
    return [_reverse(transfer=t) for each in standing for t in (each.paid, each.gained)]


def _tell(statement: Statement, by: Person, at: datetime) -> None:
    account = statement.account
    record(
        thread=account.thread, verb="statement.read", by=by.token, subject=statement.token, at=at,
        public={
            "account": account.code, "opening": statement.opening, "closing": statement.closing,
            "since": statement.since_on, "until": statement.until_on, "lines": statement.count,
            "file": bytes(statement.sha256).hex(),
        },
    )  # fmt: skip
