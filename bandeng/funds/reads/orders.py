"""Orders: where each stands, whose approval is missing, what waits for whom."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from bandeng.funds.models import Approval, Order, OrderKind, Phase, Supervision
from bandeng.funds.permissions import can_see_books, supervises, visible_accounts
from bandeng.people.models import Person


class OrderState(StrEnum):
    """Where an order stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    HELD = "held"
    DONE = "done"
    RETURNED = "returned"
    STOPPED = "stopped"
    EXPIRED = "expired"
    OUTDATED = "outdated"


@dataclass(frozen=True)
class Need:
    """How many of a role must approve, how many have."""

    role: Supervision
    needed: int
    given: int

    @property
    def missing(self) -> int:
        """Give how many are still missing."""
        return max(0, self.needed - self.given)


@dataclass(frozen=True)
class Sight:
    """An order as it is shown."""

    order: Order
    state: OrderState
    needs: list[Need]
    approvals: list[Approval]
    terms: dict[str, str]


def visible_orders(*, person: Person) -> QuerySet[Order]:
    """Give the orders of accounts whose books `person` may read."""
    accounts = [
        account.pk
        for account in visible_accounts(person=person)
        if can_see_books(person=person, account=account)
    ]
    return Order.objects.filter(account__in=accounts)


def sight(*, order: Order, at: datetime) -> Sight:
    """Give an order with its state, the approvals it has and those it needs."""
    approvals = list(order.approvals.select_related("person").order_by("pk"))
    needs = _needs(order, approvals)
    said = {} if order.kind == OrderKind.POLICY else json.loads(order.terms_kept.private)
    return Sight(order, _state(order, needs, at), needs, approvals, said)


def _needs(order: Order, approvals: list[Approval]) -> list[Need]:
    named = order.policy.rules["supervisors"]
    counted = [a.role for a in approvals if str(a.person.token) in named.get(a.role, ())]
    needed = order.policy.needs(order)
    return [Need(role, n, counted.count(role)) for role, n in needed.items()]


def _state(order: Order, needs: list[Need], at: datetime) -> OrderState:
    phases = set(order.transfers.values_list("phase", flat=True))
    if phases & {Phase.SETTLE, Phase.POST} or hasattr(order, "new_policy"):
        return OrderState.DONE
    if Phase.VOID in phases:
        return OrderState.RETURNED
    if Phase.HOLD in phases:
        return OrderState.HELD
    if hasattr(order, "stopped"):
        return OrderState.STOPPED
    return _waiting(order, needs, at)


def _waiting(order: Order, needs: list[Need], at: datetime) -> OrderState:
    if order.expires_at <= at:
        return OrderState.EXPIRED
    if order.policy_id != order.account.policy().pk:
        return OrderState.OUTDATED
    if not needs or any(need.missing for need in needs):
        return OrderState.WAITING
    return OrderState.APPROVED


def inbox(*, person: Person, at: datetime) -> list[Sight]:
    """Give the orders that wait for `person`'s approval."""
    accounts = [
        account
        for account in visible_accounts(person=person)
        if supervises(person=person, account=account)
    ]
    fresh = (
        Order.objects.filter(account__in=accounts, expires_at__gt=at, stopped=None, transfers=None)
        .exclude(maker=person)
        .exclude(approvals__person=person)
        .select_related("account", "policy", "terms_kept", "maker")
    )
    seen = [sight(order=order, at=at) for order in fresh]
    return [each for each in seen if each.state == OrderState.WAITING]
