"""A collection played week by week: statements come, matching decides, people answer the queue."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from bandeng.funds.rules.matching import (
    Automatic,
    Book,
    Bounced,
    Due,
    Payment,
    Queue,
    Returned,
    match,
)
from bandeng.funds.rules.matching.sums import oldest_first
from bandeng.funds.tests.labelled import Labelled


@dataclass
class Score:
    """What was decided, and how often rightly."""

    right: Counter = field(default_factory=Counter)
    wrong: list = field(default_factory=list)
    queued: Counter = field(default_factory=Counter)
    by_kind: dict = field(default_factory=lambda: defaultdict(Counter))
    first: int = 0  # of the queued lines with a home, the right one stood first
    shown: int = 0  # … or among the candidates
    asked: int = 0

    @property
    def automatic(self):
        return sum(self.right.values()) + len(self.wrong)

    @property
    def precision(self):
        return sum(self.right.values()) / self.automatic


def replay(*, estate, days=7):
    """Match each week's lines; then the dues and the known accounts are as people know them."""
    score, paid = Score(), Counter[str]()
    accounts: dict[str, set[int]] = defaultdict(set)
    past: list[Payment] = []
    lines = {line.payment.key: line for line in estate.lines}
    for week in _weeks(estate.lines, days):
        dues = [
            Due(d.key, d.home, d.open - paid[d.key], d.since, d.contested)
            for held in estate.dues.values()
            for d in held
        ]
        book = Book(homes=estate.homes, dues=dues, accounts=accounts)
        decisions = match(payments=[line.payment for line in week], book=book, past=past)
        for key, decision in decisions.items():
            _judge(score, lines[key], decision)
        for line in week:
            _settle(line, estate, paid, accounts)
        past += [line.payment for line in week]
    return score


def _weeks(lines, days):
    week: list[Labelled] = []
    end = lines[0].payment.on + timedelta(days)
    for line in lines:
        if line.payment.on >= end:
            yield week
            week, end = [], line.payment.on + timedelta(days)
        week.append(line)
    yield week


def _judge(score, line, decision):
    outcome = "queue"
    if isinstance(decision, Automatic):
        outcome = "right" if is_right(line, decision) else "wrong"
    elif isinstance(decision, Returned | Bounced):
        outcome = "right" if line.kind == "bounced" else "wrong"
    score.by_kind[line.kind][getattr(decision, "why", outcome)] += 1
    if outcome == "right":
        score.right[getattr(decision, "rule", "returned")] += 1
    elif outcome == "wrong":
        score.wrong.append((line, decision))
    else:
        _rank(score, line, decision)


def is_right(line: Labelled, decision: Automatic) -> bool:
    """Tell whether the homes are those that were meant, and the dues where they are certain."""
    if set(decision.homes) != line.homes:
        return False
    paid = {allocation.due for allocation in decision.allocations}
    return not line.dues or paid <= line.dues


def _rank(score, line, decision):
    assert isinstance(decision, Queue)
    score.queued[decision.why] += 1
    if line.homes:
        score.asked += 1
        shown = [set(candidate.homes) for candidate in decision.candidates]
        score.first += shown[:1] == [set(line.homes)]
        score.shown += set(line.homes) in shown


def _settle(line, estate, paid, accounts):
    """Book what was really meant, and remember the account: the queue's answers do so."""
    if line.kind == "bounced" or not line.homes or line.payment.amount <= 0:
        return
    held = [d for home in line.homes for d in estate.dues[home]]
    held = [Due(d.key, d.home, d.open - paid[d.key], d.since) for d in held if d.open > paid[d.key]]
    for allocation in oldest_first(amount=line.payment.amount, dues=held)[0]:
        paid[allocation.due] += allocation.amount
    accounts[line.payment.account] |= line.homes
