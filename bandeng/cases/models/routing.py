"""What can be reported, how long it may take, and whom it goes to."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bandeng.cases.models.words import KIND_CHOICES, UNIT_CHOICES
from bandeng.cases.rules.deadlines import Limit
from bandeng.people.models import Organisation
from bandeng.places.models import Estate
from bandeng.places.rules.calendar import Unit
from bandeng.trail.models import Thread


class Category(models.Model):
    """Something that can be reported, in both languages, with its limit and its source."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=40)
    name_zh = models.CharField(_("name in Chinese"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    limit_n = models.PositiveSmallIntegerField(_("limit"))
    limit_unit = models.CharField(_("unit"), max_length=20, choices=UNIT_CHOICES)
    limit_source = models.CharField(_("source of the limit"), max_length=200)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    period = DateRangeField(_("valid"))
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="category_once_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(limit_unit__in=[unit for unit, _label in UNIT_CHOICES]),
                name="category_unit_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _label in KIND_CHOICES]),
                name="category_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return str(getattr(self, self.name_field()))

    @classmethod
    def name_field(cls) -> str:
        """Tell in which field the name in the reader's language lies."""
        return "name_en" if (get_language() or "").startswith("en") else "name_zh"

    @property
    def limit(self) -> Limit:
        """How long the body asked has."""
        return Limit(self.limit_n, Unit(self.limit_unit), self.limit_source)


class RoutingRule(models.Model):
    """Cases of a category, in an estate or area, go to one body."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, verbose_name=_("category")
    )
    area_code = models.CharField(_("area code"), max_length=12, blank=True)
    estate = models.ForeignKey(
        Estate, on_delete=models.PROTECT, null=True, verbose_name=_("estate")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name=_("organisation")
    )
    priority = models.SmallIntegerField(_("priority"), default=0)
    period = DateRangeField(_("valid"))
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="rule_one_body_at_a_time",
                expressions=[
                    (Coalesce("category", 0), RangeOperators.EQUAL),
                    (Coalesce("estate", 0), RangeOperators.EQUAL),
                    ("area_code", RangeOperators.EQUAL),
                    ("priority", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(area_code__regex="^[0-9]{0,12}$"), name="rule_area_code"
            ),
        ]

    def __str__(self) -> str:
        return f"rule #{self.pk}"


class Counter(models.Model):
    """How many numbers were given to a community's cases on a day."""

    area_code = models.CharField(max_length=12)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "day"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.day}: {self.last}"
