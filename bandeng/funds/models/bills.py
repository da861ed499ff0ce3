"""Bills of payment services: whose a lump sum at the bank is."""

import uuid
from collections import Counter
from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef

from bandeng.funds.models.account import SupervisedAccount
from bandeng.funds.models.dues import Allocation
from bandeng.funds.models.ledger import Transfer
from bandeng.funds.models.statements import BANK, Line, Statement
from bandeng.funds.models.words import Service
from bandeng.funds.rules import statements as rules
from bandeng.funds.rules.statements import Kind
from bandeng.funds.rules.statements.lump import LATE_DAYS
from bandeng.kit.crypto import keyed_hash
from bandeng.kit.fields import EncryptedBytesField


class MerchantBill(models.Model):
    """A bill (商户账单) that waits: not all of its sums are at the bank yet; sums in fen.

    Once booked it is a `Statement` of its channel, and this row goes.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(SupervisedAccount, on_delete=models.PROTECT, related_name="bills")
    channel = models.CharField(max_length=10, choices=Service.choices)
    file_name = models.CharField(max_length=200)
    content = EncryptedBytesField()
    sha256 = models.BinaryField()
    since_on = models.DateField()
    until_on = models.DateField()
    net = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "sha256"], name="bill_file_once"),
        ]

    def __str__(self) -> str:
        return self.file_name

    def parsed(self) -> rules.Statement:
        """Read the kept file again."""
        return rules.read_statement(data=bytes(self.content))


class Settlement(models.Model):
    """That a lump sum at the bank is explained by a bill: it left suspense by `transfer`."""

    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="settlement")
    bill = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="settlements")
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"settlement of line #{self.line_id}"


def trade_key(number: str) -> bytes:
    """Give by what a trade's number is found again; the number itself lies encrypted."""
    return keyed_hash(text=number, context="trade")


def judged(*, account: SupervisedAccount, bill: rules.Statement) -> rules.Judgement:
    """Decide whether a bill can be booked, against what is in the account's books now."""
    numbers = {trade_key(line.bank_ref): line.bank_ref for line in bill.lines if line.bank_ref}
    there = Line.objects.filter(statement__account=account, trade_key__in=list(numbers))
    rows = list(there.values_list("trade_key", "day", "amount", "kind"))
    return rules.judge(
        bill=bill,
        known=Counter((numbers[bytes(key or b"")], day, amount) for key, day, amount, _kind in rows),
        payments=frozenset(numbers[bytes(key or b"")] for key, _d, _a, kind in rows if kind == Kind.PAYMENT),
        receipts=[
            rules.Receipt(line.pk, line.day, line.amount) for line in lump_sums(account, bill)
        ],
    )  # fmt: skip


def lump_sums(account: SupervisedAccount, bill: rules.Statement) -> list[Line]:
    """Give the service's sums at the bank, in the bank's order, that nothing explains yet."""
    service = bill.profile.split(".")[0]
    until = bill.until + timedelta(LATE_DAYS)
    lines = Line.objects.filter(
        statement__account=account, statement__channel=BANK, amount__gt=0, settlement=None,
        booking__reversal=None, day__gte=bill.since, day__lte=until,
    )  # fmt: skip
    matched = Allocation.objects.filter(line=OuterRef("pk"), paid__reversal=None)
    found = lines.exclude(Exists(matched)).order_by("statement", "n")
    return [
        line
        for line in found
        if rules.service_of(payer=line.counterparty or "", memo=line.memo or "") == service
    ]
