"""Papers for many homes, printed in the background into one file."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.account import SupervisedAccount
from bandeng.kit.fields import EncryptedBytesField


class PrintKind(models.TextChoices):
    """What is printed for each home."""

    RECKONINGS = "reckonings", _("statements of account")
    NOTICES = "notices", _("payment notices")


class PrintState(models.TextChoices):
    """Where a printing stands."""

    WAITING = "waiting", _("being printed")
    READY = "ready", _("ready")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("failed")


class Printing(models.Model):
    """One batch: `rows` are fixed when it is asked for, `done` of them lie in its parts.

    `rows` are keys of `Reckoning` or `Receivable`. Once ready, `content` is the whole file.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="printings"
    )
    kind = models.CharField(max_length=10, choices=PrintKind.choices)
    rows = models.JSONField()
    total = models.PositiveIntegerField()
    pay_until = models.DateField(null=True)
    done = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PrintState.choices, default=PrintState.WAITING)
    content = EncryptedBytesField(null=True)
    size = models.PositiveIntegerField(default=0)  # bytes
    tries = models.PositiveSmallIntegerField(default=0)  # since the last part that succeeded
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=PrintState.values), name="printing_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("total")), name="printing_done_of_total"
            ),
        ]

    def __str__(self) -> str:
        return f"printing #{self.pk}"

    def get_absolute_url(self) -> str:
        """Give its page of progress."""
        return reverse("funds:printing", kwargs={"token": self.token})


class PrintPart(models.Model):
    """Some of the pages, while the rest is being printed."""

    printing = models.ForeignKey(Printing, on_delete=models.CASCADE, related_name="parts")
    first = models.PositiveIntegerField()
    content = EncryptedBytesField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["printing", "first"], name="print_part_once"),
        ]

    def __str__(self) -> str:
        return f"part from {self.first} of printing #{self.printing_id}"
