"""Bank statements: taken in whole, every line booked at once, nothing guessed about its home."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import Move, _post, _reverse
from bandeng.funds.models import (
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
from bandeng.funds.rules.statements import Statement as Parsed
from bandeng.kit.act import action
from bandeng.kit.crypto import keyed_hash
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record

NOON, HERE = time(12), ZoneInfo("Asia/Shanghai")


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

    The same file again gives the first. It must go on exactly where the last one ended.

    Raises:
        StatementRefused: a gap or an overlap; the sentence says with which sums and days.
    """
    if not can_collect(person=by, account=account):
        raise StatementRefused(_("You may not take statements in for this account."))
    SupervisedAccount.objects.select_for_update().get(pk=account.pk)
    known = account.statements.filter(sha256=statement.sha256).first()
    if known:
        return known
    before = account.statements.order_by("-pk").first()
    _goes_on(before, statement)
    kept = Statement.objects.create(
        account=account, before=before, opening=statement.opening, closing=statement.closing,
        since_on=statement.since, until_on=statement.until, count=len(statement.lines),
        profile=statement.profile, file_name=file_name, content=content,
        sha256=statement.sha256, at=at,
    )  # fmt: skip
    lines = Line.objects.bulk_create([_line(kept, told) for told in statement.lines])
    _book(account, lines, at)
    _tell(kept, by, at)
    return kept


def _goes_on(before: Statement | None, now: Parsed) -> None:
    if before is None:
        if now.opening:
            raise StatementRefused(
                _("The first statement of a supervised account begins with nothing on it.")
            )
        return
    if now.opening != before.closing:
        sentence = _(
            "This statement begins with %(opening)s yuan, the last one ended on %(day)s with "
            "%(closing)s yuan: something is missing between them."
        )
        said = {"opening": _yuan(now.opening), "closing": _yuan(before.closing)}
        raise StatementRefused(sentence % (said | {"day": before.until_on}))


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"


def _line(statement: Statement, told: Any) -> Line:
    payer = told.counterparty_account
    return Line(
        statement=statement, n=told.n, day=told.on, amount=told.amount,
        balance_after=told.balance_after, bank_ref=told.bank_ref, counterparty=told.counterparty,
        counterparty_account=payer,
        payer_key=keyed_hash(text=payer, context="payer") if payer else None, memo=told.memo,
    )  # fmt: skip


def _book(account: SupervisedAccount, lines: Sequence[Line], at: datetime) -> None:
    """Post a move for every line, in the lines' order, so that the bank never falls below zero."""
    books = {a.chart: a for a in account.ledger_accounts.exclude(chart=Chart.RECEIVABLE)}
    purpose = account.ledger_accounts.get(code=account.purpose_code())
    open_orders = _held_orders(account)
    moves = []
    for line in lines:
        if line.amount > 0:
            move = Move(books[Chart.BANK], books[Chart.SUSPENSE], line.amount, "")
        else:
            move = _out(account, line, books, purpose, open_orders)
        moves.append(_keyed(move, line, at))
    _post(moves=moves, at=at)


def _keyed(move: Move, line: Line, at: datetime) -> Move:
    key = move.key or f"line:{line.token}"
    return Move(
        move.debit, move.credit, move.amount, key, move.phase, move.hold, move.reverses,
        move.order, line.pk, min(_noon(line), at),
    )  # fmt: skip


def _noon(line: Line) -> datetime:
    return datetime.combine(line.day, NOON, HERE).astimezone(UTC)


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


def _out(
    account: SupervisedAccount,
    line: Line,
    books: dict[str, LedgerAccount],
    purpose: LedgerAccount,
    held: list[outgoing.Held],
) -> Move:
    """Say what money that left the bank was: an order, a returned payment, a fee, or unexplained."""
    amount = -line.amount
    said = outgoing.Out(
        amount=amount, memo=line.memo or "", payee=line.counterparty or "",
        payee_account=line.counterparty_account or "",
    )  # fmt: skip
    order = outgoing.fitting(out=said, held=held)
    if order is not None:
        held.remove(order)
        hold = Transfer.objects.get(pk=order.number)
        return Move(hold.debit, hold.credit, amount, f"settle:{order.order}", Phase.SETTLE,
                    hold.number, order=hold.order_id)  # fmt: skip
    returned = _returned(account, line, said)
    if returned is not None:
        return _reverse(transfer=returned)
    fee_limit = account.policy().rules["fee_limit"]
    if outgoing.is_fee(out=said) and amount <= fee_limit:
        return Move(purpose, books[Chart.BANK], amount, "")
    return Move(books[Chart.UNEXPLAINED], books[Chart.BANK], amount, "")


def _returned(account: SupervisedAccount, line: Line, out: outgoing.Out) -> Transfer | None:
    """Find the unmatched receipt that the bank takes back: same sum, same counterparty."""
    if not outgoing.is_return(out=out):
        return None
    receipts = Transfer.objects.filter(
        line__statement__account=account, line__amount=out.amount, reversal=None,
        line__payer_key=line.payer_key, line__allocations=None, phase=Phase.POST,
    )  # fmt: skip
    return receipts.order_by("-number").first()


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
