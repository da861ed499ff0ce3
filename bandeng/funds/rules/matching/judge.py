"""One line weighed: what points where, whether the sum fits, whether anything speaks against it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bandeng.funds.rules.matching.book import Book
from bandeng.funds.rules.matching.evidence import Said
from bandeng.funds.rules.matching.model import (
    Allocation,
    Candidate,
    Due,
    Key,
    Payment,
    Reason,
    Rule,
    Why,
)
from bandeng.funds.rules.matching.sums import exact, oldest_first

WEIGHTS = {
    Reason.REFERENCE: 100,
    Reason.ACCOUNT: 60,
    Reason.ROOM: 50,
    Reason.NAME: 40,
    Reason.NAMED: 40,
    Reason.PAIR: 25,
    Reason.AGENT: 10,
    Reason.TYPO: 25,
    Reason.SIMILAR: 12,
    Reason.BARE: 10,
    Reason.FITS: 30,
    Reason.PART: 2,
    Reason.OVER: 1,
}
MARGIN = 25  # by which the best home must lead the next; less is a question
STRONG = 70  # a hint that would be enough alone, with a sum that fits
RARE = 0.05  # bearers by chance of a name that books; a commoner one only points
SHOWN = 8  # candidates of one line
JOINT = 6  # homes of one payment; more are told apart by a person
RULES = {  # what each rule needs of a home; any one set is enough
    Rule.REFERENCE: ({Reason.REFERENCE},),
    Rule.ACCOUNT: ({Reason.ACCOUNT},),
    Rule.ROOM: ({Reason.ROOM}, {Reason.PAIR, Reason.NAME}, {Reason.PAIR, Reason.NAMED}),
    Rule.NAME: ({Reason.NAME}, {Reason.NAMED}),
}
DESIGNATES = {Reason.REFERENCE, Reason.ROOM}


@dataclass(frozen=True, slots=True)
class Line:
    """A payment with what it says and every home that this points at."""

    payment: Payment
    said: Said
    hints: dict[Key, frozenset[Reason]]


@dataclass(frozen=True, slots=True)
class Claim:
    """A line that is certain of its homes, unless another is more so."""

    line: Line
    rule: Rule
    best: Candidate


def candidates(*, line: Line, book: Book) -> list[Candidate]:
    """Give every home, and every several homes, that a line may pay; the likeliest first."""
    single = [_candidate(line, book, (key,)) for key in line.hints]
    joint = [_candidate(line, book, keys) for keys in _together(line)]
    found = [*single, *(each for each in joint if each.fits)]
    return sorted(found, key=lambda c: (-c.score, len(c.homes), str(c.homes)))


def _together(line: Line) -> Iterator[tuple[Key, ...]]:
    """Give the homes that one payment may mean together: by references, rooms, account, owner."""
    for reason in (Reason.REFERENCE, Reason.ROOM, Reason.ACCOUNT, Reason.NAME):
        keys = [key for key, reasons in line.hints.items() if reason in reasons]
        if 1 < len(keys) <= JOINT:
            yield tuple(sorted(keys, key=str))


def _candidate(line: Line, book: Book, homes: tuple[Key, ...]) -> Candidate:
    reasons = set(frozenset.intersection(*(line.hints[key] for key in homes)))
    dues = [due for key in homes for due in book.open_at(key)]
    steps = book.steps(homes[0]) if len(homes) == 1 else set()
    allocations, rest, how = _fit(line.payment.amount, dues, steps, joint=len(homes) > 1)
    reasons |= {how} if how else set()
    score = sum(WEIGHTS[reason] for reason in reasons)
    return Candidate(homes, score, tuple(sorted(reasons)), allocations, rest)


def _fit(
    amount: int, dues: list[Due], steps: Collection[int], *, joint: bool
) -> tuple[tuple[Allocation, ...], int, Reason | None]:
    """Fit a sum: exactly the whole or one choice of dues, else the oldest first as a proposal.

    What ends with an instalment of the home's plan (`steps`) fits too, and pays the oldest first.
    """
    if joint:
        whole = amount == sum(due.open for due in dues) and bool(dues)
        return (exact(amount=amount, dues=dues), 0, Reason.FITS) if whole else ((), amount, None)
    free = [due for due in dues if not due.contested]
    for choice in (dues, free):
        total = sum(due.open for due in choice)
        if choice and (amount == total or (choice is free and amount < total)):
            if found := exact(amount=amount, dues=choice):
                return found, 0, Reason.FITS
    allocations, rest = oldest_first(amount=amount, dues=free)
    if not allocations:
        return (), amount, None
    if amount in steps and not rest:
        return allocations, 0, Reason.FITS
    return allocations, rest, Reason.OVER if rest else Reason.PART


def claim(*, line: Line, book: Book, rule: Rule) -> Claim | None:
    """Say what a line pays by this rule, if nothing speaks against it."""
    if not any(needed <= hints for hints in line.hints.values() for needed in RULES[rule]):
        return None
    ranked = candidates(line=line, book=book)
    best = (
        _by_reference(line, ranked)
        if rule is Rule.REFERENCE
        else _by_hint(line, ranked, rule, book)
    )
    return Claim(line, rule, best) if best and best.allocations else None


def _by_reference(line: Line, ranked: list[Candidate]) -> Candidate | None:
    """The reference says which home; the sum may be a part or more, but no other home's."""
    named = {key for key, reasons in line.hints.items() if Reason.REFERENCE in reasons}
    if not named or len(named) < len(line.said.references.right):
        return None
    best = next((c for c in ranked if set(c.homes) == named), None)
    others = [c for c in ranked if not set(c.homes) & named]
    rooms = {key for key, reasons in line.hints.items() if Reason.ROOM in reasons}
    if not best or (rooms and not rooms & named):
        return None
    if any(c.fits and c.score >= STRONG and _says_more(c, best) for c in others):
        return None  # a neighbour's notice, copied: the sum would be right for both
    return None if Reason.OVER in best.reasons and others else best


