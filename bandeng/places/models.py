"""Where things are: areas, estates, buildings, homes, and the days on which offices work."""

import uuid
from collections.abc import Iterator

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import ExtractYear
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from bandeng.kit.addresses import address
from bandeng.kit.fields import EncryptedBytesField
from bandeng.places.rules.roster import Known, home_key
from bandeng.trail.models import Clock, Thread

VERBS = {
    "area.added": _("Area taken up"),
    "area.renamed": _("Area renamed"),
    "area.ended": _("Area abolished"),
    "estate.added": _("Estate taken up"),
    "estate.changed": _("Estate corrected"),
    "building.added": _("Building taken up"),
    "alias.added": _("Another number of a building entered"),
    "alias.removed": _("Another number of a building removed"),
    "management.set": _("Who looks after a building"),
    "home.added": _("Home taken up"),
    "home.changed": _("Home corrected"),
    "home.state_set": _("State of a home entered"),
    "home.state_ended": _("State of a home ended"),
    "roster.uploaded": _("Roster file looked at"),
    "roster.discarded": _("Roster file put away"),
    "roster.imported": _("Roster taken in"),
    "calendar.year_added": _("Working days of a year entered"),
    "calendar.year_replaced": _("Working days of a year replaced"),
    "calendar.day_set": _("One day corrected"),
}


class Area(models.Model):
    """A division of the country by its 12-digit code, as it was called in that period.

    Source: the statistical division code: 6 digits county, 3 subdistrict, 3 community.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=12, db_index=True)
    name = models.CharField(_("name"), max_length=60)
    period = DateRangeField(_("valid"))
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex="^[0-9]{12}$"), name="area_code_12_digits"
            ),
            ExclusionConstraint(
                name="area_one_name_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Estate(models.Model):
    """A housing estate (小区)."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    address = models.CharField(_("address"), max_length=120, blank=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="estate_named_once_in_its_area"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the estate's page."""
        return address("places:estate", self.pk)


class Building(models.Model):
    """A building (栋) of an estate, by the number on its wall."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    estate = models.ForeignKey(Estate, on_delete=models.PROTECT, related_name="buildings")
    number = models.CharField(_("building"), max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "number"], name="building_numbered_once"),
        ]

    def __str__(self) -> str:
        return str(_("Building %(number)s")) % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Give the building's page."""
        return address("places:building", self.pk)


class AliasKind(models.TextChoices):
    """Who else numbers the same building, each in its own way."""

    SALES = "sales", _("sales number")
    SURVEY = "survey", _("survey number")
    POLICE = "police", _("police number")


class BuildingAlias(models.Model):
    """Another number of the same building."""

    estate = models.ForeignKey(Estate, on_delete=models.PROTECT)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="aliases")
    kind = models.CharField(max_length=10, choices=AliasKind.choices)
    number = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "kind", "number"], name="alias_means_one_building"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ManagementStatus(models.TextChoices):
    """Who looks after a building."""

    COMPANY = "company", _("property company")
    OWNERS = "owners", _("the owners themselves")
    NOBODY = "nobody", _("nobody")


class Management(models.Model):
    """Who looked after a building in a period; the company is a token of `people`."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="managements")
    status = models.CharField(max_length=10, choices=ManagementStatus.choices)
    company = models.UUIDField(null=True)
    company_name = models.CharField(max_length=60, blank=True)
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="building_managed_once_at_a_time",
                expressions=[
                    ("building", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building} {self.period}"


class AreaSource(models.TextChoices):
    """Which document a home's floor area comes from.

    Source: 法释〔2020〕17号 (建筑物区分所有权解释) art. 8: register, else survey, else contract.
    """

    REGISTER = "register", _("real-estate register")
    SURVEY = "survey", _("survey")
    CONTRACT = "contract", _("sale contract")
    UNKNOWN = "unknown", _("unknown")


class HomeQuerySet(models.QuerySet["Home"]):
    """Questions about homes."""

    def known_in(self, estate: Estate) -> Iterator[Known]:
        """Give an estate's homes as a roster is compared with them."""
        place, said = ("building__number", "entrance", "number"), ("floor", "floor_area")
        rows = self.filter(building__estate=estate).values_list("pk", *place, *said, "area_source")
        return (Known(*row) for row in rows.iterator(chunk_size=10_000))

    def ids_in(self, estate: Estate) -> dict[tuple[str, str, str], int]:
        """Give an estate's homes by what a roster recognises them by."""
        return {
            home_key(building=home.building, entrance=home.entrance, number=home.number): home.pk
            for home in self.known_in(estate)
        }


