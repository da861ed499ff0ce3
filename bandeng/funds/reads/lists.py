"""Lists of transfers for the bank, and the orders that may go on the next one."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from bandeng.funds.models import (
    Order,
    OrderKind,
    Phase,
    SupervisedAccount,
    Transfer,
    TransferList,
)
from bandeng.funds.reads.orders import with_state

WAITS = Q(
    listed__is_withdrawn=False,
    listed__order__transfers__phase=Phase.HOLD,
    listed__order__transfers__resolution=None,
)


def orders_for_the_bank(*, account: SupervisedAccount) -> QuerySet[Order]:
    """Give the orders whose money is held and that are on no open list, the oldest first."""
    holds = Transfer.objects.filter(phase=Phase.HOLD, resolution=None)
    held = account.orders.filter(transfers__in=holds, kind=OrderKind.PAYMENT)
    return held.exclude(listed__is_withdrawn=False).select_related("terms_kept").order_by("pk")


def lists_of(*, account: SupervisedAccount) -> QuerySet[TransferList]:
    """Give the account's lists, the newest first, each with how many orders still `wait`."""
    found = account.lists.defer("content").select_related("account", "by")
    return found.annotate(waiting=Count("listed", filter=WAITS)).order_by("-pk")


def listed_orders(*, listed: TransferList, at: datetime) -> QuerySet[Order]:
    """Give a list's orders as they stand on it, each with its `state`."""
    found = Order.objects.filter(listed__list=listed).select_related("terms_kept", "account")
    return with_state(orders=found, at=at).order_by("listed__n")


def waiting_on(*, listed: TransferList) -> int:
    """Count the orders of a list that still wait for the bank."""
    return listed.listed.filter(
        is_withdrawn=False, order__transfers__phase=Phase.HOLD, order__transfers__resolution=None
    ).count()
