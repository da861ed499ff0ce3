"""What supervisors are asked to approve, and how each of them answered."""

import json
import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.account import Policy, SigningKey, SupervisedAccount
from bandeng.funds.models.words import OrderKind, Strength
from bandeng.kit.fields import EncryptedBytesField, EncryptedTextField
from bandeng.people.models import Person
from bandeng.trail.models import Clock, Thread

if TYPE_CHECKING:
    from bandeng.funds.models.ledger import LedgerAccount


class Order(models.Model):
    """A payment order (用款申请), or money to set aside, or new rules: never changed once made.

    The database spells `document` from the columns; `digest` is its SHA-256, the bytes that
    every approver signs. `terms` binds what stands in `OrderTerms`.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(SupervisedAccount, on_delete=models.PROTECT, related_name="orders")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=OrderKind.choices)
    debit = models.ForeignKey(
        "funds.LedgerAccount", on_delete=models.PROTECT, null=True, related_name="+"
    )
    credit = models.ForeignKey(
        "funds.LedgerAccount", on_delete=models.PROTECT, null=True, related_name="+"
    )
    amount = models.BigIntegerField(null=True)
    terms = models.BinaryField()
    maker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)
    document = models.BinaryField(editable=False)
    digest = models.BinaryField(editable=False)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrderKind.values), name="order_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=OrderKind.POLICY, debit=None, credit=None, amount=None)
                | models.Q(
                    ~models.Q(kind=OrderKind.POLICY),
                    debit__isnull=False,
                    credit__isnull=False,
                    amount__gt=0,
                    amount__isnull=False,  # a comparison with NULL would let it pass
                ),
                name="order_says_what_moves",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("at")), name="order_expires_later"
            ),
            models.UniqueConstraint(
                fields=["id", "digest", "maker"], name="order_is_what_is_approved"
            ),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"order #{self.pk}"

    def get_absolute_url(self) -> str:
        """Give the order's page."""
        return reverse("funds:order", kwargs={"pk": self.pk})

    def said(self) -> dict[str, str]:
        """Give what it says beside its sum: payee, purpose and basis, or a reason."""
        if self.kind == OrderKind.POLICY:
            return {}
        return dict(json.loads(self.terms_kept.private))

    def headline(self) -> str:
        """Say in a line what is asked for."""
        if self.kind == OrderKind.POLICY:
            return gettext("New rules of approval")
        terms = self.said()
        if self.kind == OrderKind.PAYMENT:
            return gettext("%(payee)s: %(purpose)s") % terms
        return gettext("Set aside: %(reason)s") % terms

    def moves(self) -> "tuple[LedgerAccount, LedgerAccount, int]":
        """Give from where to where the money goes, and how much (fen).

        Raises:
            ValueError: it is about rules, not money.
        """
        if self.debit is None or self.credit is None or self.amount is None:
            raise ValueError("This order moves no money.")
        return self.debit, self.credit, self.amount


class OrderTerms(models.Model):
    """What an order says beside its sum: payee, purpose, basis; the digest covers it by `terms`."""

    order = models.OneToOneField(
        Order, on_delete=models.PROTECT, primary_key=True, related_name="terms_kept"
    )
    salt = models.BinaryField()
    private = EncryptedBytesField()

    def __str__(self) -> str:
        return f"terms of order #{self.order_id}"


class Approval(models.Model):
    """A supervisor's yes (会签) to exactly this order, with the proof of it.

    By key: what the key signed. On paper: the scan's digest and the two who entered it.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="approvals")
    digest = models.BinaryField()
    maker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="approvals")
    role = models.CharField(max_length=20)
    strength = models.CharField(max_length=10, choices=Strength.choices)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, null=True, related_name="+")
    authenticator_data = models.BinaryField(null=True)
    client_data = models.BinaryField(null=True)
    signature = models.BinaryField(null=True)
    sheet = EncryptedBytesField(null=True)
    sheet_sha256 = models.BinaryField(null=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "person"], name="approval_once"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("maker")), name="approval_not_of_the_maker"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    strength__in=[Strength.PASSKEY, Strength.USB_KEY],
                    key__isnull=False,
                    client_data__isnull=False,
                    authenticator_data__isnull=False,
                    signature__isnull=False,
                )
                | models.Q(
                    ~models.Q(entered_by=models.F("checked_by")),
                    strength=Strength.PAPER,
                    sheet_sha256__isnull=False,
                    entered_by__isnull=False,
                    checked_by__isnull=False,
                ),
                name="approval_has_its_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"approval #{self.pk}"


class PaperApproval(models.Model):
    """A signed sheet that one person has entered and a second must still check."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="sheets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    sheet = EncryptedBytesField()
    sha256 = models.BinaryField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "person"], name="sheet_once"),
        ]

    def __str__(self) -> str:
        return f"sheet #{self.pk}"


class OrderStop(models.Model):
    """A supervisor's or the maker's stop: the order is dead."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="stopped")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(_("reason"))
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"stop of order #{self.order_id}"
