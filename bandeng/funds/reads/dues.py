"""Whose books a person may open."""

from django.db.models import QuerySet

from bandeng.funds.models import Receivable
from bandeng.funds.permissions import can_collect, my_receivables, visible_accounts
from bandeng.people.models import Person


def visible_receivables(*, person: Person) -> QuerySet[Receivable]:
    """Give the homes whose books `person` may open: one's own, or those one collects for."""
    collecting = [
        account.pk
        for account in visible_accounts(person=person)
        if can_collect(person=person, account=account)
    ]
    return my_receivables(person=person) | Receivable.objects.filter(account__in=collecting)


def my_places(*, person: Person) -> QuerySet[Receivable]:
    """Give one's own homes with what each owes."""
    return (
        my_receivables(person=person)
        .select_related("home__building__estate", "account", "ledger_account__balance")
        .order_by("home", "account")
    )
