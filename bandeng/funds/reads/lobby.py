"""The month's account for every lobby: sums by building, every payment, never a name."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from bandeng.funds.models import (
    BANK,
    FUNDS,
    Allocation,
    Chart,
    Line,
    Phase,
    Strength,
    SupervisedAccount,
    Supervision,
    Transfer,
)
from bandeng.funds.reads.accounts import fund_names
from bandeng.funds.rules.statements import Kind
from bandeng.kit.documents import qr_svg, render_pdf
from bandeng.kit.units import yuan
from bandeng.places.rules.calendar import ZONE
from bandeng.trail.models import Checkpoint

LANGUAGE = "zh-hans"
MOVED = (Phase.POST, Phase.SETTLE)
DIGITS, GROUP = 32, 4  # of the fingerprint: 128 bits, to be compared aloud


def months_of(*, account: SupervisedAccount) -> list[date]:
    """Give the first days of the months for which a statement can be printed, newest first."""
    first = (
        Line.objects.filter(statement__account=account, statement__channel=BANK)
        .order_by("day")
        .first()
    )
    if first is None:
        return []
    months, day = [], first.day.replace(day=1)
    while day <= localdate():
        months.append(day)
        day = next_month(day=day)
    return months[::-1]


def next_month(*, day: date) -> date:
    """Give the first day of the month after a month's first day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def lobby_statement(*, account: SupervisedAccount, month: date) -> bytes:
    """Print the account's month on one A4 page, with the log's fingerprint.

    `month` is its first day.
    """
    after = next_month(day=month)
    with override(LANGUAGE):
        data = {
            "estate": account.estate.name,
            "account": account.name,
            "month": _("%(year)s-%(month)s, received and paid")
            % {"year": month.year, "month": month.month},
            **_bank(account, month, after),
            **_funds(account, _moment(after)),
            "buildings": _buildings(account, month, after),
            "payments": [_payment(line) for line in _out(account, month, after)],
            "notes": _notes(account, month, after),
            "log": _log(),
            "qr": qr_svg(f"{settings.BANDENG_URL}/log/"),
            "address": f"{settings.BANDENG_URL}/log/",
            "issuer": account.holder.name,
            "date": date_format(localdate(), "DATE_FORMAT"),
        }
        return render_pdf(template="funds/lobby_statement.typ", data=data, language=LANGUAGE)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def _bank(account: SupervisedAccount, month: date, after: date) -> dict[str, str]:
    lines = Line.objects.filter(statement__account=account, statement__channel=BANK)
    sums = lines.aggregate(
        opening=Sum("amount", filter=Q(day__lt=month), default=0),
        received=Sum("amount", filter=Q(day__gte=month, day__lt=after, amount__gt=0), default=0),
        out=Sum("amount", filter=Q(day__gte=month, day__lt=after, amount__lt=0), default=0),
    )
    closing = sums["opening"] + sums["received"] + sums["out"]
    return {
        "opening": _sum(sums["opening"]), "received": _sum(sums["received"]),
        "paid_out": _sum(-sums["out"]), "closing": _sum(closing),
    }  # fmt: skip


def _funds(account: SupervisedAccount, before: datetime) -> dict[str, Any]:
    """Give what lay where at the end of the month, and what waited for the bank."""
    names, nets = fund_names(account=account), _nets(account, before)
    held = Transfer.objects.filter(debit__account=account, phase=Phase.HOLD, at__lt=before)
    waiting = held.filter(Q(resolution=None) | Q(resolution__at__gte=before))
    shown = [Chart.SUSPENSE, *FUNDS]
    books = account.ledger_accounts.filter(chart__in=shown).order_by("code")
    rows = [[names[book.pk], _sum(-nets[book.pk])] for book in books if nets[book.pk]]
    return {"funds": rows, "held": _sum(waiting.aggregate(s=Sum("amount", default=0))["s"])}


def _nets(account: SupervisedAccount, before: datetime) -> Counter[int]:
    """Give debits less credits of each ledger account up to a moment."""
    nets: Counter[int] = Counter()
    moved = Transfer.objects.filter(debit__account=account, phase__in=MOVED, at__lt=before)
    for side, sign in (("debit", 1), ("credit", -1)):
        rows = moved.order_by().values_list(side).annotate(total=Sum("amount"))
        for book, total in rows:
            nets[book] += sign * total
    return nets


