"""Who lives, works and answers here."""

import uuid
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bandeng.kit.fields import EncryptedTextField
from bandeng.places.models import Estate, Home
from bandeng.trail.models import Clock, Thread


class Person(AbstractBaseUser):
    """Somebody the house knows; everywhere below `people` they are only `token`.

    Phone and identity number lie encrypted; `phone_key` and `id_key` find them again.
    Whoever has a verified phone and a password or a code can sign in.
    """

    last_login = None  # signing in is told by the trail, not by the row
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    phone = EncryptedTextField(_("phone"), null=True)
    phone_key = models.BinaryField(null=True, db_index=True)
    phone_verified_at = models.DateTimeField(null=True)
    id_number = EncryptedTextField(_("identity number"), null=True)
    id_key = models.BinaryField(null=True, unique=True)
    language = models.CharField(max_length=10, blank=True)
    elder_mode = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    USERNAME_FIELD = "token"
    objects = BaseUserManager["Person"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone=None, phone_key=None)
                | models.Q(phone__isnull=False, phone_key__isnull=False),
                name="person_phone_is_findable",
            ),
            models.UniqueConstraint(  # a household may share a number, one of them signs in by it
                fields=["phone_key"],
                condition=models.Q(phone_verified_at__isnull=False),
                name="person_verified_phone_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def held(self) -> list["Assignment"]:
        """Every role this person ever held; asked once, see `permissions.roles`."""
        return list(self.assignments.select_related("organisation").order_by("pk"))


class OrganisationKind(models.TextChoices):
    """What an organisation is in the neighbourhood's affairs."""

    SUBDISTRICT = "subdistrict", _("subdistrict office")
    COMMUNITY = "community", _("community")
    DEPARTMENT = "department", _("department")
    PARTY_BRANCH = "party_branch", _("party branch")
    DEVELOPER = "developer", _("developer")
    PROPERTY_COMPANY = "property_company", _("property company")
    CONTRACTOR = "contractor", _("contractor")
    COLLECTOR = "collector", _("third-party collector")
    NEWSPAPER = "newspaper", _("newspaper")
    OTHER = "other", _("other")


class Organisation(models.Model):
    """A body that can be asked, can promise and can be held to it."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    credit_code = models.CharField(max_length=18, blank=True)  # GB 32100-2015
    area_code = models.CharField(max_length=12, blank=True, db_index=True)  # where it answers
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="organisation_credit_code_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values),
                name="organisation_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person does for an organisation."""

    GRID_WORKER = "grid_worker", _("grid worker")
    COMMUNITY_WORKER = "community_worker", _("community worker")
    OFFICER = "officer", _("subdistrict officer")
    DIRECTOR = "director", _("subdistrict director")
    HANDLER = "handler", _("handler")  # of a department, property company or contractor
    DEPUTY = "deputy", _("people's deputy")
    BRANCH_SECRETARY = "branch_secretary", _("party-branch secretary")
    REPRESENTATIVE = "representative", _("residents' representative")
    CORRESPONDENT = "correspondent", _("correspondent")
    EDITOR = "editor", _("editor")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Questions about roles."""

    def valid(self, *, on: date) -> "AssignmentQuerySet":
        """Keep those that are held on a day."""
        return self.filter(period__contains=on)


class Assignment(models.Model):
    """That a person holds a role in an organisation, for a scope, in a period.

    Scope: `estate`, or every place whose code begins with `area_code` (430203003 is a
    subdistrict with all its communities). Without either it covers no place.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Role.choices)
    area_code = models.CharField(max_length=12, blank=True)
    estate = models.ForeignKey(Estate, on_delete=models.PROTECT, null=True)
    period = DateRangeField()
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="assignment_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(area_code__regex="^[0-9]{0,12}$"), name="assignment_area_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} #{self.pk}"

    def is_valid(self, *, on: date) -> bool:
        """Tell whether it is held on a day; its last day is the one before `upper`."""
        since, until = self.period.lower, self.period.upper
        return (since is None or since <= on) and (until is None or on < until)


class RelationKind(models.TextChoices):
    """How a person belongs to a home; one person may be all three."""

    OWNER = "owner", _("owner")
    OCCUPANT = "occupant", _("occupant")
    PAYER = "payer", _("payer")


class HomeRelation(models.Model):
    """That a person owns, occupies or pays for a home, since when and who says so."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="relations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="homes")
    kind = models.CharField(max_length=10, choices=RelationKind.choices)
    period = DateRangeField()
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="relation_once_at_a_time",
                expressions=[
                    ("home", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of home #{self.home_id}"


class ConsentText(models.Model):
    """The words that a person agrees to, in one version that never changes."""

    purpose = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    text_zh = models.TextField()
    text_en = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} v{self.version}"


class Consent(models.Model):
    """That a person agreed to a text, and perhaps took it back.

    Source: 个人信息保护法 art. 14, 15, 29.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"],
                condition=models.Q(withdrawn_at=None),
                name="consent_given_once_until_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"consent #{self.pk}"
