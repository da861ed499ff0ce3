"""An account on one screen: what is there, what is set apart, what is still owed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bandeng.funds.models import (
    BANK,
    FUNDS,
    Allocation,
    Balance,
    Chart,
    Freeze,
    LedgerAccount,
    Line,
    OrderKind,
    Phase,
    Policy,
    Receivable,
    Statement,
    SupervisedAccount,
    Supervision,
    Transfer,
)
from bandeng.people.models import Person


@dataclass(frozen=True)
class Fund:
    """What lies on one purpose; in fen. `held` waits for the bank, `free` can be ordered."""

    ledger_account: LedgerAccount
    name: str
    amount: int
    held: int
    free: int


@dataclass(frozen=True)
class Overview:
    """The account's sums at this moment, in fen."""

    bank: int
    suspense: int
    unexplained: int
    owed: int
    homes_owing: int
    funds: list[Fund]
    freezes: list[Freeze]
    last_statement: Statement | None
    books: dict[str, int]  # the ledger account behind each chart's sum

    @property
    def closes(self) -> bool:
        """Tell whether the bank's money is exactly what was received, set aside and explained."""
        return self.bank == self.suspense + sum(f.amount for f in self.funds) - self.unexplained


def overview(*, account: SupervisedAccount) -> Overview:
    """Give the account's sums; three queries, whatever its size."""
    balances = {
        balance.account.code: balance
        for balance in Balance.objects.filter(account__account=account)
        .exclude(account__chart=Chart.RECEIVABLE)
        .select_related("account")
    }
    by_chart = {b.account.chart: b.amount for b in balances.values()}
    owing = owing_receivables(account=account).aggregate(homes=Count("pk"), total=Sum("owed"))
    return Overview(
        bank=by_chart.get(Chart.BANK, 0),
        suspense=by_chart.get(Chart.SUSPENSE, 0),
        unexplained=by_chart.get(Chart.UNEXPLAINED, 0),
        owed=owing["total"] or 0,
        homes_owing=owing["homes"],
        funds=_funds(account, balances),
        freezes=list(account.standing_freezes()),
        last_statement=account.statements.filter(channel=BANK).order_by("-pk").first(),
        books={balance.account.chart: balance.account.pk for balance in balances.values()},
    )


def fund_names(*, account: SupervisedAccount) -> dict[int, str]:
    """Give what each of the account's ledger accounts is called, homes left out."""
    names = {purpose.code: purpose.name for purpose in account.purposes.all()}
    books = account.ledger_accounts.exclude(chart=Chart.RECEIVABLE)
    return {
        book.pk: names.get(book.code.rsplit("/", 1)[-1], str(Chart(book.chart).label))
        for book in books
    }


def _funds(account: SupervisedAccount, balances: dict[str, Balance]) -> list[Fund]:
    names = fund_names(account=account)
    return [
        Fund(b.account, names[b.account.pk], b.amount, b.held, b.free)
        for _code, b in sorted(balances.items())
        if b.account.chart in FUNDS
    ]


@dataclass(frozen=True)
class Reached:
    """A purpose with a goal, and what has come in for it, spent money included; in fen."""

    name: str
    goal: int
    come: int

    @property
    def left(self) -> int:
        """Give what is missing."""
        return max(0, self.goal - self.come)


def purposes_reached(*, account: SupervisedAccount) -> list[Reached]:
    """Give the purposes of which it is known what they cost, with what has come in."""
    purposes = list(account.purposes.exclude(goal=None))
    codes = {account.ledger_code(Chart.EARMARK, one.code): one for one in purposes}
    books = Balance.objects.filter(account__code__in=codes).select_related("account")
    paid: Any = Transfer.objects.filter(
        phase=Phase.SETTLE, debit__code__in=codes, order__kind=OrderKind.PAYMENT
    )
    spent = dict(paid.values_list("debit__code").annotate(total=Sum("amount")).order_by())
    return [
        Reached(one.name, one.goal or 0, book.amount + spent.get(book.account.code, 0))
        for book in books
        for one in [codes[book.account.code]]
    ]


def owing_receivables(*, account: SupervisedAccount) -> QuerySet[Receivable]:
    """Give the homes that owe something now, each with `owed` in fen."""
    balance = F("ledger_account__balance__debit") - F("ledger_account__balance__credit")
    return account.receivables.annotate(owed=balance).filter(owed__gt=0)


@dataclass(frozen=True)
class Seat:
    """A role that supervises an account, and who holds it."""

    role: Supervision
    persons: list[Person]


def seats(*, policy: Policy) -> list[Seat]:
    """Give who supervises an account, by role."""
    named = policy.rules["supervisors"]
    tokens = {token for tokens in named.values() for token in tokens}
    persons = {str(p.token): p for p in Person.objects.filter(token__in=tokens)}
    return [Seat(Supervision(role), [persons[t] for t in named[role]]) for role in named]


def bands(*, policy: Policy) -> list[tuple[int, list[tuple[Supervision, int]]]]:
    """Give up to which sum (fen) how many of which role must approve."""
    return [
        (band["up_to"], [(Supervision(role), n) for role, n in band["needs"].items()])
        for band in policy.rules["bands"]
    ]


def refunded() -> Coalesce:
    """Give how much of a line of a bill was refunded: fen, zero or less."""
    back = Line.objects.filter(refunds=OuterRef("pk")).order_by().values("refunds")
    return Coalesce(Subquery(back.annotate(sum=Sum("amount")).values("sum")), 0)


def lines_without_home(*, account: SupervisedAccount) -> QuerySet[Any]:
    """Give the receipts that are not, or not wholly, matched yet, with `open` in fen."""
    standing = Sum("allocations__amount", filter=Q(allocations__paid__reversal=None), default=0)
    return (
        Line.objects.filter(statement__account=account, amount__gt=0, booking__reversal=None)
        .filter(booking__credit__chart=Chart.SUSPENSE, settlement=None)
        .annotate(
            open=F("amount") + refunded() - standing,
            begun=Exists(Allocation.objects.filter(line=OuterRef("pk"))),
        )
        .filter(open__gt=0)
        .select_related("statement")
    )


def transfers_of(*, account: SupervisedAccount, book: LedgerAccount | None) -> QuerySet[Transfer]:
    """Give the transfers behind a sum of the account's page, the newest first."""
    found = Transfer.objects.filter(debit__account=account)
    if book:
        found = found.filter(Q(debit=book) | Q(credit=book))
    return found.select_related("debit", "credit", "order").order_by("-number")
