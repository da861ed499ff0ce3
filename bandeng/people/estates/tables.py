"""Columns of the lists of places."""

from django.utils.translation import gettext_lazy as _
from django_tables2 import A, Column, Table

from bandeng.kit.columns import FloorArea, Number
from bandeng.people.estates import permissions
from bandeng.places.labels import LEVELS
from bandeng.places.models import Area, Estate, Home
from bandeng.places.rules.areas import level, parents


class Estates(Table):
    """The list of estates."""

    name = Column(linkify=True)
    area = Column(verbose_name=_("community"), accessor="area__name")
    building_count = Number(verbose_name=_("number of buildings"))
    home_count = Number(verbose_name=_("number of homes"))

    class Meta:
        model = Estate
        fields = ("name", "area", "address", "building_count", "home_count")


class Homes(Table):
    """The homes of an estate or a building."""

    building = Column(verbose_name=_("building"), accessor="building__number")
    number = Column(linkify=True)
    floor = Number()
    floor_area = FloorArea(verbose_name=_("floor area"))
    area_source = Column(verbose_name=_("area from"))
    states = Column(verbose_name=_("state"), empty_values=(), orderable=False)

    class Meta:
        model = Home
        fields = ("building", "entrance", "floor", "number", "floor_area", "area_source", "states")

    def render_states(self, record):
        """Name what is true today."""
        return "、".join(str(state.get_condition_display()) for state in record.today)

    value_states = render_states


class Areas(Table):
    """The list of areas."""

    code = Column()
    name = Column()
    level = Column(verbose_name=_("level"), empty_values=(), orderable=False)
    lies_in = Column(verbose_name=_("lies in"), empty_values=(), orderable=False)
    period = Column(verbose_name=_("valid"), orderable=False)
    rename = Column(
        verbose_name="",
        empty_values=(),
        orderable=False,
        linkify=("places:rename-area", {"pk": A("pk")}),
        exclude_from_export=True,
    )

    class Meta:
        model = Area
        fields = ("code", "name", "level", "lies_in", "period", "rename")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = {}

    def render_level(self, record):
        """Say how large it is."""
        return LEVELS[level(code=record.code)]

    def render_lies_in(self, record):
        """Name what it lies in; neighbours lie in the same, which is asked once."""
        around = parents(code=record.code)
        if around not in self.names:
            found = permissions.lies_in(code=record.code)
            self.names[around] = " · ".join(area.name for area in found)
        return self.names[around]

    def render_period(self, record):
        """Say from when to when."""
        period = record.period
        return f"{period.lower or ''} – {period.upper or ''}"

    def render_rename(self, record):
        """Offer the one thing that happens to an area."""
        return "" if record.period.upper else _("Rename")
