"""How the room's pages write orders, sums and fingerprints."""

from typing import Any, cast

from django import template
from django.utils.safestring import SafeString

from bandeng.funds import reads, tables
from bandeng.funds.models import Approval, Order, Policy, Supervision
from bandeng.funds.standing.reckonings import length_of

register = template.Library()
GROUP, SHOWN = 4, 16  # hexadecimal digits


@register.filter
def state_of(sight: reads.Sight) -> SafeString:
    """Show where an order stands."""
    return cast(SafeString, tables.state_tag(sight.state))  # type: ignore[no-untyped-call]


@register.filter
def number(order: Order) -> str:
    """Give the number under which the bank and the paper know an order."""
    return order.token.hex[:12].upper()


@register.filter
def fingerprint(digest: str) -> str:
    """Write the beginning of a digest so that two people can compare it aloud."""
    return " ".join(digest[n : n + GROUP] for n in range(0, SHOWN, GROUP))


@register.filter
def last_four(number: str) -> str:
    """Hide an account number but for its end."""
    return f"**** {number[-4:]}"


@register.filter
def role(approval: Approval) -> str:
    """Say in which role somebody approved."""
    return str(Supervision(approval.role).label)


@register.filter
def at(names: dict[int, str], key: int) -> str:
    """Give the name of a ledger account."""
    return names.get(key, "")


@register.filter
def book(overview: reads.Overview, chart: str) -> int | None:
    """Give the ledger account behind a sum."""
    return overview.books.get(chart)


@register.inclusion_tag("funds/seats.html")
def rules_of(policy: Policy) -> dict[str, Any]:
    """Show rules of approval that are asked for."""
    return {
        "seats": reads.seats(policy=policy), "bands": reads.bands(policy=policy), "books": True
    }  # fmt: skip


@register.filter
def months(due: Any) -> str:
    """Write a due's months, parts of months as days of their month: 4 + 17/31."""
    return length_of(due=due)
