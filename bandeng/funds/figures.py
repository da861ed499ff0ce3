"""Named numbers about money, each with its definition and the records behind it."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext_lazy

from bandeng.funds.models import Due, Receivable, SupervisedAccount
from bandeng.kit.figures import Figure, Record
from bandeng.places.figures import home_record


def homes_in_arrears(*, supervisedaccount: SupervisedAccount, at: datetime) -> Figure:
    """Count the homes whose fees were handed over for collection up to a moment."""
    owed = _handed_over(at).filter(receivable=OuterRef("pk"))
    records = supervisedaccount.receivables.filter(Exists(owed))
    return Figure(
        value=records.count(),
        unit=gettext_lazy("households"),
        definition=gettext_lazy(
            "Homes whose overdue property fees were handed over for collection; what they have "
            "paid since does not change it, a due that was withdrawn does."
        ),
        as_of=at,
        records=_in_order(records),
        called=_home,
        leaves=_billings(supervisedaccount, at),
    )


def arrears(*, supervisedaccount: SupervisedAccount, at: datetime) -> Figure:
    """Add up the fees that were handed over for collection up to a moment; in fen."""
    records = _handed_over(at).filter(receivable__account=supervisedaccount)
    return Figure(
        value=records.aggregate(total=Sum("amount"))["total"] or 0,
        unit="",
        definition=gettext_lazy(
            "Sum of the overdue property fees that were handed over for collection, before any "
            "payment; dues that were withdrawn are not counted."
        ),
        as_of=at,
        records=records.select_related("receivable__home__building").order_by("pk"),
        called=_due,
        leaves=_billings(supervisedaccount, at),
    )


def _handed_over(at: datetime) -> QuerySet[Due]:
    return Due.objects.filter(billing__at__lte=at, billing__reversal=None)


def _billings(account: SupervisedAccount, at: datetime) -> tuple[str, QuerySet[Any, int]]:
    dues = _handed_over(at).filter(receivable__account=account)
    return "transfer", dues.order_by("billing").values_list("billing", flat=True)


def _in_order(records: QuerySet[Receivable]) -> QuerySet[Receivable]:
    return records.select_related("home__building").order_by("pk")


def _home(receivable: Receivable) -> Record:
    place = home_record(home=receivable.home)
    return Record(public=place.public, name=place.name, link=receivable.get_absolute_url())


def _due(due: Due) -> Record:
    return _home(due.receivable)
