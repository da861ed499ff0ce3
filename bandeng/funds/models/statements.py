"""What the bank says: statements whole, with every running balance right."""

import uuid
from datetime import UTC, datetime, time

from django.db import models
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.account import SupervisedAccount
from bandeng.funds.models.words import Service
from bandeng.funds.rules.statements import Held, Kind
from bandeng.kit.fields import EncryptedBytesField, EncryptedTextField
from bandeng.places.rules.calendar import ZONE
from bandeng.trail.models import Clock

NOON = time(12)
BANK = ""  # the channel of the bank's own statements


class Statement(models.Model):
    """A bank statement (流水) that was taken in whole; sums in fen.

    It goes on where the one before ended: same balance, no gap, no overlap. Or, by its
    `channel`, the booked bill of a payment service: `closing` is what it sent to the bank.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="statements"
    )
    channel = models.CharField(max_length=10, blank=True, choices=Service.choices)
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
                condition=models.Q(before=None, channel=BANK),
                name="statement_first_once",
            ),
            models.CheckConstraint(
                condition=models.Q(since_on__lte=models.F("until_on")), name="statement_days"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Line(models.Model):
    """One line of a statement; `amount` is signed, in fen.

    `part_of` is the bank's own number of a sum that it paid several orders with. In a bill,
    `trade_key` finds a trade by its number again, and a refund names its payment.
    """

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
    kind = models.CharField(max_length=10, default=Kind.BANK.value)
    part_of = models.PositiveIntegerField(null=True)
    trade_key = models.BinaryField(null=True)
    refunds = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="refunded_by", db_index=False
    )
    memo = EncryptedTextField(_("memo"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "n"], name="line_numbered_once"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="line_moves_something"),
        ]
        indexes = [  # most lines have neither
            models.Index(
                fields=["trade_key"], name="line_of_a_trade",
                condition=models.Q(trade_key__isnull=False),
            ),
            models.Index(
                fields=["refunds"], name="line_refunds", condition=models.Q(refunds__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"line #{self.pk}"

    def noon(self) -> datetime:
        """Give the moment at which the books show it: noon of its day, for a bank tells days."""
        return datetime.combine(self.day, NOON, ZONE).astimezone(UTC)


def held_lines(*, account: SupervisedAccount) -> list[Held]:
    """Give the lines that the bank has written so far, as it wrote them: what was parted, joined."""
    lines = Line.objects.filter(statement__account=account, statement__channel=BANK)
    rows = lines.order_by("statement", "n").values_list(
        "day", "amount", "balance_after", "statement", "part_of"
    )
    held: list[Held] = []
    last: tuple[int, int | None] | None = None
    for day, amount, balance, statement, part_of in rows:
        if part_of is not None and last == (statement, part_of):
            held[-1] = Held(day, held[-1].amount + amount, balance)
        else:
            held.append(Held(day, amount, balance))
        last = (statement, part_of)
    return held
