"""The collector's workbench: what is certain, what waits for a person and why, since when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.timezone import localdate

from bandeng.funds.models import Due, Line, MatchProposal, Receivable, SupervisedAccount
from bandeng.funds.reads.accounts import lines_without_home
from bandeng.funds.reads.matching import decisions
from bandeng.funds.rules import matching
from bandeng.people.models import HomeRelation, RelationKind


@dataclass(frozen=True)
class Guess:
    """Homes that a receipt may be for, with each one's share in fen, and what speaks for it."""

    shares: list[tuple[Receivable, int]]
    reasons: tuple[matching.Reason, ...]


@dataclass(frozen=True)
class Question:
    """A receipt that waits for a person; `why` is None where a part of it is matched already."""

    line: Line
    why: matching.Why | None
    bounced: bool
    guesses: list[Guess]
    proposal: MatchProposal | None
    days: int


@dataclass(frozen=True)
class Workbench:
    """All receipts without a home; `certain` of them need nobody's word. Sums in fen."""

    certain: int
    certain_sum: int
    questions: list[Question]

    @property
    def waiting_sum(self) -> int:
        """Give what waits for a person."""
        return sum(each.line.open for each in self.questions)  # type: ignore[attr-defined]


def workbench(*, account: SupervisedAccount, on: date) -> Workbench:
    """Look at every receipt without a home: certain, or a question; the oldest first."""
    decided = decisions(account=account)
    known = {line.pk: decision for line, decision in decided.items()}
    lines = list(lines_without_home(account=account).order_by("day", "pk"))
    proposals = {
        proposal.line_id: proposal for proposal in MatchProposal.objects.filter(line__in=lines)
    }
    sure = [
        line
        for line in lines
        if isinstance(known.get(line.pk), matching.Automatic) and line.pk not in proposals
    ]
    left = [line for line in lines if line not in sure]
    names = _Names(known.values())
    return Workbench(
        certain=len(sure),
        certain_sum=sum(line.open for line in sure),
        questions=[_question(line, known.get(line.pk), proposals, names, on) for line in left],
    )


def _question(
    line: Line,
    decision: matching.Decision | None,
    proposals: Mapping[int, MatchProposal],
    names: "_Names",
    on: date,
) -> Question:
    asked = decision if isinstance(decision, matching.Queue) else None
    return Question(
        line=line,
        why=asked.why if asked else None,
        bounced=isinstance(decision, matching.Bounced),
        guesses=[names.guess(line, each) for each in asked.candidates] if asked else [],
        proposal=proposals.get(line.pk),
        days=(on - line.day).days,
    )


class _Names:
    """The homes and dues that the decisions speak of, read at once."""

    def __init__(self, decided: Iterable[matching.Decision]) -> None:
        candidates = [
            each for one in decided if isinstance(one, matching.Queue) for each in one.candidates
        ]
        self.homes = homes(keys={int(str(key)) for each in candidates for key in each.homes})
        keys = {int(str(part.due)) for each in candidates for part in each.allocations}
        self.dues = dict(Due.objects.filter(pk__in=keys).values_list("pk", "receivable"))

    def guess(self, line: Line, candidate: matching.Candidate) -> Guess:
        """Name the homes of a candidate; one home alone gets the whole receipt."""
        shares: dict[int, int] = defaultdict(int)
        for part in candidate.allocations:
            shares[self.dues[int(str(part.due))]] += part.amount
        keys = [int(str(key)) for key in candidate.homes]
        if len(keys) == 1:
            shares[keys[0]] = line.open  # type: ignore[attr-defined]
        return Guess([(self.homes[key], shares[key]) for key in keys], candidate.reasons)


def homes(*, keys: Iterable[int]) -> dict[int, Receivable]:
    """Give homes' places in the books with their owners of today (`owners`), by key."""
    owners = HomeRelation.objects.filter(
        kind=RelationKind.OWNER, period__contains=localdate()
    ).select_related("person")
    found = Receivable.objects.filter(pk__in=list(keys))
    return {
        place.pk: place
        for place in found.select_related(
            "home__building", "account", "ledger_account__balance"
        ).prefetch_related(Prefetch("home__relations", queryset=owners, to_attr="owners"))
    }


def homes_of_building(*, account: SupervisedAccount, building: str) -> list[Receivable]:
    """Give a building's homes in the account's books, in their order."""
    found = account.receivables.filter(home__building__number=building)
    return list(
        found.select_related("home__building", "ledger_account__balance").order_by(
            "home__entrance", "home__floor", "home__number"
        )
    )


def buildings_of(*, account: SupervisedAccount) -> list[str]:
    """Give the numbers of the buildings that have a home in the account's books."""
    numbers = account.receivables.values_list("home__building__number", flat=True).distinct()
    return sorted(numbers, key=lambda number: (len(number), number))
