"""What a person reported, and what they say of the result."""

import uuid
from base64 import urlsafe_b64encode

from django.db import models
from django.utils.translation import gettext_lazy as _

from bandeng.cases.models.case import Case
from bandeng.cases.models.words import SATISFIED_CHOICES, SOLVED_CHOICES
from bandeng.kit.crypto import keyed_hash
from bandeng.kit.fields import EncryptedTextField
from bandeng.people.models import Person
from bandeng.trail.models import Clock


def secret_of(*, token: uuid.UUID) -> str:
    """Give the secret of a report's status page; without the house's key nobody can make it.

    Returns: 43 characters that stand in an address (256 bits).
    """
    hidden = keyed_hash(text=str(token), context="report.secret")
    return urlsafe_b64encode(hidden).decode().rstrip("=")


class Channel(models.TextChoices):
    """By which way a report came."""

    WEB = "web", _("web page")
    QR = "qr", _("scanned code")
    PHONE = "phone", _("by telephone")
    WALK_IN = "walk_in", _("visit to the office")
    STAFF = "staff", _("seen by staff")
    MEETING = "meeting", _("meeting")
    PAPER = "paper", _("letter or old register")


class Report(models.Model):
    """One person's report of a matter, anonymous to the public.

    Name, phone, place and text are the reporter's own: they lie encrypted, never reach the
    trail, and can be erased while the case goes on. Of the status page's secret (256 bits)
    only the hash is here; the secret itself follows from `token` and the house's key.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("report number"), max_length=50, unique=True)
    secret_hash = models.BinaryField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = EncryptedTextField(_("name of the reporter"), null=True)
    phone = EncryptedTextField(_("phone"), null=True)
    phone_key = models.BinaryField(null=True)
    place = EncryptedTextField(_("place"), null=True)
    text = EncryptedTextField(_("what happened"), null=True)
    tell_handler = models.BooleanField(default=False)  # the body asked may see name and phone
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel.choices)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("reported"))
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)
    client_id = models.UUIDField(unique=True, null=True)
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone=None, phone_key=None)
                | models.Q(phone__isnull=False, phone_key__isnull=False),
                name="report_phone_is_findable",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="report_channel_known"
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(name=None, phone=None, place=None, text=None),
                name="report_erased_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["phone_key"], name="report_by_phone")]

    def __str__(self) -> str:
        return self.number


class AnswerChannel(models.TextChoices):
    """By which way an answer came."""

    LINK = "link", _("status page")
    PHONE = "phone", _("by telephone")
    DOOR = "door", _("at the door")


class Answer(models.Model):
    """What one reporter says of one round of work; nobody else's answer replaces it.

    Nothing said means that the reporter was called and not reached.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="answers")
    cycle = models.PositiveSmallIntegerField()  # the case's reopenings when it was given
    reached = models.BooleanField()
    contacted = models.BooleanField(null=True)
    solved = models.CharField(max_length=10, choices=SOLVED_CHOICES, null=True)  # noqa: DJ001
    satisfied = models.CharField(max_length=10, choices=SATISFIED_CHOICES, null=True)  # noqa: DJ001
    comment = EncryptedTextField(null=True)
    channel = models.CharField(max_length=10, choices=AnswerChannel.choices)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "cycle"], name="answer_once_a_round"),
            models.CheckConstraint(
                condition=models.Q(reached=True)
                | models.Q(contacted=None, solved=None, satisfied=None),
                name="answer_only_from_who_was_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"answer #{self.pk}"
