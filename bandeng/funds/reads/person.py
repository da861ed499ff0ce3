"""What the money's books keep about a person, for the copy of their own data."""

from typing import Any

from django.db.models import Q

from bandeng.funds.models import (
    Advance,
    Allocation,
    Approval,
    Cash,
    Dispute,
    Due,
    Order,
    PaidClaim,
    PaperApproval,
    Plan,
    Policy,
    Reckoning,
    SigningKey,
    Supervision,
)
from bandeng.funds.permissions import my_receivables
from bandeng.people.models import Person

Rows = list[dict[str, Any]]


def data_copy(*, person: Person) -> dict[str, Rows]:
    """Give everything that this room keeps about a person. Units: sums in fen.

    Source: 个人信息保护法 art. 45.
    """
    return {
        "supervisor seats": _seats(person),
        "approvals": _approvals(person),
        "orders asked for": _orders(person),
        "signed sheets": _sheets(person),
        "keys for approvals": _keys(person),
        "advances": _advances(person),
        **_homes(person),
    }


def _seats(person: Person) -> Rows:
    token = str(person.token)
    return [
        {
            "account": policy.account.name, "rules": policy.version, "since": policy.at,
            "role": str(Supervision(role).label),
        }
        for policy in Policy.objects.select_related("account").order_by("pk")
        for role, tokens in policy.rules["supervisors"].items()
        if token in tokens
    ]  # fmt: skip


def _approvals(person: Person) -> Rows:
    given = Approval.objects.filter(person=person).select_related("order__account")
    return [
        {
            "account": each.order.account.name, "order": each.order.headline(), "at": each.at,
            "role": str(Supervision(each.role).label), "how": each.get_strength_display(),
        }
        for each in given.order_by("pk")
    ]  # fmt: skip


def _orders(person: Person) -> Rows:
    made = Order.objects.filter(maker=person).select_related("account", "terms_kept")
    return [
        {
            "account": each.account.name, "order": each.headline(), "amount": each.amount or "",
            "at": each.at,
        }
        for each in made.order_by("pk")
    ]  # fmt: skip


def _sheets(person: Person) -> Rows:
    entered = PaperApproval.objects.filter(Q(person=person) | Q(entered_by=person))
    return [
        {
            "order": each.order.headline(), "at": each.at,
            "as": "signer" if each.person_id == person.pk else "entered it",
        }
        for each in entered.select_related("order").order_by("pk")
    ]  # fmt: skip


def _keys(person: Person) -> Rows:
    kept = SigningKey.objects.filter(person=person).order_by("pk")
    return [{"name": key.name, "kind": key.get_strength_display(), "since": key.at} for key in kept]


def _advances(person: Person) -> Rows:
    mine = Advance.objects.filter(Q(payer=person) | Q(leader=person)).select_related("case")
    return [
        {
            "case": each.case.number, "amount": each.amount, "at": each.at,
            "what": each.what if each.payer_id == person.pk else "",
            "as": "payer" if each.payer_id == person.pk else "agreed", "repaid": each.repaid_at or "",
        }
        for each in mine.order_by("pk")
    ]  # fmt: skip


def _homes(person: Person) -> dict[str, Rows]:
    """Give the books of the homes of which a person is owner or payer today."""
    places = my_receivables(person=person)
    return {
        "homes in the books": [
            {
                "account": place.account.name, "home": str(place.home), "reference": place.reference,
                "owed": place.ledger_account.balance.amount,
            }
            for place in places.select_related("account", "home", "ledger_account__balance")
        ],
        "dues": [
            {
                "home": str(due.receivable.home), "since": due.period.lower, "until": due.last_day,
                "amount": due.amount, "due": due.due_on,
            }
            for due in Due.objects.filter(receivable__in=places).select_related("receivable__home")
        ],
        "payments": [
            {
                "home": str(each.receivable.home), "day": each.line.day, "amount": each.amount,
                "payer": each.line.counterparty or "", "message": each.line.memo or "",
            }
            for each in Allocation.objects.filter(
                receivable__in=places, paid__reversal=None
            ).select_related("receivable__home", "line")
        ],
        "statements of account": [
            {
                "home": str(each.receivable.home), "until": each.until_on, "owed": each.owed,
                "signed": each.paper.get_signature_display() if each.paper else "",
            }
            for each in Reckoning.objects.filter(receivable__in=places)
            .select_related("receivable__home", "paper").defer("said", "paper__content")
        ],
        "instalments": [
            {
                "home": str(each.receivable.home), "asked": each.asked_on, "total": each.total,
                "reason": each.reason or "", "agreed": each.accepted, "ended": each.ended_at or "",
            }
            for each in Plan.objects.filter(receivable__in=places)
            .select_related("receivable__home").defer("paper")
        ],
        "cash": [
            {
                "home": str(each.receivable.home) if each.receivable else "", "receipt": str(each),
                "amount": each.amount, "payer": each.payer, "at": each.at, "void": each.void_reason,
            }
            for each in Cash.objects.filter(receivable__in=places)
            .select_related("receivable__home")
        ],
        "said about dues": [
            *(
                {"at": each.at, "text": each.text, "answer": each.answer or ""}
                for each in PaidClaim.objects.filter(receivable__in=places)
            ),
            *(
                {"at": each.at, "text": each.reason, "answer": each.decided_by}
                for each in Dispute.objects.filter(due__receivable__in=places)
            ),
        ],
    }  # fmt: skip
