"""Cash: receipts of a book, what lies in the drawer, what the bank has not confirmed yet."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from bandeng.funds.models import Cash, CashDeposit, SupervisedAccount
from bandeng.funds.parameters import house
from bandeng.funds.reads.accounts import lines_without_home
from bandeng.funds.rules.capitals import in_capitals
from bandeng.funds.standing.reckonings import LANGUAGE
from bandeng.kit.documents import render_pdf
from bandeng.kit.masking import masked_name
from bandeng.kit.units import money
from bandeng.people.models import Person


@dataclass(frozen=True)
class Waiting:
    """A deposit that the bank has not confirmed, with the lines that would be it."""

    deposit: CashDeposit
    lines: list[Any]


def receipts_of(*, account: SupervisedAccount) -> QuerySet[Cash]:
    """Give every receipt of an account, the newest first."""
    return account.cash.select_related("receivable__home__building", "deposit", "account").order_by(
        "-at", "-pk"
    )


def in_the_drawer(*, account: SupervisedAccount) -> list[Cash]:
    """Give the receipts whose cash nobody has brought to the bank yet, the oldest first."""
    found = receipts_of(account=account).filter(voided_at=None, deposit=None)
    return list(found.order_by("pk"))


def waiting_deposits(*, account: SupervisedAccount) -> list[Waiting]:
    """Give the deposits that wait for the bank's line."""
    found = account.deposits.filter(line=None, withdrawn_at=None).order_by("on", "pk")
    return [Waiting(one, list(fitting_lines(deposit=one))) for one in found]


def fitting_lines(*, deposit: CashDeposit) -> QuerySet[Any]:
    """Give the receipts of the bank that may be this deposit: its sum, from its day on."""
    lines = lines_without_home(account=deposit.account)
    return lines.filter(
        begun=False, amount=deposit.amount, day__gte=deposit.on,
        day__lte=deposit.on + timedelta(days=house(name="deposit_days")),
    ).order_by("day", "pk")  # fmt: skip


def next_numbers(*, account: SupervisedAccount) -> dict[str, int]:
    """Give the next number of each receipt book that was begun."""
    rows = account.cash.values_list("book").annotate(highest=Max("number")).order_by("book")
    return {book: highest + 1 for book, highest in rows}


def cash_sheet(*, cash: Cash) -> bytes:
    """Print a receipt for cash twice on one page: for the household, and for the book.

    Returns: a PDF of one page; a void receipt says so.
    """
    with override(LANGUAGE):
        account, place = cash.account, cash.receivable
        taker = Person.objects.filter(token=cash.by).values_list("name", flat=True).first()
        data = {
            "number": str(cash), "account": account.name, "issuer": account.holder.name,
            "creditor": account.creditor.name, "clause": account.cash_clause,
            "home": f"{account.estate.name} {place.home}" if place else "",
            "payer": masked_name(cash.payer) if cash.payer else "",
            "sum": money(cash.amount, language=LANGUAGE) if cash.amount else "",
            "capitals": in_capitals(fen=cash.amount) if cash.amount else "",
            "day": date_format(localtime(cash.at), "DATETIME_FORMAT"),
            "taker": taker or _("somebody who has left"),
            "void": _("void: %(reason)s") % {"reason": cash.void_reason} if cash.voided_at else "",
        }  # fmt: skip
        return render_pdf(template="funds/cash_receipt.typ", data=data, language=LANGUAGE)