class Home(models.Model):
    """A home (房屋). `floor_area` is in 0.01 m²."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="homes")
    entrance = models.CharField(_("entrance"), max_length=10, blank=True)
    floor = models.SmallIntegerField(_("floor"), null=True)
    number = models.CharField(_("home"), max_length=20)
    floor_area = models.PositiveIntegerField(_("floor area"), null=True)
    area_source = models.CharField(
        max_length=10, choices=AreaSource.choices, default=AreaSource.UNKNOWN
    )
    objects = HomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["building", "entrance", "number"], name="home_numbered_once"
            ),
        ]

    def __str__(self) -> str:
        return "-".join(part for part in (self.building.number, self.entrance, self.number) if part)

    def get_absolute_url(self) -> str:
        """Give the home's page."""
        return address("places:home", self.pk)


class HomeCondition(models.TextChoices):
    """What can be true of a home, several at once."""

    UNSOLD = "unsold", _("unsold")
    SOLD = "sold", _("sold")
    DELIVERED = "delivered", _("delivered")
    OCCUPIED = "occupied", _("occupied")
    SEALED = "sealed", _("court-sealed")
    MORTGAGED = "mortgaged", _("mortgaged")
    DEBT_FOR_FLAT = "debt_for_flat", _("given for a debt")
    SOLD_TWICE = "sold_twice", _("sold twice")
    RESOLD = "resold", _("resold without transfer")


class HomeState(models.Model):
    """That something was true of a home in a period, and who says so."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="states")
    condition = models.CharField(max_length=20, choices=HomeCondition.choices)
    period = DateRangeField()
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="home_state_once_at_a_time",
                expressions=[
                    ("home", RangeOperators.EQUAL),
                    ("condition", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} {self.period}"


class RosterUpload(models.Model):
    """A roster file between being looked at and being taken in; it lies encrypted, for a day."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    estate = models.ForeignKey(Estate, on_delete=models.PROTECT, related_name="uploads")
    file_name = models.CharField(max_length=200)
    content = EncryptedBytesField()
    sha256 = models.BinaryField()
    by = models.UUIDField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.file_name


class RosterImport(models.Model):
    """One roster file that was taken in whole."""

    estate = models.ForeignKey(Estate, on_delete=models.PROTECT, related_name="imports")
    sha256 = models.BinaryField()
    file_name = models.CharField(max_length=200)
    mapping = models.JSONField()
    homes_new = models.PositiveIntegerField()
    homes_changed = models.PositiveIntegerField()
    homes_same = models.PositiveIntegerField()
    missing = models.JSONField(default=list)  # ids of the homes that the file did not name
    by = models.UUIDField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)

    def __str__(self) -> str:
        return self.file_name


class CalendarYear(models.Model):
    """A year's working days as published; a year that is not here is not known."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(_("source"), max_length=200)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that is not as its weekday says: a weekday off, or a weekend at work."""

    day = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, on_delete=models.PROTECT, related_name="days")
    works = models.BooleanField(_("offices work"))
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Exact(ExtractYear("day"), models.F("year_id")),
                name="calendar_day_lies_in_its_year",
            ),
        ]

    def __str__(self) -> str:
        return str(self.day)
