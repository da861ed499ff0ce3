"""The statement of account (对账单) of a home, and the signed paper that came back."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.account import SupervisedAccount
from bandeng.funds.models.dues import Due, Receivable
from bandeng.kit.fields import EncryptedBytesField


class Signature(models.TextChoices):
    """Who signed a statement of account, and what proves that the home has it.

    Only the household's own signature acknowledges the debt. Source: 民法典 art. 195.
    """

    HOUSEHOLD = "household", _("signed by the household: it acknowledges the sum")
    ONLINE = "online", _("confirmed by the owner's own sign-in: it acknowledges the sum")
    HANDED = (
        "handed",
        _("creditor's seal; handed over before a witness, the household did not sign"),
    )
    POSTED = "posted", _("creditor's seal; registered letter")


ACKNOWLEDGES = (Signature.HOUSEHOLD, Signature.ONLINE)


class ReckoningPaper(models.Model):
    """A signed paper: one home's statement, or the creditor's sealed list of many; encrypted."""

    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="reckoning_papers"
    )
    signature = models.CharField(max_length=10, choices=Signature.choices)
    signed_on = models.DateField()
    content = EncryptedBytesField()
    sha256 = models.BinaryField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signature__in=Signature.values), name="reckoning_signature_known"
            ),
        ]

    def __str__(self) -> str:
        return f"paper #{self.pk}"


class Reckoning(models.Model):
    """A home's statement of account as it was drawn up: every step, what is open of each period.

    `said` is all that stands on the paper (canonical JSON), so that it prints the same for ever.
    Until `paper` is there, no notice may ask for its periods.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    receivable = models.ForeignKey(Receivable, on_delete=models.PROTECT, related_name="reckonings")
    until_on = models.DateField()
    owed = models.BigIntegerField()
    said = EncryptedBytesField()
    sha256 = models.BinaryField()
    paper = models.ForeignKey(
        ReckoningPaper, on_delete=models.PROTECT, null=True, related_name="reckonings"
    )
    by = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"statement of account #{self.pk}"

    def told(self) -> dict[str, Any]:
        """Give what stands on the paper."""
        return dict(json.loads(bytes(self.said or b"{}")))


class ReckonedDue(models.Model):
    """What a statement of account says is open of a period; fen."""

    reckoning = models.ForeignKey(Reckoning, on_delete=models.PROTECT, related_name="dues")
    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="reckoned")
    open = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reckoning", "due"], name="reckoned_once"),
            models.CheckConstraint(condition=models.Q(open__gt=0), name="reckoned_something"),
        ]

    def __str__(self) -> str:
        return f"due #{self.due_id} of statement #{self.reckoning_id}"
