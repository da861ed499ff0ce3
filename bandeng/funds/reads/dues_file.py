"""A list of dues beside what is known: which homes, who managed the building, what was billed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bandeng.funds.models import Due, SupervisedAccount
from bandeng.funds.rules import dues as rules
from bandeng.funds.rules.dues_file import Code, DueRow, DuesRead, Issue, overlapping
from bandeng.places.models import BuildingAlias, Home, Management
from bandeng.places.rules.roster import home_key

Terms = list[tuple[date, date | None]]


@dataclass(frozen=True)
class Billable:
    """A row with its home."""

    home: Home
    row: DueRow


@dataclass
class DuesPreview:
    """What a file would bill; `issues` refuse it. Sums in fen."""

    bills: list[Billable] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Give the sum of all."""
        return sum(bill.row.amount for bill in self.bills)

    @property
    def homes(self) -> int:
        """Count the homes."""
        return len({bill.home.pk for bill in self.bills})

    @property
    def remarked(self) -> int:
        """Count the dues whose sum a remark explains."""
        return sum(bool(bill.row.remark) for bill in self.bills)


def dues_preview(*, account: SupervisedAccount, read: DuesRead) -> DuesPreview:
    """Find each row's home, and whether it may be billed for that time; change nothing."""
    known = _Known(account)
    found = DuesPreview(issues=list(read.issues))
    for row in read.rows:
        issue, bill = known.bill(row)
        if issue:
            found.issues.append(issue)
        elif bill:
            found.bills.append(bill)
    found.issues += [
        _issue(Code.TWICE, row, str(other.row)) for row, other in overlapping(rows=read.rows)
    ]
    found.issues.sort(key=lambda issue: (issue.sheet, issue.row))
    return found


def _issue(code: Code, row: DueRow, expected: str = "") -> Issue:
    parts = (row.building, row.entrance, row.number)
    return Issue(code, row.sheet, row.row, "", "-".join(p for p in parts if p), expected)


class _Known:
    """The estate's homes, the creditor's time in each building, and what was billed: read once."""

    def __init__(self, account: SupervisedAccount) -> None:
        estate = account.estate
        homes = Home.objects.filter(building__estate=estate).select_related("building__estate")
        self.homes: dict[tuple[str, str, str], Home] = {}
        self.without_entrance: dict[tuple[str, str], list[Home]] = defaultdict(list)
        for home in homes:
            key = home_key(
                building=home.building.number, entrance=home.entrance, number=home.number
            )
            self.homes[key] = home
            self.without_entrance[key[0], key[2]].append(home)
        self.aliases: dict[str, set[str]] = defaultdict(set)
        for alias in BuildingAlias.objects.filter(estate=estate).select_related("building"):
            self.aliases[alias.number.upper()].add(alias.building.number.upper())
        self.terms = _terms(account)
        self.billed = _billed(account)

    def bill(self, row: DueRow) -> tuple[Issue | None, Billable | None]:
        """Give what the row bills, or why it cannot."""
        found = list(self.find(row))
        if len(found) != 1:
            return _issue(Code.HOME_SEVERAL if found else Code.HOME_UNKNOWN, row), None
        home, after = found[0], row.until + timedelta(days=1)
        period, terms = rules.Period(row.since, after), self.terms[home.building_id]
        managed = rules.managed(period=period, terms=terms)
        if managed != [period]:
            return _issue(Code.NOT_MANAGED, row, _would_be(row, managed)), None
        if row.by_days and not row.remark and not _cut_by_management(period, terms):
            return _issue(Code.MONTHS_PART, row, f"{float(period.months):.2f}"), None
        for since, until in self.billed[home.pk]:
            if row.since < until and since < after:
                return _issue(Code.BILLED, row, f"{since} – {until - timedelta(days=1)}"), None
        return None, Billable(home, row)

    def find(self, row: DueRow) -> Iterator[Home]:
        """Find the home by the wall's number of its building, else by another party's."""
        numbers = [row.building.upper()]
        if not any(key[0] == numbers[0] for key in self.without_entrance):
            numbers = sorted(self.aliases.get(numbers[0], ()))
        for number in numbers:
            key = home_key(building=number, entrance=row.entrance, number=row.number)
            if key in self.homes:
                yield self.homes[key]
            elif not row.entrance:
                yield from self.without_entrance.get((key[0], key[2]), ())


def _would_be(row: DueRow, managed: list[rules.Period]) -> str:
    """Say for which part of the time what would be owed: area × rate × months and days."""
    parts = [
        f"{part.since} – {part.until - timedelta(days=1)}: {found.fen / 100:,.2f}"
        for part in managed
        for found in [rules.charge(area=row.area, rate=row.rate, period=part)]
    ]
    return "; ".join(parts) or "0.00"


def _cut_by_management(period: rules.Period, terms: Terms) -> bool:
    """Tell whether a period that begins or ends inside a month does so with the management."""
    since = period.since.day == 1 or any(period.since == begins for begins, _ends in terms)
    until = period.until.day == 1 or any(period.until == ends for _begins, ends in terms)
    return since and until


def _terms(account: SupervisedAccount) -> dict[int, Terms]:
    """Give when the creditor looked after each building."""
    found = Management.objects.filter(
        building__estate=account.estate, company=account.creditor.token
    )
    terms: dict[int, Terms] = defaultdict(list)
    for one in found:
        terms[one.building_id].append((one.period.lower or date.min, one.period.upper))
    return terms


def _billed(account: SupervisedAccount) -> dict[int, list[tuple[date, date]]]:
    rows = Due.objects.filter(receivable__account=account)
    billed: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for home, period in rows.values_list("receivable__home", "period"):
        billed[home].append((period.lower, period.upper))
    return billed
