"""Cash: received against numbered receipts, banked by a second person, settled by the bank."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.account import SupervisedAccount
from bandeng.funds.models.dues import Receivable
from bandeng.funds.models.statements import Line
from bandeng.kit.fields import EncryptedBytesField, EncryptedTextField


class CashDeposit(models.Model):
    """Cash of several receipts, brought to the bank as one sum by another person than took it.

    `line` is the statement line by which the bank confirms it. `withdrawn_at`: it did not happen so.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="deposits"
    )
    on = models.DateField()
    slip = models.CharField(_("number of the deposit slip"), max_length=40)
    amount = models.BigIntegerField()
    content = EncryptedBytesField(null=True)
    sha256 = models.BinaryField()
    line = models.OneToOneField(Line, on_delete=models.PROTECT, null=True, related_name="deposit")
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="deposit_is_something"),
            models.CheckConstraint(
                condition=models.Q(line=None) | models.Q(withdrawn_at=None),
                name="deposit_settled_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.slip


class Cash(models.Model):
    """Cash that was received against a numbered receipt; numbers have no gap in their book.

    A spoilt form has neither home nor sum, and is void from the beginning.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(SupervisedAccount, on_delete=models.PROTECT, related_name="cash")
    receivable = models.ForeignKey(
        Receivable, on_delete=models.PROTECT, null=True, related_name="cash"
    )
    book = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    amount = models.BigIntegerField(null=True)
    payer = EncryptedTextField(_("who paid"), null=True)
    on_paper = models.BooleanField(default=False)
    deposit = models.ForeignKey(
        CashDeposit, on_delete=models.PROTECT, null=True, related_name="receipts"
    )
    voided_at = models.DateTimeField(null=True)
    voided_by = models.UUIDField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "book", "number"], name="cash_numbered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(receivable__isnull=False, amount__isnull=False, amount__gt=0)
                | models.Q(receivable=None, amount=None, voided_at__isnull=False),
                name="cash_is_something",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at=None, voided_by=None)
                | models.Q(voided_at__isnull=False, voided_by__isnull=False, deposit=None)
                & ~models.Q(void_reason=""),
                name="cash_void_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(book__regex="^[A-Z0-9]{1,8}$"), name="cash_book_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book}-{self.number:06}"
