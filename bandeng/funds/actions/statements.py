"""Bank statements: taken in whole, every line booked at once, nothing guessed about its home."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import Move, _alone, _post, _reverse
from bandeng.funds.actions._lines import _keyed, _line, _unmatching
from bandeng.funds.actions._notices import _tell_bounce
from bandeng.funds.actions.bills import _settle_bills
from bandeng.funds.models import (
    BANK,
    Chart,
    LedgerAccount,
    Line,
    Phase,
    Statement,
    SupervisedAccount,
    Transfer,
    held_lines,
    orders_at_bank,
    orders_paid,
)
from bandeng.funds.permissions import can_collect
from bandeng.funds.rules import outgoing
from bandeng.funds.rules.statements import Fit, align
from bandeng.funds.rules.statements import Line as Told
from bandeng.funds.rules.statements import Statement as Parsed
from bandeng.funds.rules.statements.words import FLOWS, TRADES
from bandeng.kit.act import action
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
    if statement.profile in TRADES | FLOWS:
        raise StatementRefused(_("This is a payment service's list, not the bank's statement."))
    _alone(account=account)
    before = account.statements.filter(channel=BANK).order_by("-pk").first()
    lines = _new_lines(account, before, statement)
    if not lines:
        return before or _nothing()
    parts = _parted(lines, account)
    kept = Statement.objects.create(
        account=account, before=before, opening=before.closing if before else 0,
        closing=lines[-1].balance_after, since_on=lines[0].on, until_on=lines[-1].on,
        count=len(parts), profile=statement.profile, file_name=file_name, content=content,
        sha256=statement.sha256, at=at,
    )  # fmt: skip
    booked = Line.objects.bulk_create(
        _line(kept, replace(part.told, n=n), part_of=part.of)
        for n, part in enumerate(parts, start=1)
    )
    _book(account, list(zip(booked, parts, strict=True)), by, at)
    _tell(kept, by, at)
    _settle_bills(account=account, by=by, at=at)
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
    found = align(held=held_lines(account=account), new=statement)
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


def _parted(lines: Sequence[Told], account: SupervisedAccount) -> list["_Part"]:
    """Say which order each line carried out; a sum for several orders becomes a line for each."""
    found = outgoing.executions(lines=lines, sent=orders_at_bank(account=account))
    orders = {id(each.line): each.sent for each in found}
    parts: list[_Part] = []
    for line in lines:
        balance, mine = line.balance_after - line.amount, orders.get(id(line), ())
        for order in mine if len(mine) > 1 else ():
            balance -= order.amount
            part = replace(line, amount=-order.amount, balance_after=balance)
            parts.append(_Part(part, order, line.n))
        if len(mine) < 2:
            parts.append(_Part(line, mine[0] if mine else None, None))
    return parts


@dataclass(frozen=True)
class _Part:
    """A line as the books keep it, the order that it carried out, the bank's line it is part of."""

    told: Told
    order: outgoing.Sent | None
    of: int | None


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"


@dataclass
class _Books:
    """What lines are booked against; what an earlier line of the statement took is gone."""

    account: SupervisedAccount
    chart: dict[str, LedgerAccount]
    purpose: LedgerAccount
    free: int  # fen, on the purpose
    returned: list[int]

    def take(self, amount: int) -> bool:
        """Tell whether the purpose has so much, and take it."""
        enough = amount <= self.free
        self.free -= amount if enough else 0
        return enough


def _book(
    account: SupervisedAccount, parts: Sequence[tuple[Line, _Part]], by: Person, at: datetime
) -> None:
    """Post a move for every line, in the lines' order, so that the bank never falls below zero."""
    chart = {a.chart: a for a in account.ledger_accounts.exclude(chart=Chart.RECEIVABLE)}
    purpose = account.ledger_accounts.get(code=account.purpose_code())
    books = _Books(account, chart, purpose, purpose.balance.free, [])
    moves: list[Move] = []
    for line, part in parts:
        if line.amount > 0 and not outgoing.is_return(line=part.told):
            received = Move(chart[Chart.BANK], chart[Chart.SUSPENSE], line.amount, "")
            moves.append(_keyed(received, line, at))
            continue
        _post(moves=moves, at=at)  # what comes back may have moved with this very statement
        *first, last = (
            _back(part.told, books, by, at) if line.amount > 0 else _out(line, part, books)
        )
        moves = [*first, _keyed(last, line, at)]
    _post(moves=moves, at=at)


def _back(told: Told, books: _Books, by: Person, at: datetime) -> list[Move]:
    """Free an order's money that the payee's bank sent back; what cannot be placed is a receipt."""
    paid = orders_paid(account=books.account, amount=told.amount)
    order = outgoing.came_back(line=told, sent=paid)
    if order is None:
        return [Move(books.chart[Chart.BANK], books.chart[Chart.SUSPENSE], told.amount, "")]
    settled = Transfer.objects.select_related("order__thread").get(pk=order.number)
    _tell_bounced(settled, by, at)
    books.free += told.amount if settled.debit_id == books.purpose.pk else 0
    return [_reverse(transfer=settled)]


def _out(line: Line, part: _Part, books: _Books) -> list[Move]:
    """Say what money that left the bank was: an order, a returned payment, a fee, or unexplained.

    Returns: what must be undone before, then the bank's own move.
    """
    amount = -line.amount
    if part.order is not None:
        hold = Transfer.objects.get(pk=part.order.number)
        return [Move(hold.debit, hold.credit, amount, f"settle:{part.order.order}", Phase.SETTLE,
                     hold.number, order=hold.order_id)]  # fmt: skip
    returned = _returned(line, part.told, books)
    if returned is not None and returned.line is not None:
        undone = _unmatching(returned.line)
        if books.take(sum(move.amount for move in undone if move.debit == books.purpose)):
            books.returned.append(returned.number)
            return [*undone, _reverse(transfer=returned)]
    bank = books.chart[Chart.BANK]
    fee_limit = books.account.policy().rules["fee_limit"]
    if outgoing.is_fee(line=part.told) and amount <= fee_limit and books.take(amount):
        return [Move(books.purpose, bank, amount, "")]
    return [Move(books.chart[Chart.UNEXPLAINED], bank, amount, "")]


def _returned(line: Line, told: Told, books: _Books) -> Transfer | None:
    """Find the receipt that the bank takes back: same sum, same counterparty, the latest."""
    if not outgoing.is_return(line=told):
        return None
    receipts = Transfer.objects.filter(
        line__statement__account=books.account, line__amount=-line.amount, reversal=None,
        line__payer_key=line.payer_key, phase=Phase.POST, line__settlement=None,
        line__statement__channel=BANK,
    )  # fmt: skip
    return receipts.exclude(pk__in=books.returned).order_by("-number").first()


def _tell_bounced(settled: Transfer, by: Person, at: datetime) -> None:
    order = settled.order
    if order is not None:
        record(
            thread=order.thread, verb="order.bounced", by=by.token, subject=order.token, at=at,
            public={"order": order.token, "transfer": settled.number},
        )  # fmt: skip
        _tell_bounce(order, by, at)


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
