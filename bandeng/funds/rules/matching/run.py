"""Many lines decided together.

What went back is set apart first. Then rule by rule, the strongest first, so that a weak hint
never takes what a strong one claims; and where two payers claim one home by the same rule,
the one ahead by the margin has it, or both are asked. This replaces an assignment over all
lines: a home that is left over because others took theirs is no evidence, so a choice that
needs other choices to be right would not be booked anyway.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bandeng.funds.rules.matching import evidence, judge
from bandeng.funds.rules.matching.book import Book
from bandeng.funds.rules.matching.judge import MARGIN, Claim, Line
from bandeng.funds.rules.matching.model import (
    Automatic,
    Bounced,
    Decision,
    Key,
    Payment,
    Queue,
    Returned,
    Rule,
    Why,
)

RETURN_DAYS = 30  # within which a bank sends a payment back
TWICE_DAYS = 92  # within which the same sum from the same account looks like the same payment


def match(
    *, payments: Sequence[Payment], book: Book, past: Iterable[Payment] = ()
) -> dict[Key, Decision]:
    """Decide every line: booked, returned, bounced, or a question with its candidates.

    `past` are earlier lines in which a returned or doubled payment may be found. The book
    is paid off on the way: use a fresh one for each run.

    Returns: a decision for each payment, by its key.
    """
    ordered = sorted(payments, key=lambda payment: payment.on)
    earlier = [*past]
    decided = _returns(ordered, earlier)
    decided |= _others(p for p in ordered if p.key not in decided)
    lines = [_line(p, book) for p in ordered if p.key not in decided]
    rivals: set[Key] = set()
    for rule in Rule:
        waiting = [line for line in lines if line.payment.key not in decided]
        for automatic in _pass(waiting, book, rule, rivals):
            decided[automatic.payment.key] = automatic
    seen = _Seen(earlier + ordered)
    for line in lines:
        if line.payment.key not in decided:
            decided[line.payment.key] = _question(line, book, seen, rivals)
    return decided


def _line(payment: Payment, book: Book) -> Line:
    said = evidence.said_by(payment=payment)
    hints = book.hints(said=said, account=payment.account)
    return Line(payment, said, {key: frozenset(reasons) for key, reasons in hints.items()})


def _pass(lines: list[Line], book: Book, rule: Rule, rivals: set[Key]) -> list[Automatic]:
    """Book what one rule is certain of; by reference at once, by others after their rivals."""
    booked: list[Automatic] = []
    claims: list[Claim] = []
    for line in lines:
        found = judge.claim(line=line, book=book, rule=rule)
        if found and rule is Rule.REFERENCE:
            booked.append(_book(found, book))
        elif found:
            claims.append(found)
    contested = _contested(claims)
    for each in claims:
        if id(each) in contested:
            rivals.add(each.line.payment.key)
            continue
        still = judge.claim(line=each.line, book=book, rule=rule)
        if still:
            booked.append(_book(still, book))
    return booked


def _book(claim: Claim, book: Book) -> Automatic:
    best = claim.best
    book.pay(best.allocations)
    return Automatic(
        claim.line.payment, claim.rule, best.homes, best.allocations, best.reasons, best.rest
    )


def _contested(claims: list[Claim]) -> set[int]:
    """Give the claims that lose, or that nobody wins, because another payer wants the same dues."""
    by_due: dict[Key, list[Claim]] = defaultdict(list)
    for each in claims:
        for allocation in each.best.allocations:
            by_due[allocation.due].append(each)
    lost: set[int] = set()
    for rivals in by_due.values():
        if len({_payer(rival) for rival in rivals}) > 1:
            best = max(rival.best.score for rival in rivals)
            second = sorted(rival.best.score for rival in rivals)[-2]
            winner = best if best - second >= MARGIN else None
            lost |= {id(rival) for rival in rivals if rival.best.score != winner}
    return lost


def _payer(claim: Claim) -> str:
    payment = claim.line.payment
    return payment.account or payment.payer or str(payment.key)


def _question(line: Line, book: Book, seen: "_Seen", rivals: set[Key]) -> Queue:
    why, shown = judge.why(line=line, book=book)
    if why in (Why.NOTHING_OPEN, Why.CONFLICT, Why.AMOUNT_UNFIT) and seen.twice(line.payment):
        why = Why.DUPLICATE
    elif line.payment.key in rivals and any(candidate.fits for candidate in shown):
        why = Why.RIVALS
    return Queue(line.payment, why, shown)


def _others(payments: Iterable[Payment]) -> dict[Key, Decision]:
    """Set apart what is no payment of a household."""
    return {p.key: Queue(p, kind) for p in payments if (kind := _kind(p))}


def _kind(payment: Payment) -> Why | None:
    if payment.amount <= 0:
        if evidence.is_return(payment=payment):
            return Why.RETURN_UNCLEAR
        return Why.BANK_FEE if evidence.is_fee(payment=payment) else Why.OUTGOING
    if evidence.is_return(payment=payment):
        return Why.CAME_BACK
    if evidence.is_lump_sum(payment=payment):
        return Why.LUMP_SUM
    return Why.INTEREST if evidence.is_interest(payment=payment) else None


def _returns(ordered: Sequence[Payment], past: Sequence[Payment]) -> dict[Key, Decision]:
    """Find the payment that each return undoes: same payer, same sum, shortly before, only one."""
    came_in: dict[tuple[str, int], list[Payment]] = defaultdict(list)
    for payment in sorted((*past, *ordered), key=lambda payment: payment.on):
        if payment.amount > 0:
            came_in[payment.account or payment.payer, payment.amount].append(payment)
    old = {payment.key for payment in past}
    decided: dict[Key, Decision] = {}
    for back in ordered:
        if back.amount < 0 and evidence.is_return(payment=back):
            known = came_in[back.account or back.payer, -back.amount]
            fitting = [p for p in known if timedelta() <= back.on - p.on <= timedelta(RETURN_DAYS)]
            if len(fitting) == 1 and (back.account or back.payer):
                known.remove(fitting[0])
                decided[back.key] = Returned(back, fitting[0].key)
                if fitting[0].key not in old:
                    decided[fitting[0].key] = Bounced(fitting[0], back.key)
    return decided


class _Seen:
    """Earlier payments of the same sum from the same account."""

    def __init__(self, payments: Iterable[Payment]) -> None:
        self._days: dict[tuple[str, int], list[Payment]] = defaultdict(list)
        for payment in payments:
            self._days[payment.account or payment.payer, payment.amount].append(payment)

    def twice(self, payment: Payment) -> bool:
        """Tell whether the same came from the same account shortly before."""
        if not (payment.account or payment.payer):
            return False
        same = self._days[payment.account or payment.payer, payment.amount]
        return any(
            other.key != payment.key
            and timedelta() <= payment.on - other.on <= timedelta(TWICE_DAYS)
            for other in same
        )
