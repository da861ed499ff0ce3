"""Payments find their homes: by a sure rule at once, by hand with two people, and back again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import Move, _alone, _post, _reverse
from bandeng.funds.models import (
    Allocation,
    Chart,
    Line,
    MatchProposal,
    MatchRule,
    Receivable,
    SupervisedAccount,
)
from bandeng.funds.permissions import can_collect
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record

TOLD_TOGETHER = 500  # transfers in one entry of the trail


class MatchRefused(Refused):
    """The payment cannot be matched so."""


Shares = Mapping[Receivable, int]  # how much of a line (fen) is each home's payment


@action
def match_lines(
    *,
    matches: Sequence[tuple[Line, MatchRule, Shares]],
    by: Person,
    at: datetime,
) -> list[Allocation]:
    """Match lines by sure rules, all in one batch of the ledger.

    Raises:
        MatchRefused: a line would give more than it holds.
    """
    if any(rule == MatchRule.HAND for _line, rule, _shares in matches):
        raise MatchRefused(_("By hand it takes two people."))
    return _match(matches, by, None, at)


@action
def propose_match(*, line: Line, shares: Shares, by: Person, at: datetime) -> MatchProposal:
    """Say by hand whose payment a line is; a second person must confirm.

    Raises:
        MatchRefused: the shares are more than the line still holds.
    """
    _may(line, by)
    _check(line, shares, line.statement.account, _taken([line])[line.pk][0])
    MatchProposal.objects.filter(line=line).delete()
    proposal = MatchProposal.objects.create(
        line=line,
        receivables=[[place.pk, amount] for place, amount in shares.items()],
        by=by.token,
        at=at,
    )
    _tell(line.statement.account, "line.proposed", by, at, [])
    return proposal


@action
def confirm_match(*, proposal: MatchProposal, by: Person, at: datetime) -> list[Allocation]:
    """Confirm what another person proposed: now it is matched.

    Raises:
        MatchRefused: one person would do both.
    """
    _may(proposal.line, by)
    if proposal.by == by.token:
        raise MatchRefused(_("A second person must confirm this."))
    receivables = Receivable.objects.in_bulk([pk for pk, _amount in proposal.receivables])
    shares = {receivables[pk]: amount for pk, amount in proposal.receivables}
    line = proposal.line
    proposed = proposal.by
    if not MatchProposal.objects.filter(pk=proposal.pk).delete()[0]:
        raise MatchRefused(_("This has just been confirmed by somebody else."))
    return _match([(line, MatchRule.HAND, shares)], by, proposed, at)


@action
def unmatch(*, allocation: Allocation, by: Person, at: datetime) -> None:
    """Take a wrong match back: two transfers reversed, the line waits again.

    Raises:
        MatchRefused: it has already been taken back.
        bandeng.funds.actions.LedgerRefused: the money has been spent since.
    """
    _may(allocation.line, by)
    if hasattr(allocation.paid, "reversal"):
        raise MatchRefused(_("This match has already been taken back."))
    moves = [_reverse(transfer=allocation.paid), _reverse(transfer=allocation.gained)]
    numbers = _post(moves=moves, at=at)
    _tell(allocation.receivable.account, "line.unmatched", by, at, numbers[:1])


def _match(
    matches: Sequence[tuple[Line, MatchRule, Shares]],
    by: Person,
    second: UUID | None,
    at: datetime,
) -> list[Allocation]:
    if not matches:
        return []
    account = matches[0][0].statement.account
    if not can_collect(person=by, account=account):
        raise MatchRefused(_("You may not match payments of this account."))
    _alone(account=account)
    taken = _taken([line for line, _rule, _shares in matches])
    parts = list(_parts(matches, account, taken))
    numbers = _post(moves=_moves(parts, account, taken, at), at=at)
    allocations = Allocation.objects.bulk_create(
        Allocation(
            line=line, receivable=place, amount=amount, rule=rule, paid_id=numbers[2 * n],
            gained_id=numbers[2 * n + 1], by=by.token, second=second, at=at,
        )
        for n, (line, rule, place, amount) in enumerate(parts)
    )  # fmt: skip
    for start in range(0, len(allocations), TOLD_TOGETHER):
        told = [each.paid_id for each in allocations[start : start + TOLD_TOGETHER]]
        _tell(account, "line.matched", by, at, told)
    return allocations


Part = tuple[Line, MatchRule, Receivable, int]


def _parts(
    matches: Sequence[tuple[Line, MatchRule, Shares]],
    account: SupervisedAccount,
    taken: Mapping[int, tuple[int, int]],
) -> Iterator[Part]:
    for line, rule, shares in matches:
        _check(line, shares, account, taken[line.pk][0])
        for place, amount in shares.items():
            yield line, rule, place, amount


def _moves(
    parts: Sequence[Part],
    account: SupervisedAccount,
    taken: Mapping[int, tuple[int, int]],
    at: datetime,
) -> list[Move]:
    books = {a.chart: a for a in account.ledger_accounts.filter(chart__in=["2900", "3000"])}
    purpose = account.ledger_accounts.get(code=account.purpose_code())
    moves = []
    for line, _rule, place, amount in parts:
        key = f"match:{line.token}:{place.pk}:{taken[line.pk][1]}"
        when = min(line.noon(), at)  # a line of today, matched in the morning
        moves += [
            Move(books[Chart.SUSPENSE], place.ledger_account, amount, key, at=when),
            Move(books[Chart.UNCOLLECTED], purpose, amount, f"{key}:fund", at=when),
        ]
    return moves


def _taken(lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """Give for each line how much of it (fen) is matched or gone now, and how often it was matched.

    A payment that the bank took back holds nothing any more, nor does a lump sum that a bill
    explains; what a service refunded is gone.
    """
    standing = Sum("amount", filter=Q(paid__reversal=None), default=0)
    rows = Allocation.objects.filter(line__in=lines).values_list("line")
    found = {line.pk: (0, 0) for line in lines}
    for line, total, times in rows.annotate(standing=standing, times=Count("pk")):
        found[line] = (total, times)
    refunds = Line.objects.filter(refunds__in=list(found)).values_list("refunds")
    for paid, total in refunds.annotate(total=Sum("amount")):
        found[paid] = (found[paid][0] - total, found[paid][1])
    gone = Q(booking__reversal__isnull=False) | Q(settlement__isnull=False)
    for each in Line.objects.filter(gone, pk__in=list(found)):
        found[each.pk] = (each.amount, found[each.pk][1])
    return found


def _check(line: Line, shares: Shares, account: SupervisedAccount, taken: int) -> None:
    if not shares or min(shares.values()) <= 0 or sum(shares.values()) > line.amount - taken:
        raise MatchRefused(
            _("The shares must be more than nothing and no more than the line holds.")
        )
    if {place.account_id for place in shares} | {line.statement.account_id} != {account.pk}:
        raise MatchRefused(_("This home is not in the books of this account."))


def _may(line: Line, by: Person) -> None:
    if not can_collect(person=by, account=line.statement.account):
        raise MatchRefused(_("You may not match payments of this account."))


def _tell(
    account: SupervisedAccount, verb: str, by: Person, at: datetime, transfers: Sequence[int]
) -> None:
    record(
        thread=account.thread, verb=verb, by=by.token, subject=account.token, at=at,
        public={"account": account.code, "transfers": list(transfers)},
    )  # fmt: skip