def _says_more(other: Candidate, best: Candidate) -> bool:
    """Tell whether something speaks for the other home that does not for the best."""
    return bool(set(other.reasons) - set(best.reasons) - {Reason.FITS})


def _by_hint(line: Line, ranked: list[Candidate], rule: Rule, book: Book) -> Candidate | None:
    best = ranked[0] if ranked else None
    if not best or not best.fits or not _enough(best, rule) or _unknown(line, book):
        return None
    if rule is Rule.NAME and not (_telling(line, best, book) and _whole(best, book)):
        return None  # names are borne by several, and one year's sum is owed in every like flat
    if line.said.references.right or Reason.REFERENCE in best.reasons:
        return None  # a reference that was not good enough is a person's question
    designated = {key for key, reasons in line.hints.items() if reasons & DESIGNATES}
    if designated and not set(best.homes) <= designated:
        return None
    return best if _leads(best, ranked[1:]) else None


def _telling(line: Line, best: Candidate, book: Book) -> bool:
    """Tell whether a name is rare enough that nobody else bears it by chance."""
    names = [line.said.payer] if Reason.NAME in best.reasons else []
    names += line.said.names if Reason.NAMED in best.reasons else ()
    return any(name and book.bearers(name) <= RARE for name in names)


def _whole(best: Candidate, book: Book) -> bool:
    owed = sum(due.open for key in best.homes for due in book.open_at(key))
    return owed == sum(allocation.amount for allocation in best.allocations)


def _enough(best: Candidate, rule: Rule) -> bool:
    return any(needed <= set(best.reasons) for needed in RULES[rule])


def _unknown(line: Line, book: Book) -> bool:
    """Tell whether the text names a home that does not exist: then it is not understood."""
    places = [place for place in line.said.places if not place.added and not place.pair]
    return any(not book.at(place) for place in places)


def _leads(best: Candidate, others: list[Candidate]) -> bool:
    """Tell whether the best is ahead of every other explanation by the margin."""
    for other in others:
        inside = set(other.homes) < set(best.homes) and not other.fits
        if not inside and best.score - other.score < MARGIN:
            return False
    return True


def why(*, line: Line, book: Book) -> tuple[Why, tuple[Candidate, ...]]:
    """Say why a line waits, and what it may be."""
    ranked = candidates(line=line, book=book)
    shown = tuple(ranked[:SHOWN])
    return _why_reference(line, ranked, book) or _why_hint(line, ranked, book), shown


def _why_reference(line: Line, ranked: list[Candidate], book: Book) -> Why | None:
    references = line.said.references
    named = {key for key, reasons in line.hints.items() if Reason.REFERENCE in reasons}
    if references.right and len(named) < len(references.right):
        return Why.UNKNOWN_REFERENCE
    if len(named) > 1:
        return Why.SEVERAL_HOMES
    if named:
        mine = next(c for c in ranked if set(c.homes) == named)
        owed = any(book.open_at(key) for key in named)
        return Why.CONFLICT if mine.allocations else Why.CONTESTED if owed else Why.NOTHING_OPEN
    return Why.WRONG_REFERENCE if references.wrong and Reason.TYPO in _all(line) else None


def _why_hint(line: Line, ranked: list[Candidate], book: Book) -> Why:
    fitting = [c for c in ranked if c.fits]
    strong = [c for c in ranked if c.score - WEIGHTS[Reason.FITS] * c.fits >= WEIGHTS[Reason.NAME]]
    if not ranked:
        return Why.ROOM_UNKNOWN if line.said.places else Why.NO_HINT
    if _unknown(line, book):
        return Why.ROOM_UNKNOWN
    if not fitting:
        some = any(c.allocations for c in ranked)
        blocked = any(book.open_at(key) for key in line.hints)
        return Why.AMOUNT_UNFIT if some else Why.CONTESTED if blocked else Why.NOTHING_OPEN
    if not strong:
        return Why.WEAK
    alike = len(fitting) > 1 and fitting[0].reasons == fitting[1].reasons
    return Why.AMBIGUOUS if alike else Why.CONFLICT


def _all(line: Line) -> set[Reason]:
    return set().union(*line.hints.values())
