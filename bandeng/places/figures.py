"""What can be said of an estate in one number."""

from datetime import datetime

from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bandeng.kit.figures import Figure, Record
from bandeng.places.models import Building, Estate, Home
from bandeng.trail.reads import entries_of


def buildings(*, estate: Estate, at: datetime) -> Figure:
    """Count the buildings of `estate`."""
    records = Building.objects.filter(estate=estate)
    return Figure(
        value=records.count(),
        unit=gettext_lazy("buildings"),
        definition=gettext_lazy("Buildings of the estate that its roster holds."),
        as_of=at,
        records=records.order_by(Length("number"), "number"),
        called=_building,
        leaves=entries_of(threads=[estate.thread], verbs=["building.added", "roster.imported"]),
    )


def homes(*, estate: Estate, at: datetime) -> Figure:
    """Count the homes of `estate`, whether anybody lives in them or not."""
    records = Home.objects.filter(building__estate=estate).select_related("building")
    building = (Length("building__number"), "building__number")
    return Figure(
        value=records.count(),
        unit=gettext_lazy("households"),
        definition=gettext_lazy("Homes of the estate that its roster holds, one household each."),
        as_of=at,
        records=records.order_by(*building, "entrance", "floor", "number"),
        called=lambda home: home_record(home=home),
        leaves=entries_of(threads=[estate.thread], verbs=["home.added", "roster.imported"]),
    )


def home_record(*, home: Home) -> Record:
    """Call a home by its building alone in public, by its full number among those who work here."""
    masked = _("%(building)s, home ****") % {"building": home.building}
    return Record(public=masked, name=str(home), link=home.get_absolute_url())


def _building(building: Building) -> Record:
    link = building.get_absolute_url()
    return Record(public=str(building), name=str(building), link=link)
