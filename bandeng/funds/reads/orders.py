"""Orders: where each stands, whose approval is missing, what waits for whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from bandeng.funds.models import (
    Approval,
    Order,
    OrderKind,
    OrderStop,
    Phase,
    Policy,
    Supervision,
    Transfer,
)
from bandeng.funds.permissions import can_see_books, supervised, visible_accounts
from bandeng.people.models import Person


class OrderState(StrEnum):
    """Where an order stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    HELD = "held"
    DONE = "done"
    RETURNED = "returned"
    BOUNCED = "bounced"
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
    return Sight(order, _state(order, needs, at), needs, approvals, order.said())


def _needs(order: Order, approvals: list[Approval]) -> list[Need]:
    named = order.policy.rules["supervisors"]
    counted = [a.role for a in approvals if str(a.person.token) in named.get(a.role, ())]
    needed = order.policy.needs(order)
    return [Need(role, n, counted.count(role)) for role, n in needed.items()]


def _state(order: Order, needs: list[Need], at: datetime) -> OrderState:
    transfers = order.transfers.values_list("phase", "reversal")
    phases = {phase for phase, _reversal in transfers}
    if phases & {Phase.SETTLE, Phase.POST} or hasattr(order, "new_policy"):
        back = any(phase == Phase.SETTLE and reversal for phase, reversal in transfers)
        return OrderState.BOUNCED if back else OrderState.DONE
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


def with_state(*, orders: QuerySet[Order], at: datetime) -> QuerySet[Order]:
    """Add to each order its `state`, as the database counts it; for lists of any length."""

    def moved(*phases: Phase) -> Exists:
        return Exists(Transfer.objects.filter(order=OuterRef("pk"), phase__in=phases))

    latest = Policy.objects.filter(account=OuterRef("account")).order_by("-version")
    stopped = Exists(OrderStop.objects.filter(order=OuterRef("pk")))
    quorum = Func(F("pk"), function="funds_quorum", output_field=BooleanField())
    settled = Transfer.objects.filter(order=OuterRef("pk"), phase=Phase.SETTLE)
    states: list[tuple[OrderState, Q | Exists | Func]] = [
        (OrderState.BOUNCED, Exists(settled.filter(reversal__isnull=False))),
        (OrderState.DONE, moved(Phase.SETTLE, Phase.POST)),
        (OrderState.DONE, Exists(Policy.objects.filter(order=OuterRef("pk")))),
        (OrderState.RETURNED, moved(Phase.VOID)),
        (OrderState.HELD, moved(Phase.HOLD)),
        (OrderState.STOPPED, stopped),
        (OrderState.EXPIRED, Q(expires_at__lte=at)),
        (OrderState.OUTDATED, ~Q(policy=Subquery(latest.values("pk")[:1]))),
        (OrderState.APPROVED, Q(quorum)),
    ]
    cases = [When(condition, then=Value(state.value)) for state, condition in states]
    counted = Case(*cases, default=Value(OrderState.WAITING.value), output_field=CharField())
    return orders.annotate(state=counted)


def new_rules(*, order: Order) -> Policy | None:
    """Give the rules that an order asks for, as they would be; None where it moves money."""
    if order.kind != OrderKind.POLICY:
        return None
    document = bytes(order.terms_kept.private)
    return Policy(account=order.account, document=document)


def signers_of(*, order: Order) -> QuerySet[Person]:
    """Give the supervisors whose approval of an order may still come."""
    named = order.policy.rules["supervisors"].values()
    people = Person.objects.filter(token__in=[token for tokens in named for token in tokens])
    given = order.approvals.values("person"), order.sheets.values("person")
    return people.exclude(pk=order.maker_id).exclude(pk__in=given[0]).exclude(pk__in=given[1])


WAITING_FOR = """
WITH fresh AS MATERIALIZED (
    SELECT o.id FROM funds_policy p JOIN funds_order o ON o.policy_id = p.id
    WHERE position(%(token)s::bytea IN p.document) > 0
    AND NOT EXISTS (
        SELECT FROM funds_policy n WHERE n.account_id = p.account_id AND n.version > p.version
    )
    AND o.expires_at > %(at)s AND o.maker_id <> %(person)s
    AND NOT EXISTS (SELECT FROM funds_orderstop s WHERE s.order_id = o.id)
    AND NOT EXISTS (SELECT FROM funds_transfer t WHERE t.order_id = o.id)
    AND NOT EXISTS (SELECT FROM funds_policy n WHERE n.order_id = o.id)
    AND NOT EXISTS (
        SELECT FROM funds_approval a WHERE a.order_id = o.id AND a.person_id = %(person)s
    )
)
SELECT id FROM fresh WHERE NOT funds_quorum(id)
"""  # as `inbox`, in one statement: it stands in the menu, and so on every page


def waiting_for(*, person: Person, at: datetime) -> int:
    """Count the orders that wait for `person`'s approval."""
    known: dict[str, Any] = {"token": str(person.token).encode(), "person": person.pk, "at": at}
    return len(list(Order.objects.raw(WAITING_FOR, known)))


def inbox(*, person: Person, at: datetime) -> list[Sight]:
    """Give the orders that wait for `person`'s approval."""
    orders = Order.objects.filter(account__in=supervised(person=person))
    fresh = _fresh(orders, person, at).select_related("account", "policy", "terms_kept", "maker")
    seen = [sight(order=order, at=at) for order in fresh]
    return [each for each in seen if each.state == OrderState.WAITING]


def _fresh(orders: QuerySet[Order], person: Person, at: datetime) -> QuerySet[Order]:
    """Keep to what is neither old nor answered, and not the person's own wish."""
    open_ = orders.filter(expires_at__gt=at, stopped=None, transfers=None)
    return open_.exclude(maker=person).exclude(approvals__person=person)
