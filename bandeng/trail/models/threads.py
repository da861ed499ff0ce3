"""What happened, who did it, when: rows that are only ever added."""

import uuid

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

VERBS = {
    "entry.erased": _("Private details erased"),
    "comment.public": _("Comment"),
    "comment.internal": _("Internal note"),
    "attachment.added": _("Picture added"),
    "attachment.erased": _("Picture erased"),
    "witness.registered": _("Witness of the log registered"),
    "witness.retired": _("Witness of the log retired"),
}
LEAF_LENGTH = 65_535  # bytes of a leaf, at most (C2SP tlog-tiles: its length is a uint16)


class Clock(models.Func):
    """The database's own time, which moves on inside a transaction."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class Transaction(models.Func):
    """The number of the transaction that writes; those still running are known by it."""

    function = "pg_current_xact_id"
    template = "((%(function)s())::text::bigint)"
    output_field = models.BigIntegerField()


class Thread(models.Model):
    """The one thing that entries, files and comments hang on."""

    def __str__(self) -> str:
        return f"thread {self.pk}"


class Entry(models.Model):
    """One line of a thread's story: people are tokens here, so that they can be forgotten."""

    thread = models.ForeignKey(
        Thread, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    verb = models.CharField(max_length=60)
    actor = models.UUIDField()
    subject = models.UUIDField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)
    public = models.BinaryField()
    commitment = models.BinaryField()
    transaction = models.BigIntegerField(db_default=Transaction(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("public"), LEAF_LENGTH),
                name="entry_fits_the_log",
            ),
            models.CheckConstraint(
                condition=models.Q(at__lte=models.F("recorded_at")), name="entry_not_of_the_future"
            ),
            models.CheckConstraint(
                condition=Exact(Length("commitment"), 32), name="entry_commitment_is_sha256"
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "at", "id"], name="entry_story"),
            models.Index(fields=["transaction"], name="entry_awaiting"),  # the signer's question
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"


class EntryPrivate(models.Model):
    """What an entry keeps back; it may go, and the entry still holds."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="private_part"
    )
    salt = models.BinaryField()
    private = models.BinaryField()

    def __str__(self) -> str:
        return f"private part of #{self.pk}"


class Audience(models.TextChoices):
    """Who reads a comment or sees a file."""

    PUBLIC = "public", _("everyone who may see the matter")
    INTERNAL = "internal", _("staff only")


COMMENT_VERBS = {Audience.PUBLIC: "comment.public", Audience.INTERNAL: "comment.internal"}


class Attachment(models.Model):
    """A picture on a thread: its bytes lie in the storage under `token`.

    `audience` says who may see it; the owning room decides who that is and serves it.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="attachments")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    content_type = models.CharField(max_length=20)
    sha256 = models.BinaryField()
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(content_type__in=["image/jpeg", "image/png"]),
                name="attachment_is_jpeg_or_png",
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="attachment_audience_known"
            ),
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 32), name="attachment_has_its_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"attachment #{self.pk}"
