"""The homes of an account with what they owe."""

from typing import Any

from django.db.models import F, Max, Prefetch, QuerySet
from django.utils.timezone import localdate

from bandeng.funds.models import SupervisedAccount
from bandeng.people.models import HomeRelation, RelationKind


def homes_owing(*, account: SupervisedAccount) -> QuerySet[Any]:
    """Give the account's homes with `billed`, `paid` and `owed` fen, owners of today, last notice."""
    owners = HomeRelation.objects.filter(
        kind=RelationKind.OWNER, period__contains=localdate()
    ).select_related("person")
    return (
        account.receivables.annotate(
            billed=F("ledger_account__balance__debit"),
            paid=F("ledger_account__balance__credit"),
            owed=F("ledger_account__balance__debit") - F("ledger_account__balance__credit"),
            reminded_on=Max("reminders__delivered_on"),
        )
        .select_related("home__building", "account")
        .prefetch_related(Prefetch("home__relations", queryset=owners, to_attr="owners"))
        .order_by("home__building__number", "home__entrance", "home__floor", "home__number")
    )