def _buildings(account: SupervisedAccount, month: date, after: date) -> list[list[str]]:
    nets = _nets(account, _moment(after))
    owing: Counter[str] = Counter()
    for number, book in account.receivables.values_list("home__building__number", "ledger_account"):
        owing[number] += nets[book] > 0
    paid: dict[str, set[int]] = defaultdict(set)
    sums: Counter[str] = Counter()
    for number, home, amount in _matched(account, month, after):
        paid[number].add(home)
        sums[number] += amount
    numbers = sorted(owing, key=lambda number: (len(number), number))
    return [
        [_("Building %(number)s") % {"number": n}, str(len(paid[n])), str(owing[n]), _sum(sums[n])]
        for n in numbers
    ]


def _matched(account: SupervisedAccount, month: date, after: date) -> QuerySet[Any, Any]:
    found = Allocation.objects.filter(
        receivable__account=account, paid__reversal=None, line__day__gte=month, line__day__lt=after
    )
    return found.values_list("receivable__home__building__number", "receivable", "amount")


def _out(account: SupervisedAccount, month: date, after: date) -> QuerySet[Line]:
    found = Line.objects.filter(
        statement__account=account,
        statement__channel=BANK,
        amount__lt=0,
        day__gte=month,
        day__lt=after,
    )
    return found.select_related("booking__order__terms_kept", "booking__debit").order_by("day", "n")


def _payment(line: Line) -> dict[str, str]:
    """Say of money that left: to whom, for what, and who approved."""
    booking, order = line.booking, line.booking.order
    told = {"day": f"{line.day:%m-%d}", "sum": _sum(-line.amount)}
    if order:
        terms = order.said()
        return told | {
            "payee": terms["payee"], "purpose": terms["purpose"], "approvals": _approvals(order),
        }  # fmt: skip
    if booking.reverses_id is not None:
        return told | {
            "payee": _("a payer"),
            "purpose": _("receipt taken back by the bank"),
            "approvals": "—",
        }
    if booking.debit.chart == Chart.UNEXPLAINED:
        return told | {"payee": "—", "purpose": _("not explained yet"), "approvals": _("none")}
    return told | {
        "payee": _("the bank"),
        "purpose": _("fee of the bank"),
        "approvals": _("taken by the bank itself"),
    }


def _approvals(order: Any) -> str:
    counted = Counter(order.approvals.values_list("role", "strength"))
    return "、".join(
        _("%(role)s %(n)s (%(how)s)")
        % {"role": Supervision(role).label, "n": n, "how": Strength(strength).label}
        for (role, strength), n in sorted(counted.items())
    )


def _notes(account: SupervisedAccount, month: date, after: date) -> list[str]:
    stops = [
        _("All payments are stopped: %(document)s.") % {"document": freeze.document}
        for freeze in account.standing_freezes()
    ]
    kept = Line.objects.filter(
        statement__account=account, kind=Kind.FEE.value, day__gte=month, day__lt=after
    ).aggregate(sum=Sum("amount", default=0))["sum"]
    said = {"sum": _sum(-kept)}
    fees = [_("Payment services kept %(sum)s yuan of what households paid.") % said] if kept else []
    return [*stops, *fees]


def _log() -> dict[str, Any]:
    """Give the last signed state of the log; before the first signing there is none."""
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        nothing = {"fingerprint": "—", "size": "0", "origin": "—", "signed_at": "—"}
        return nothing | {"witnesses": []}
    names = last.cosignatures.order_by("pk").values_list("witness__name", flat=True)
    return {
        "fingerprint": fingerprint(checkpoint=last),
        "size": f"{last.size:,}", "origin": last.note.split("\n")[0],
        "signed_at": f"{localtime(last.recorded_at):%Y-%m-%d %H:%M}", "witnesses": list(names),
    }  # fmt: skip


def fingerprint(*, checkpoint: Checkpoint) -> str:
    """Give the first half of a root in groups that two people can compare aloud."""
    root = bytes(checkpoint.root).hex()[:DIGITS]
    return " ".join(root[n : n + GROUP] for n in range(0, DIGITS, GROUP))


def _sum(fen: int) -> str:
    return f"{yuan(fen):,}"
