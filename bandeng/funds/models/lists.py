"""Lists of transfers for the bank: which approved orders went there together."""

import uuid

from django.db import models
from django.urls import reverse

from bandeng.funds.models.account import SupervisedAccount
from bandeng.funds.models.ledger import Transfer
from bandeng.funds.models.orders import Order
from bandeng.funds.models.words import Phase
from bandeng.funds.rules.outgoing import Sent, sent
from bandeng.kit.fields import EncryptedBytesField
from bandeng.people.models import Person
from bandeng.trail.models import Clock


class TransferList(models.Model):
    """A file (批量转账) that somebody uploads at the bank; kept as it was given, with its hash."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(SupervisedAccount, on_delete=models.PROTECT, related_name="lists")
    profile = models.CharField(max_length=40)
    content = EncryptedBytesField()
    sha256 = models.BinaryField()
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()  # fen
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"list #{self.pk}"

    def get_absolute_url(self) -> str:
        """Give the list's page."""
        return reverse("funds:transfer_list", args=[self.account_id, self.pk])


class ListedOrder(models.Model):
    """An order on a list, and its place there; on one list at a time."""

    list = models.ForeignKey(TransferList, on_delete=models.PROTECT, related_name="listed")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="listed")
    n = models.PositiveIntegerField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(is_withdrawn=False),
                name="order_on_one_open_list",
            ),
        ]
        ordering = ["n"]

    def __str__(self) -> str:
        return f"order #{self.order_id} on list #{self.list_id}"


def orders_at_bank(*, account: SupervisedAccount) -> list[Sent]:
    """Give the orders that the bank is to carry out: their money is held."""
    holds = Transfer.objects.filter(
        phase=Phase.HOLD, resolution=None, order__account=account
    ).select_related("order__terms_kept")
    lists = dict(
        ListedOrder.objects.filter(order__account=account, is_withdrawn=False).values_list(
            "order", "list"
        )
    )
    return [_sent(hold, lists.get(hold.order_id or 0)) for hold in holds.order_by("number")]


def orders_paid(*, account: SupervisedAccount, amount: int) -> list[Sent]:
    """Give the orders of a sum (fen) that the bank has carried out and that stand."""
    settled = Transfer.objects.filter(
        phase=Phase.SETTLE, reversal=None, order__account=account, amount=amount
    ).select_related("order__terms_kept")
    return [_sent(transfer, None) for transfer in settled.order_by("number")]


def _sent(transfer: Transfer, listed: int | None) -> Sent:
    order = transfer.order
    if order is None:
        raise ValueError("This transfer has no order.")
    return sent(
        order=order.token, number=transfer.number, amount=transfer.amount,
        terms=bytes(order.terms_kept.private), listed=listed,
    )  # fmt: skip
