"""Whose payment a line is: the account's homes and open dues, as the rules of matching ask."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.timezone import localdate

from bandeng.funds.models import (
    Allocation,
    Dispute,
    Due,
    Line,
    MatchRule,
    Receivable,
    SupervisedAccount,
)
from bandeng.funds.reads.accounts import lines_without_home
from bandeng.funds.rules import matching
from bandeng.funds.rules.references import short_reference
from bandeng.funds.standing.plans import open_instalments
from bandeng.people.models import HomeRelation, RelationKind


def decisions(*, account: SupervisedAccount) -> dict[Line, matching.Decision]:
    """Decide, for every receipt that waits, whose it is: for certain, or whom to ask about.

    Returns: decisions by line; homes are `Receivable` keys, dues are `Due` keys.
    """
    lines = {line.pk: line for line in lines_without_home(account=account)}
    payments = [
        matching.Payment(
            key=line.pk, on=line.day, amount=line.open, payer=line.counterparty or "",
            account=bytes(line.payer_key or b"").hex(), memo=line.memo or "",
        )
        for line in lines.values()
        if not line.begun  # a part by hand: the rest by hand too
    ]  # fmt: skip
    found = matching.match(payments=payments, book=_book(account))
    return {lines[key]: decision for key, decision in found.items()}


@dataclass(frozen=True)
class Certain:
    """A line whose homes are certain, with each one's share in fen."""

    line: Line
    rule: MatchRule
    shares: dict[Receivable, int]


def certain(*, account: SupervisedAccount) -> list[Certain]:
    """Give the receipts that may be matched without asking anybody."""
    found = [
        (line, decision)
        for line, decision in decisions(account=account).items()
        if isinstance(decision, matching.Automatic)
    ]
    dues = Due.objects.select_related("receivable__ledger_account").in_bulk(
        [part.due for _line, decision in found for part in decision.allocations]
    )
    return [
        Certain(line, MatchRule(decision.rule.value), _shares(decision, dues))
        for line, decision in found
    ]


def _shares(decision: matching.Automatic, dues: Mapping[int, Due]) -> dict[Receivable, int]:
    shares: dict[Receivable, int] = defaultdict(int)
    for part in decision.allocations:
        shares[dues[int(str(part.due))].receivable] += part.amount
    return dict(shares)


def _book(account: SupervisedAccount) -> matching.Book:
    places = list(_places(account))
    agreed = open_instalments(account=account)
    return matching.Book(
        homes=[_home(place, agreed.get(place.pk, ())) for place in places],
        dues=[due for place in places for due in _dues(place)],
        accounts=_learned(account),
    )


def _places(account: SupervisedAccount) -> Iterator[Receivable]:
    owners = HomeRelation.objects.filter(
        kind=RelationKind.OWNER, period__contains=localdate()
    ).select_related("person")
    return (
        account.receivables.select_related("home__building", "ledger_account__balance")
        .prefetch_related(
            Prefetch("home__relations", queryset=owners, to_attr="owners"),
            Prefetch(
                "dues", queryset=Due.objects.filter(billing__reversal=None).order_by("period")
            ),
            Prefetch("dues__disputes", queryset=Dispute.objects.filter(decided_at=None)),
        )
        .iterator(chunk_size=2_000)
    )


def _home(place: Receivable, instalments: tuple[int, ...]) -> matching.Home:
    home = place.home
    return matching.Home(
        key=place.pk, building=home.building.number, entrance=home.entrance, number=home.number,
        owners=tuple(relation.person.name for relation in home.owners),  # type: ignore[attr-defined]
        reference=short_reference(number=place.number), instalments=instalments,
    )  # fmt: skip


def _dues(place: Receivable) -> Iterator[matching.Due]:
    """Give the dues that are open: what has been paid, paid the oldest."""
    dues = list(place.dues.all())
    paid = sum(due.amount for due in dues) - place.ledger_account.balance.amount
    for due in dues:
        gone = min(paid, due.amount)
        paid -= gone
        yield matching.Due(
            key=due.pk, home=place.pk, open=due.amount - gone, since=due.period.lower,
            contested=bool(due.disputes.all()),
        )  # fmt: skip


def _learned(account: SupervisedAccount) -> dict[str, set[matching.Key]]:
    """Give for which homes each payer's account has paid before, by a confirmed match."""
    learned: dict[str, set[matching.Key]] = defaultdict(set)
    rows = Allocation.objects.filter(
        line__statement__account=account, paid__reversal=None, line__payer_key__isnull=False
    ).exclude(rule=MatchRule.NAME)
    for key, place in rows.values_list("line__payer_key", "receivable"):
        learned[bytes(key or b"").hex()].add(place)
    return learned
