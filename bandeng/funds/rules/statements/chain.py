"""The proof that a file was understood: opening + every line = closing, balance by balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bandeng.funds.rules.statements.model import Code, Declared, Found, Line, Problem, Raw


@dataclass(frozen=True)
class Chain:
    """Lines in one order, with the balances that follow, and the places where they do not."""

    lines: Sequence[Raw]
    opening: int
    balances: tuple[int, ...]
    breaks: tuple[int, ...]  # positions whose stated balance differs
    backwards: int  # how often the days or times go back


def prove(*, found: Found, swapped: bool = False) -> tuple[int, tuple[Line, ...]]:
    """Put the lines in the account's order and check every balance; what differs is told.

    Returns: the opening balance in fen, and the lines.
    """
    lines = [_swapped(raw) for raw in found.lines] if swapped else found.lines
    best = _best(lines, found.declared, believe=found.chained)
    if best is None:
        found.say(Problem(Code.NO_BALANCE))
        return 0, ()
    if best.breaks:
        _tell_breaks(best, found)
    _compare(best, found)
    return best.opening, tuple(_line(n, best) for n in range(len(best.lines)))


def _best(lines: Sequence[Raw], declared: Declared, *, believe: bool) -> Chain | None:
    """Give the order with the fewest breaks; of equals the one whose days go forward."""
    tried = [_follow(order, declared, believe=believe) for order in (lines, lines[::-1])]
    chains = [chain for chain in tried if chain]
    return min(chains, key=lambda chain: (len(chain.breaks), chain.backwards), default=None)


def _follow(lines: Sequence[Raw], declared: Declared, *, believe: bool) -> Chain | None:
    opening = _opening(lines, declared, believe=believe)
    if opening is None:
        return None
    balance, balances, breaks = opening, [], []
    for position, raw in enumerate(lines):
        balance += raw.amount
        if believe and raw.balance is not None and raw.balance != balance:
            breaks.append(position)
            balance = raw.balance
        balances.append(balance)
    moments = [(raw.on, raw.at.timestamp() if raw.at else 0.0) for raw in lines]
    backwards = sum(later < earlier for earlier, later in pairwise(moments))
    return Chain(lines, opening, tuple(balances), tuple(breaks), backwards)


def _opening(lines: Sequence[Raw], declared: Declared, *, believe: bool) -> int | None:
    if declared.opening is not None:
        return declared.opening
    total = 0
    for raw in lines if believe else ():
        total += raw.amount
        if raw.balance is not None:
            return raw.balance - total
    whole = sum(raw.amount for raw in lines)
    if not believe and lines and lines[-1].balance is not None:
        return lines[-1].balance - whole
    return None if declared.closing is None else declared.closing - whole


def _tell_breaks(chain: Chain, found: Found) -> None:
    """Name each row whose balance does not follow, or say that in and out are exchanged."""
    swapped = _best([_swapped(raw) for raw in chain.lines], found.declared, believe=found.chained)
    if len(chain.lines) > 1 and swapped and not swapped.breaks:
        found.say(Problem(Code.SIDES_SWAPPED))
        return
    for position in chain.breaks:
        before = chain.balances[position - 1] if position else chain.opening
        raw = chain.lines[position]
        stated, follows = written(fen=raw.balance or 0), written(fen=before + raw.amount)
        found.say(Problem(Code.BALANCE_BROKEN, "", raw.row, "", stated, follows))


def _compare(chain: Chain, found: Found) -> None:
    """Hold what the file says of the whole against what its lines say."""
    declared = found.declared
    closing = chain.balances[-1] if chain.balances else chain.opening
    first = chain.opening
    money_in = sum(raw.amount for raw in chain.lines if raw.amount > 0)
    money_out = -sum(raw.amount for raw in chain.lines if raw.amount < 0)
    both = declared.money_in is not None and declared.money_out is not None
    net = (declared.money_in or 0) - (declared.money_out or 0)
    checks = (
        (Code.OPENING_DIFFERS, declared.opening, first, True),
        (Code.CLOSING_DIFFERS, declared.closing, closing, True),
        # A red reversal stands in one bank's sum as a minus in, in another's as an out.
        (Code.TOTAL_DIFFERS, net, money_in - money_out, both),
    )
    for code, said, is_, holds in checks:
        if holds and said is not None and said != is_:
            found.say(Problem(code, value=written(fen=said), expected=written(fen=is_)))
    passed = sum(note.code is Code.NO_MOVEMENT for note in found.notes)
    if declared.count not in (None, len(chain.lines), len(chain.lines) + passed):
        found.say(
            Problem(Code.COUNT_DIFFERS, "", 0, "", str(declared.count), str(len(chain.lines)))
        )


def _line(position: int, chain: Chain) -> Line:
    raw = chain.lines[position]
    return Line(
        n=position + 1,
        on=raw.on,
        at=raw.at,
        amount=raw.amount,
        balance_after=chain.balances[position],
        bank_ref=raw.bank_ref,
        counterparty=raw.counterparty,
        counterparty_account=raw.counterparty_account,
        memo=raw.memo,
        kind=raw.kind,
        row=raw.row,
    )


def _swapped(raw: Raw) -> Raw:
    return Raw(
        raw.row, raw.on, raw.at, -raw.amount, raw.balance, raw.bank_ref, raw.counterparty,
        raw.counterparty_account, raw.memo, raw.kind,
    )  # fmt: skip


def written(*, fen: int) -> str:
    """Write a sum as it stands in a statement: 1234.56."""
    sign, whole = "-" if fen < 0 else "", abs(fen)
    return f"{sign}{whole // 100}.{whole % 100:02}"
