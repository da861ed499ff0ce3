"""How lines are kept and booked, whether a bank's or a payment service's."""

from datetime import datetime

from bandeng.funds.actions._ledger import Move, _reverse
from bandeng.funds.models import Allocation, Line, Statement
from bandeng.funds.rules.statements import Line as Told
from bandeng.kit.crypto import keyed_hash


def _line(statement: Statement, told: Told, **more: object) -> Line:
    payer = told.counterparty_account
    return Line(
        statement=statement, n=told.n, day=told.on, amount=told.amount,
        balance_after=told.balance_after, bank_ref=told.bank_ref, counterparty=told.counterparty,
        counterparty_account=payer, kind=told.kind.value,
        payer_key=keyed_hash(text=payer, context="payer") if payer else None, memo=told.memo,
        **more,
    )  # fmt: skip


def _keyed(move: Move, line: Line, at: datetime) -> Move:
    key = move.key or f"line:{line.token}"
    return Move(
        move.debit, move.credit, move.amount, key, move.phase, move.hold, move.reverses,
        move.order, line.pk, min(line.noon(), at),
    )  # fmt: skip


def _unmatching(line: Line) -> list[Move]:
    """Give the moves that take the matches of a receipt back."""
    standing = Allocation.objects.filter(line=line, paid__reversal=None)
    return [_reverse(transfer=t) for each in standing for t in (each.paid, each.gained)]
