"""A case, and the bodies it passed through."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from bandeng.cases.models.routing import Category, RoutingRule
from bandeng.cases.models.words import KIND_CHOICES, STATE_CHOICES
from bandeng.cases.rules.states import CLOSED, OPEN, RUNNING, Kind, State
from bandeng.kit.addresses import address
from bandeng.people.models import Organisation
from bandeng.places.models import Building, Estate
from bandeng.trail.models import Thread


def _values(states: frozenset[State]) -> list[str]:
    return sorted(state.value for state in states)


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases that stay in one table."""

    def open(self) -> "CaseQuerySet":
        """Keep the cases with which somebody still has something to do."""
        return self.filter(state__in=OPEN)

    def overdue(self, *, at: object) -> "CaseQuerySet":
        """Keep those whose clock runs beyond their date."""
        return self.filter(state__in=RUNNING, due_at__lt=at)

    def in_queue(self) -> "CaseQuerySet":
        """Hazards not yet safe first, then whatever is due first."""
        return self.order_by("-urgent", "due_at", "pk")


class Case(models.Model):
    """A matter that a body must answer for; many reports may follow one case.

    `title` is its public summary and names no person; `area_code` is the community where it
    lies, so that one index answers for every subdistrict; `place` says where in it, if not in
    an estate. `due_explanation` says how `due_at` came about.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("case number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, verbose_name=_("category")
    )
    title = models.CharField(_("summary"), max_length=120)
    area_code = models.CharField(max_length=12)
    estate = models.ForeignKey(
        Estate, on_delete=models.PROTECT, null=True, verbose_name=_("estate")
    )
    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, null=True, verbose_name=_("building")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=STATE_CHOICES, default=State.RECEIVED.value
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, verbose_name=_("who handles it")
    )
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("due"))
    due_explanation = models.JSONField()
    clock_from = models.DateTimeField()  # where the limit began: opening, or reopening
    paused_at = models.DateTimeField(null=True)
    paused_units = models.PositiveSmallIntegerField(default=0)
    made_safe_at = models.DateTimeField(_("made safe"), null=True)
    result = models.TextField(_("result"), blank=True)
    result_at = models.DateTimeField(_("done"), null=True)
    asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    reopenings = models.PositiveSmallIntegerField(_("times taken up again"), default=0)
    followers = models.PositiveIntegerField(_("reports"), default=0)
    numbered = models.PositiveIntegerField(default=0)  # report numbers given, gaps included
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    published_at = models.DateTimeField(_("published"), null=True)
    urgent = models.GeneratedField(
        expression=models.Case(
            models.When(
                models.Q(kind=Kind.HAZARD.value, made_safe_at=None, closed_at=None),
                then=models.Value(True),
            ),
            default=models.Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=_values(OPEN), closed_at=None)
                | models.Q(state__in=_values(CLOSED), closed_at__isnull=False),
                name="case_closed_exactly_when_it_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.WAITING.value, paused_at__isnull=False)
                | (~models.Q(state=State.WAITING.value) & models.Q(paused_at=None)),
                name="case_paused_exactly_when_waiting",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.DUPLICATE.value, duplicate_of__isnull=False)
                | (~models.Q(state=State.DUPLICATE.value) & models.Q(duplicate_of=None)),
                name="case_duplicate_says_of_which",
            ),
            models.CheckConstraint(
                condition=models.Q(area_code__regex="^[0-9]{12}$"), name="case_area_code"
            ),
            models.CheckConstraint(
                condition=models.Q(estate__isnull=False, place="")
                | (models.Q(estate=None, building=None) & ~models.Q(place="")),
                name="case_in_an_estate_or_at_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _label in KIND_CHOICES]),
                name="case_kind_known",
            ),
        ]
        indexes = [
            models.Index(  # pattern: a subdistrict is the beginning of its communities' codes
                fields=["area_code", "state", "due_at"],
                opclasses=["varchar_pattern_ops", "varchar_ops", "timestamptz_ops"],
                name="case_by_area",
            ),
            models.Index(fields=["organisation", "state", "due_at"], name="case_by_body"),
            models.Index(fields=["-urgent", "due_at", "id"], name="case_queue"),
            models.Index(  # what is open is asked for most, and lies behind all that is closed
                fields=["-urgent", "due_at", "id"],
                condition=models.Q(state__in=_values(OPEN)),
                name="case_open_queue",
            ),
            models.Index(fields=["estate", "category", "-opened_at"], name="case_nearby"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Give the address of the case's page."""
        return address("cases:detail", self.number)

    @property
    def where(self) -> str:
        """Say where it is: estate and building, or the place in its community."""
        if self.estate is None:
            return self.place
        return f"{self.estate.name} {self.building or ''}".strip()


class CaseBuilding(models.Model):
    """A building that a case is about, where it is about several."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="affected")
    building = models.ForeignKey(Building, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "building"], name="building_affected_once")
        ]

    def __str__(self) -> str:
        return f"building #{self.building_id} of {self.case_id}"


class HandoverState(models.TextChoices):
    """What became of passing a case on."""

    OFFERED = "offered", _("asked")
    ACCEPTED = "accepted", _("accepted")
    DISPUTED = "disputed", _("refused")
    ENDED = "ended", _("passed on")


STANDING = (HandoverState.OFFERED, HandoverState.ACCEPTED)
FORMER = (HandoverState.DISPUTED, HandoverState.ENDED)


class Handover(models.Model):
    """That a case was passed to a body: by which rule or whom, and what the body said.

    `why` is the rule as it then was and what it was preferred to; `suggested` is the body
    that a refuser names instead.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=HandoverState.choices, default=HandoverState.OFFERED
    )
    rule = models.ForeignKey(RoutingRule, on_delete=models.PROTECT, null=True)
    why = models.JSONField(default=dict)
    by = models.UUIDField()
    at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    suggested = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state__in=STANDING), name="handover_one_stands"
            ),
            models.CheckConstraint(
                condition=models.Q(state=HandoverState.OFFERED, decided_at=None)
                | (~models.Q(state=HandoverState.OFFERED) & models.Q(decided_at__isnull=False)),
                name="handover_decided_exactly_when_it_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "case"],
                condition=models.Q(state__in=FORMER),
                name="handover_former",
            )
        ]

    def __str__(self) -> str:
        return f"handover #{self.pk}"
