"""What the bank says: statements whole, with every running balance right."""

import uuid
from datetime import UTC, datetime, time

from django.db import models
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.account import SupervisedAccount
from bandeng.kit.fields import EncryptedBytesField, EncryptedTextField
from bandeng.places.rules.calendar import ZONE
from bandeng.trail.models import Clock

NOON = time(12)


class Statement(models.Model):
    """A bank statement (流水) that was taken in whole; sums in fen.

    It goes on where the one before ended: same balance, no gap, no overlap.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="statements"
    )
    before = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="after")
    opening = models.BigIntegerField()
    closing = models.BigIntegerField()
    since_on = models.DateField()
    until_on = models.DateField()
    count = models.PositiveIntegerField()
    profile = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    content = EncryptedBytesField()
    sha256 = models.BinaryField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "sha256"], name="statement_file_once"),
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(before=None),
                name="statement_first_once",
            ),
            models.CheckConstraint(
                condition=models.Q(since_on__lte=models.F("until_on")), name="statement_days"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Line(models.Model):
    """One line of a statement; `amount` is signed, in fen."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    n = models.PositiveIntegerField()
    day = models.DateField()
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField()
    bank_ref = EncryptedTextField(_("bank's number"), null=True)
    counterparty = EncryptedTextField(_("counterparty"), null=True)
    counterparty_account = EncryptedTextField(_("counterparty's account"), null=True)
    payer_key = models.BinaryField(null=True, db_index=True)
    memo = EncryptedTextField(_("memo"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "n"], name="line_numbered_once"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="line_moves_something"),
        ]

    def __str__(self) -> str:
        return f"line #{self.pk}"

    def noon(self) -> datetime:
        """Give the moment at which the books show it: noon of its day, for a bank tells days."""
        return datetime.combine(self.day, NOON, ZONE).astimezone(UTC)
