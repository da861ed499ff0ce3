"""What is told to whom: an outbox in the same database as the act that it tells of."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from bandeng.kit.fields import EncryptedTextField
from bandeng.trail.models import Clock

VERBS = {
    "address.set": _("Contact address changed"),
    "address.dropped": _("Contact address removed"),
}


class Channel(models.TextChoices):
    """A way by which a message reaches a person."""

    IN_APP = "in_app", _("in the app")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("text message")
    CONSOLE = "console", _("console")


class DeliveryState(models.TextChoices):
    """How far one delivery has come."""

    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    GAVE_UP = "gave_up", _("gave up")
    NOT_CONFIGURED = "not_configured", _("channel not configured")

    @classmethod
    def undelivered(cls) -> list[str]:
        """Ended without having been sent: shown until somebody does something about it."""
        return [cls.GAVE_UP, cls.NOT_CONFIGURED]


class Address(models.Model):
    """Where the person behind `owner` is reached; nobody's name is here."""

    owner = models.UUIDField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    value = EncryptedTextField()
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "channel"], name="address_once_a_channel"),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="address_channel_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} address #{self.pk}"


class Message(models.Model):
    """One thing told to one person, in the words that were right then."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.UUIDField()
    sender = models.UUIDField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-at", "-id"], name="message_inbox")]

    def __str__(self) -> str:
        return f"message #{self.pk}"


class Delivery(models.Model):
    """One try after another to bring one message by one channel."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(
        max_length=20, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_a_channel"),
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values), name="delivery_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~models.Q(state=DeliveryState.SENT) & models.Q(sent_at=None)),
                name="delivery_sent_exactly_when_it_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at"],
                condition=models.Q(state=DeliveryState.QUEUED),
                name="delivery_to_do",
            ),
            models.Index(
                fields=["channel", "state"],
                condition=models.Q(state__in=DeliveryState.undelivered()),
                name="delivery_undelivered",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery #{self.pk}"
