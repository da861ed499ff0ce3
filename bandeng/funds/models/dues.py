"""What homes owe, how it was asked for, and what they say to it."""

import uuid
from datetime import date, timedelta
from fractions import Fraction

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.account import SupervisedAccount
from bandeng.funds.models.ledger import LedgerAccount, Transfer
from bandeng.funds.models.statements import Line
from bandeng.funds.rules.dues import parts_of
from bandeng.funds.rules.references import creditor_reference
from bandeng.kit.fields import EncryptedBytesField, EncryptedTextField
from bandeng.places.models import Home


class Receivable(models.Model):
    """A home's place in the books of one account.

    The ledger knows it by a code that is SHA-256(salt ‖ opening): whoever holds both can show
    that the code is this home; without the salt nobody can. `number` makes the payment reference.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="receivables"
    )
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="receivables")
    ledger_account = models.OneToOneField(
        LedgerAccount, on_delete=models.PROTECT, related_name="receivable"
    )
    salt = models.BinaryField(null=True)
    opening = EncryptedBytesField(null=True)
    number = models.PositiveIntegerField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "home"], name="receivable_once"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Give the home's page in the books."""
        return reverse("funds:home", kwargs={"pk": self.pk})

    @property
    def reference(self) -> str:
        """Give what the payer writes (ISO 11649)."""
        return creditor_reference(number=self.number)


class Due(models.Model):
    """Property fees (欠费) of one home for one period: area × rate × months, in fen.

    `rate` in fen per m² and month, `floor_area` in 0.01 m², as they were billed. `by_days`: the
    period begins or ends inside a month, and that part counts by the days of its month; `months`
    are then the whole ones. `remark` says why the sum is another one than these make.
    """

    receivable = models.ForeignKey(Receivable, on_delete=models.PROTECT, related_name="dues")
    period = DateRangeField(_("period"))
    months = models.PositiveSmallIntegerField()
    by_days = models.BooleanField(default=False)
    rate = models.PositiveIntegerField()
    floor_area = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    due_on = models.DateField()
    remark = models.CharField(max_length=120, blank=True)
    billing = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="due")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="due_asks_something"),
            ExclusionConstraint(
                name="due_once_for_a_period",
                expressions=[
                    ("receivable", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"due #{self.pk}"

    @property
    def last_day(self) -> date:
        """Give the last day of its period."""
        after: date = self.period.upper
        return after - timedelta(days=1)

    @property
    def parts(self) -> list[tuple[int, int]]:
        """Give the parts of months that count by days: (days, days of that month)."""
        if not self.by_days:
            return []
        return parts_of(since=self.period.lower, until=self.period.upper)

    @property
    def exact_months(self) -> Fraction:
        """Give what its months come to, parts of months included."""
        return self.months + sum((Fraction(*part) for part in self.parts), Fraction(0))


class DuesImport(models.Model):
    """A file of dues that was taken in whole."""

    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="dues_imports"
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.BinaryField()
    count = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "sha256"], name="dues_file_once"),
        ]

    def __str__(self) -> str:
        return self.file_name


class MatchRule(models.TextChoices):
    """By what a payment found its home."""

    REFERENCE = "reference", _("reference on the notice")
    ACCOUNT = "account", _("account that has paid for this home before")
    ROOM = "room", _("building and room in the text, and the sum")
    NAME = "name", _("owner's name, and the sum")
    HAND = "hand", _("matched by hand by two people")
    CASH = "cash", _("cash, banked by a second person")


class Allocation(models.Model):
    """That a statement line, or part of it, is a home's payment: two transfers in one batch."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="allocations")
    receivable = models.ForeignKey(Receivable, on_delete=models.PROTECT, related_name="allocations")
    amount = models.BigIntegerField()
    rule = models.CharField(max_length=20, choices=MatchRule.choices)
    paid = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="allocation")
    gained = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")
    by = models.UUIDField()
    second = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="allocation_is_something"
            ),
            models.CheckConstraint(
                condition=~models.Q(rule="hand")
                | (models.Q(second__isnull=False) & ~models.Q(by=models.F("second"))),
                name="allocation_by_hand_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"allocation #{self.pk}"


class MatchProposal(models.Model):
    """What one person proposes by hand, until a second one confirms it."""

    line = models.OneToOneField(Line, on_delete=models.CASCADE, related_name="proposal")
    receivables = models.JSONField()  # [[receivable id, fen], …]
    by = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"proposal for line #{self.line_id}"


class Dispute(models.Model):
    """That an owner disputes a due, and what was decided by whom."""

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="disputes")
    reason = EncryptedTextField(_("reason"))
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True)
    upheld = models.BooleanField(null=True)  # true: the owner was right, the due falls away

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["due"], condition=models.Q(decided_at=None), name="dispute_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, upheld=None)
                | models.Q(decided_at__isnull=False, upheld__isnull=False),
                name="dispute_decided_with_a_word",
            ),
        ]

    def __str__(self) -> str:
        return f"dispute of due #{self.due_id}"


class ReminderChannel(models.TextChoices):
    """How a notice reached the home."""

    HAND = "hand", _("handed over, signed for")
    POSTED = "posted", _("registered letter")
    DOOR = "door", _("left at the door, with a photo")
    PHONE = "phone", _("on the phone page, opened")


class Reminder(models.Model):
    """A notice that reached a home, with what it asked for; its proof interrupts the limitation.

    Source: 民法典 art. 195.
    """

    receivable = models.ForeignKey(Receivable, on_delete=models.PROTECT, related_name="reminders")
    dues = models.ManyToManyField(Due, related_name="reminders")
    channel = models.CharField(max_length=10, choices=ReminderChannel.choices)
    delivered_on = models.DateField()
    amount = models.BigIntegerField()
    proof_sha256 = models.BinaryField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reminder #{self.pk}"


class PaidClaim(models.Model):
    """What the owner says, until somebody has looked."""

    receivable = models.ForeignKey(Receivable, on_delete=models.PROTECT, related_name="claims")
    text = EncryptedTextField(_("What and when did you pay?"))
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = EncryptedTextField(_("answer"), null=True)

    def __str__(self) -> str:
        return f"claim #{self.pk}"
