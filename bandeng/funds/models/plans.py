"""A plan by instalments: who asked, who on the creditor's side agreed, what comes when."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.dues import Due, Receivable
from bandeng.kit.fields import EncryptedBytesField, EncryptedTextField


class Plan(models.Model):
    """What a home asks to pay in parts; it binds once `accepted`, until `ended_at`.

    `paid_before`: what the home had paid when it asked (fen); what comes later fills the instalments.
    `own`: the household asked by its own sign-in; else `paper` is what it signed. Asking is an
    acknowledgement that begins the limitation anew. Source: 诉讼时效规定 art. 14.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    receivable = models.ForeignKey(Receivable, on_delete=models.PROTECT, related_name="plans")
    dues = models.ManyToManyField(Due, related_name="plans")
    total = models.BigIntegerField()
    paid_before = models.BigIntegerField()
    own = models.BooleanField()
    asked_on = models.DateField()
    reason = EncryptedTextField(_("reason"), null=True)
    paper = EncryptedBytesField(null=True)
    paper_sha256 = models.BinaryField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()
    accepted = models.BooleanField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)  # who on the creditor's side
    source = models.CharField(max_length=200, blank=True)  # letter, record of a call, with its date
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["receivable"], condition=models.Q(ended_at=None), name="plan_one_stands"
            ),
            models.CheckConstraint(condition=models.Q(total__gt=0), name="plan_is_something"),
            models.CheckConstraint(
                condition=models.Q(own=True) | models.Q(paper_sha256__isnull=False),
                name="plan_asked_by_the_household",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted=None, answered_at=None)
                | models.Q(accepted__isnull=False, answered_at__isnull=False)
                & ~models.Q(answered_by="")
                & ~models.Q(source=""),
                name="plan_answered_with_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"plan #{self.pk}"


class Instalment(models.Model):
    """One part of a plan; fen. The parts of a plan add up to its total."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="instalments")
    n = models.PositiveSmallIntegerField()
    on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "n"], name="instalment_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="instalment_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"instalment {self.n} of plan #{self.plan_id}"
