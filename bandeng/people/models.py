"""Who lives, works and answers here."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bandeng.kit.addresses import address
from bandeng.kit.crypto import keyed_hash
from bandeng.kit.fields import EncryptedTextField
from bandeng.kit.masking import masked_name, masked_phone
from bandeng.people.rules.masking import masked_id
from bandeng.places.models import Estate, Home
from bandeng.trail.models import Clock, Thread

VERBS = {
    "person.enrolled": _("Taken up"),
    "person.changed": _("Details changed"),
    "person.signed_up": _("Signed up"),
    "person.signed_in": _("Signed in"),
    "person.unmasked": _("Hidden details shown"),
    "person.erased": _("Personal details erased"),
    "person.locked": _("Account closed"),
    "person.unlocked": _("Account opened again"),
    "phone.verified": _("Phone number verified"),
    "password.changed": _("Password changed"),
    "passkey.added": _("Passkey registered"),
    "passkey.removed": _("Passkey removed"),
    "account.closed": _("Account ended by its owner"),
    "preferences.changed": _("Preferences changed"),
    "data.copied": _("Copy of own data handed out"),
    "address.changed": _("E-mail address changed"),
    "consent.given": _("Consent given"),
    "consent.withdrawn": _("Consent withdrawn"),
    "consent_text.published": _("Consent text published"),
    "home.related": _("Related to a home"),
    "home.unrelated": _("No longer related to a home"),
    "role.assigned": _("Role given"),
    "role.ended": _("Role ended"),
    "organisation.added": _("Organisation taken up"),
    "organisation.changed": _("Organisation changed"),
}

OWN_VERBS = {"person.signed_in", "preferences.changed", "password.changed", "data.copied"}


class PersonManager(BaseUserManager["Person"]):
    """Finds persons by what lies encrypted."""

    def by_phone(self, phone: str) -> "models.QuerySet[Person]":
        """Give those who have this number (E.164), verified or not."""
        return self.filter(phone_key=keyed_hash(text=phone, context="phone"))

    def by_id_number(self, number: str) -> "models.QuerySet[Person]":
        """Give whoever has this identity number."""
        return self.filter(id_key=keyed_hash(text=number, context="id"))

    def signs_in_by(self, phone: str) -> "Person | None":
        """Give whoever has proved to hold this number and is not locked out."""
        return self.by_phone(phone).filter(phone_verified_at__isnull=False, is_active=True).first()


class Person(AbstractBaseUser):
    """Somebody the house knows; everywhere below `people` they are only `token`.

    Phone and identity number lie encrypted; `phone_key` and `id_key` find them again.
    Whoever has a verified phone and a password or a code can sign in.
    """

    last_login = None  # signing in is told by the trail, not by the row
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=60)
    phone = EncryptedTextField(_("phone"), null=True)
    phone_key = models.BinaryField(null=True, db_index=True)
    phone_verified_at = models.DateTimeField(null=True)
    id_number = EncryptedTextField(_("identity number"), null=True)
    id_key = models.BinaryField(null=True, unique=True)
    language = models.CharField(max_length=10, blank=True, choices=settings.LANGUAGES)
    elder_mode = models.BooleanField(default=False)
    area_code = models.CharField(max_length=12, blank=True, db_index=True)  # who took them up
    is_active = models.BooleanField(default=True)
    erased_at = models.DateTimeField(null=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    USERNAME_FIELD = "token"
    objects = PersonManager()

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
        return self.masked_name

    def get_absolute_url(self) -> str:
        """Give the page about this person."""
        return address("people:person", self.pk)

    @property
    def national_phone(self) -> str:
        """Give the number as people here write it."""
        return (self.phone or "").removeprefix("+86")

    @property
    def has_password(self) -> bool:
        """Tell whether there is one; whoever has none signs in by a code."""
        return bool(self.password) and self.has_usable_password()

    @property
    def masked_name(self) -> str:
        """Give the name as it is shown by default."""
        return masked_name(self.name) or str(_("erased"))

    @property
    def masked_phone(self) -> str:
        """Give the number as it is shown by default."""
        return masked_phone(self.phone.removeprefix("+86")) if self.phone else ""

    @property
    def masked_id(self) -> str:
        """Give the identity number as it is shown by default."""
        return masked_id(number=self.id_number or "")

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

    def get_absolute_url(self) -> str:
        """Give the page about this organisation."""
        return address("people:organisation", self.pk)


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


class Purpose(models.TextChoices):
    """What a person can agree to, each apart (个人信息保护法 art. 23, 25, 29)."""

    ACCOUNT = "account", _("an account of one's own")
    SHARING = "sharing", _("passing my details on to those who solve my matter")
    PUBLISHING = "publishing", _("publishing my story under my masked name")
    SENSITIVE = "sensitive", _("keeping my identity number")


class ConsentText(models.Model):
    """The words that a person agrees to, in one version that never changes."""

    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField()
    text_zh = models.TextField()
    text_en = models.TextField()
    published_at = models.DateTimeField()
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} v{self.version}"

    def in_words(self, language: str | None) -> str:
        """Give the text in a language, with its version."""
        words = self.text_en if language == "en" else self.text_zh
        return f"{words} ({self.published_at:%Y-%m-%d} v{self.version})"


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


class Knock(models.TextChoices):
    """What somebody tried at the door."""

    FAILED = "failed", _("wrong password or code")
    CODE = "code", _("asked for a code")


class Attempt(models.Model):
    """That somebody tried to sign in by a number, from an address; both only as keyed hashes.

    Counted to lock the door after too many; kept six months (网络安全法 art. 23), then deleted.
    """

    phone_key = models.BinaryField()
    address_key = models.BinaryField()
    kind = models.CharField(max_length=10, choices=Knock.choices)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["phone_key", "at"], name="attempt_by_phone"),
            models.Index(fields=["address_key", "at"], name="attempt_by_address"),
            models.Index(fields=["at"], name="attempt_by_time"),
        ]

    def __str__(self) -> str:
        return f"attempt #{self.pk}"
