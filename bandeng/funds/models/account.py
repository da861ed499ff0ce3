"""The supervised account (多方监管账户): who holds it, who supervises it, what the money is for."""

import json
import secrets
import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.words import AgreementKind, Chart, PaperKind, Strength, Supervision
from bandeng.funds.rules import approvals
from bandeng.kit.fields import EncryptedBytesField, EncryptedTextField
from bandeng.people.models import Organisation, Person
from bandeng.places.models import Estate
from bandeng.trail.models import Clock, Thread

if TYPE_CHECKING:
    from bandeng.funds.models.orders import Order


def new_code() -> str:
    """Give a code under which the signed log names an account: a letter, 11 hexadecimal digits."""
    return secrets.choice("abcdef") + secrets.token_hex(6)[:11]


class SupervisedAccount(models.Model):
    """Money of many households that nobody can move alone.

    It belongs to an estate; its holder is never the subdistrict. `opened_at` is set once all
    papers are there.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    estate = models.ForeignKey(Estate, on_delete=models.PROTECT, related_name="accounts")
    name = models.CharField(_("name"), max_length=80)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    creditor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    debtor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    invoicer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreement = models.CharField(max_length=10, choices=AgreementKind.choices)
    bank = models.CharField(_("bank"), max_length=80)
    bank_number = EncryptedTextField(_("account number"))
    # which clause of the agreement allows cash; empty: none is taken
    cash_clause = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex="^[a-f][0-9a-f]{11}$"), name="account_code_12_digits"
            ),
            models.UniqueConstraint(fields=["estate", "name"], name="account_named_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the account's page."""
        return reverse("funds:account", kwargs={"pk": self.pk})

    def missing_papers(self) -> list[PaperKind]:
        """Give the kinds of papers without which the account cannot open."""
        there = set(self.papers.values_list("kind", flat=True))
        return [kind for kind in PaperKind if kind not in there]

    def standing_freezes(self) -> "models.QuerySet[Freeze]":
        """Give what stops the account's payments now."""
        return self.freezes.filter(ended=None)

    def purpose_code(self) -> str:
        """Give the ledger's code of the purpose for which the dues are collected."""
        purpose = self.purposes.get(takes_dues=True)
        return self.ledger_code(Chart.EARMARK, purpose.code)

    def ledger_code(self, chart: Chart, detail: str = "") -> str:
        """Give how the ledger and the signed log name one of the account's books."""
        return "/".join(part for part in (self.code, chart.value, detail) if part)

    def policy(self) -> "Policy":
        """Give the rules of approval that hold now."""
        return self.policies.latest("version")


class AccountPaper(models.Model):
    """A signed paper on which the account rests: the scan lies encrypted, its digest is told."""

    account = models.ForeignKey(SupervisedAccount, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    title = models.CharField(max_length=120)
    signed_on = models.DateField()
    amount = models.BigIntegerField(null=True)  # fen; the debt that the developer acknowledges
    content = EncryptedBytesField(null=True)
    sha256 = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=PaperKind.values), name="paper_kind_known"
            ),
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 32), name="paper_has_its_sha256"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AccountPurpose(models.Model):
    """What money of the account is set aside for; its balance lies in the ledger."""

    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="purposes"
    )
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    takes_dues = models.BooleanField(default=False)
    goal = models.BigIntegerField(null=True)  # fen; what it will cost, once that is known

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "code"], name="purpose_coded_once"),
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(takes_dues=True),
                name="purpose_of_dues_once",
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex="^[a-z][a-z0-9_]*$"), name="purpose_code"
            ),
            models.CheckConstraint(
                condition=models.Q(goal=None) | models.Q(goal__gt=0), name="purpose_goal"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Policy(models.Model):
    """Who must approve what, in one version; `document` is the canonical text that is signed.

    It holds `supervisors` (role → person tokens), `bands` (up to how much → how many of each
    role) and `fee_limit`. The database counts by it, so there is no second truth.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="policies"
    )
    version = models.PositiveSmallIntegerField()
    document = models.BinaryField()
    order = models.OneToOneField(
        "funds.Order", on_delete=models.PROTECT, null=True, related_name="new_policy"
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "version"], name="policy_version_once"),
            models.CheckConstraint(
                condition=models.Q(version=1, order=None)
                | models.Q(version__gt=1, order__isnull=False),
                name="policy_changes_by_an_order",
            ),
        ]

    def __str__(self) -> str:
        return f"policy v{self.version}"

    @cached_property
    def rules(self) -> dict[str, Any]:
        """Give the signed text as data."""
        return dict(json.loads(bytes(self.document)))

    def roles_of(self, person: Person) -> list[Supervision]:
        """Give in which roles somebody supervises the account."""
        named = self.rules["supervisors"]
        return [role for role in Supervision if str(person.token) in named.get(role, ())]

    def needs(self, order: "Order") -> dict[Supervision, int]:
        """Give how many of each role must approve an order; empty: nobody may.

        Rules of approval themselves change only as the dearest order would be approved.
        """
        found = approvals.needs(policy=self.rules, kind=order.kind, amount=order.amount)
        return {Supervision(role): n for role, n in found.items()}


class SigningKey(models.Model):
    """The public half of a key with which a person approves; COSE, as the passkey gave it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signing_keys")
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    name = models.CharField(max_length=60, blank=True)
    strength = models.CharField(
        max_length=10, choices=Strength.choices, default=Strength.PASSKEY.value
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key #{self.pk}"


class Freeze(models.Model):
    """A court's freeze or a notice of insolvency: no order is carried out while it stands."""

    account = models.ForeignKey(SupervisedAccount, on_delete=models.PROTECT, related_name="freezes")
    document = models.CharField(max_length=120)  # its number and issuing body
    sha256 = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.document


class FreezeEnd(models.Model):
    """The document that ends a freeze."""

    freeze = models.OneToOneField(Freeze, on_delete=models.PROTECT, related_name="ended")
    document = models.CharField(max_length=120)
    sha256 = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.document
