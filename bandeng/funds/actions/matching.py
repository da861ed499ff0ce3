"""Payments find their homes: by a sure rule at once, by hand with two people, and back again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import Move, _post, _reverse
from bandeng.funds.models import (
    Allocation,
    Chart,
    Line,
    MatchProposal,
    MatchRule,
    Receivable,
)
from bandeng.funds.permissions import can_collect
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record


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
    _check(line, shares)
    MatchProposal.objects.filter(line=line).delete()
    proposal = MatchProposal.objects.create(
        line=line,
        receivables=[[place.pk, amount] for place, amount in shares.items()],
        by=by.token,
        at=at,
    )
    _tell(line, "line.proposed", by, at, [])
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
    MatchProposal.objects.filter(pk=proposal.pk).delete()
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
    _tell(allocation.line, "line.unmatched", by, at, numbers[:1])


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
    books = {a.chart: a for a in account.ledger_accounts.filter(chart__in=["2900", "3000"])}
    purpose = account.ledger_accounts.get(code=account.purpose_code())
    moves, made = [], []
    for line, rule, shares in matches:
        _check(line, shares)
        round_ = line.allocations.count()
        for n, (place, amount) in enumerate(shares.items()):
            key = f"match:{line.token}:{round_ + n}"
            moves += [
                Move(books[Chart.SUSPENSE], place.ledger_account, amount, key),
                Move(books[Chart.UNCOLLECTED], purpose, amount, f"{key}:fund"),
            ]
            made.append((line, rule, place, amount))
    numbers = _post(moves=moves, at=at)
    allocations = Allocation.objects.bulk_create(
        Allocation(
            line=line, receivable=place, amount=amount, rule=rule,
            paid_id=numbers[2 * n], gained_id=numbers[2 * n + 1], by=by.token, second=second, at=at,
        )
        for n, (line, rule, place, amount) in enumerate(made)
    )  # fmt: skip
    for line, _rule, _shares in matches:
        _tell(
            line, "line.matched", by, at, [a.paid_id for a in allocations if a.line_id == line.pk]
        )
    return allocations


def _check(line: Line, shares: Shares) -> None:
    total = sum(shares.values())
    if not shares or min(shares.values()) <= 0 or total > _open(line):
        raise MatchRefused(
            _("The shares must be more than nothing and no more than the line holds.")
        )
    accounts = {place.account_id for place in shares}
    if accounts != {line.statement.account_id}:
        raise MatchRefused(_("This home is not in the books of this account."))


def _open(line: Line) -> int:
    standing = line.allocations.filter(paid__reversal=None)
    return line.amount - (standing.aggregate(total=Sum("amount"))["total"] or 0)


def _may(line: Line, by: Person) -> None:
    if not can_collect(person=by, account=line.statement.account):
        raise MatchRefused(_("You may not match payments of this account."))


def _tell(line: Line, verb: str, by: Person, at: datetime, transfers: Sequence[int]) -> None:
    record(
        thread=line.statement.account.thread, verb=verb, by=by.token, subject=line.token, at=at,
        public={"line": line.token, "transfers": list(transfers)},
    )  # fmt: skip
