"""Money that somebody paid from their own pocket because it could not wait (垫付)."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bandeng.cases.models import Case
from bandeng.funds.models.orders import Order
from bandeng.kit.fields import EncryptedBytesField, EncryptedTextField
from bandeng.people.models import Organisation, Person
from bandeng.trail.models import Clock


class Advance(models.Model):
    """An advance, with its receipt and the leader who agreed; in fen.

    It is repaid by the body liable or from the emergency purpose, never from another earmark.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="advances")
    payer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="advances")
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    what = EncryptedTextField(_("What was paid for?"))
    receipt = EncryptedBytesField(null=True)
    receipt_sha256 = models.BinaryField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)
    repaid_at = models.DateTimeField(null=True)
    repaid_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    order = models.OneToOneField(Order, on_delete=models.PROTECT, null=True, related_name="advance")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="advance_is_something"),
            models.CheckConstraint(
                condition=~models.Q(payer=models.F("leader")), name="advance_agreed_by_another"
            ),
            models.CheckConstraint(
                condition=models.Q(repaid_at=None, repaid_by=None)
                | models.Q(repaid_at__isnull=False, repaid_by__isnull=False, order=None)
                | models.Q(repaid_at__isnull=False, repaid_by=None, order__isnull=False)
                | models.Q(repaid_at=None, repaid_by=None, order__isnull=False),
                name="advance_repaid_once",
            ),
        ]

    def __str__(self) -> str:
        return f"advance #{self.pk}"

    def get_absolute_url(self) -> str:
        """Give the advance's page."""
        return reverse("funds:advance", kwargs={"pk": self.pk})
