"""What about money waits for a person: told on the start page, before anyone looks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models import MatchProposal, Order, SupervisedAccount
from bandeng.funds.reads.accounts import lines_without_home
from bandeng.funds.reads.collecting import open_claims, open_disputes
from bandeng.funds.reads.orders import OrderState, waiting_for, with_state
from bandeng.people.models import Person
from bandeng.people.permissions import organisations_of


@dataclass(frozen=True)
class Wait:
    """How much of one thing waits, whose account it is, and the page where it is done."""

    verb: str | Promise
    about: str
    count: int
    url: str


def waits(*, person: Person, at: datetime) -> list[Wait]:
    """Count what `person` is the one to do: approve, match, confirm, answer, carry out."""
    to_approve = waiting_for(person=person, at=at)
    found = [Wait(_("Approve orders"), "", to_approve, reverse("funds:inbox"))]
    held = SupervisedAccount.objects.filter(
        holder__in=organisations_of(person=person), opened_at__isnull=False
    )
    for account in held.order_by("name"):
        found += _collecting(account, person, at)
    return [wait for wait in found if wait.count]


def _collecting(account: SupervisedAccount, person: Person, at: datetime) -> Iterator[Wait]:
    """Count the work of whoever collects for an account."""
    proposed = MatchProposal.objects.filter(line__statement__account=account)
    orders = with_state(orders=Order.objects.filter(account=account), at=at)
    asked = open_claims(account=account).count() + open_disputes(account=account).count()
    matching = reverse("funds:matching", args=[account.pk])
    unclaimed = lines_without_home(account=account).exclude(proposal__isnull=False)
    approved = orders.filter(state=OrderState.APPROVED.value)  # type: ignore[misc]
    kept = reverse("funds:orders") + f"?state={OrderState.APPROVED}&account={account.pk}"
    answers = reverse("funds:answers", args=[account.pk])
    yield Wait(_("Find whose money it is"), account.name, unclaimed.count(), matching)
    confirm = proposed.exclude(by=person.token).count()
    yield Wait(_("Confirm matches as the second person"), account.name, confirm, matching)
    yield Wait(_("Answer households"), account.name, asked, answers)
    yield Wait(_("Carry out approved orders"), account.name, approved.count(), kept)
