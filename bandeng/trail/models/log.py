"""The signed log: which row is which leaf, what was signed, and who has witnessed it."""

import uuid

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from bandeng.trail.models.threads import Clock, Thread


class Leaf(models.Model):
    """The place of one row in the log; the signer alone writes it, without a gap."""

    index = models.BigIntegerField(primary_key=True)
    source = models.CharField(max_length=20)
    row = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "row"], name="leaf_row_once"),
            models.CheckConstraint(condition=models.Q(index__gte=0), name="leaf_from_zero"),
            models.CheckConstraint(condition=Exact(Length("hash"), 32), name="leaf_hash_is_sha256"),
        ]

    def __str__(self) -> str:
        return f"leaf {self.index}: {self.source} {self.row}"


class Checkpoint(models.Model):
    """What the log has said: a size, the root over so many leaves, and the signed note."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("root"), 32), name="checkpoint_root_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class SignerKind(models.TextChoices):
    """What the signer has to say."""

    STARTED = "started", _("signer started")
    STOPPED = "stopped", _("signer stopped")
    REFUSED = "refused", _("signer refuses to sign")


class SignerNotice(models.Model):
    """What the signer said about itself: it started, it stopped, it refuses to sign and why."""

    kind = models.CharField(max_length=10, choices=SignerKind.choices)
    code = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class Witness(models.Model):
    """A supervising party that checks the log with a key of its own; never a person's name."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100, unique=True)
    role = models.CharField(max_length=100)
    key = models.CharField(max_length=300, unique=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    def __str__(self) -> str:
        return self.name


class WitnessEnd(models.Model):
    """From when on a witness's signature counts no more; what it signed before, stays."""

    witness = models.OneToOneField(
        Witness, on_delete=models.PROTECT, primary_key=True, related_name="end"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"end of {self.witness_id}"


class Cosignature(models.Model):
    """A witness's line under a checkpoint: it has seen the log grow up to here, and only grow."""

    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="cosignatures")
    checkpoint = models.ForeignKey(
        Checkpoint, on_delete=models.PROTECT, related_name="cosignatures"
    )
    line = models.CharField(max_length=500)
    signed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "witness"], name="cosignature_once_a_checkpoint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.witness_id} under {self.checkpoint_id}"
