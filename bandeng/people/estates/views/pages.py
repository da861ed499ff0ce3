"""Estates, buildings, homes and areas: to look at."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from bandeng.kit.views import ListPage
from bandeng.people.estates import filters, permissions, reads, tables
from bandeng.people.views import SignedIn


class EstateList(ListPage):
    """Every estate that the person answers for."""

    request: SignedIn
    title = _("Estates")
    template_name = "places/estates.html"
    table_class = tables.Estates
    filterset_class = filters.Estates

    def allowed(self):
        """Close the page to whom it tells nothing."""
        return permissions.sees_places(person=self.request.user)

    def get_queryset(self):
        """Keep to what the person may see."""
        return reads.estates(within=permissions.visible_estates(person=self.request.user))

    def get_context_data(self, **kwargs):
        """Say what may be done."""
        person = self.request.user
        may = {"can_found": permissions.can_found(person=person)}
        may["can_keep_areas"] = permissions.can_keep_areas(person=person)
        return super().get_context_data(**may, **kwargs)


class EstatePage(DetailView):
    """One estate: buildings, states, who looks after what, rosters, story."""

    request: SignedIn
    template_name = "places/estate.html"

    def get_queryset(self):
        """Keep to what the person may see."""
        within = permissions.visible_estates(person=self.request.user)
        return within.select_related("area", "thread")

    def get_context_data(self, **kwargs):
        """Gather the page."""
        estate, today = self.object, localdate()
        buildings = reads.buildings(estate=estate, on=today)
        return super().get_context_data(
            buildings=buildings,
            unmanaged=[b for b in buildings if reads.is_unmanaged(building=b)],
            unsaid=sum(not b.today for b in buildings),  # type: ignore[attr-defined]
            homes=sum(b.home_count for b in buildings),  # type: ignore[attr-defined]
            conditions=reads.conditions(estate=estate, on=today),
            lies_in=permissions.lies_in(code=estate.area.code),
            imports=estate.imports.order_by("-pk")[:5],
            story=reads.told(thread=estate.thread),
            can_keep=permissions.can_keep(person=self.request.user, estate=estate),
            **kwargs,
        )


class HomeList(ListPage):
    """The homes of an estate."""

    request: SignedIn
    template_name = "places/homes.html"
    table_class = tables.Homes
    filterset_class = filters.Homes

    @cached_property
    def estate(self):
        """Find the estate among those that the person may see."""
        within = permissions.visible_estates(person=self.request.user)
        return get_object_or_404(within, pk=self.kwargs["pk"])

    def get_queryset(self):
        """Keep to the estate."""
        homes = permissions.visible_homes(person=self.request.user)
        return reads.homes(within=homes.filter(building__estate=self.estate), on=localdate())

    def get_context_data(self, **kwargs):
        """Name the estate."""
        title = _("Homes of %(estate)s") % {"estate": self.estate}
        return super().get_context_data(**{"title": title} | kwargs)


class BuildingPage(HomeList):
    """One building: as it stands, its numbers, who looks after it, its homes."""

    template_name = "places/building.html"

    @cached_property
    def building(self):
        """Find the building among those that the person may see."""
        within = permissions.visible_buildings(person=self.request.user).select_related(
            "estate__area"
        )
        return get_object_or_404(within, pk=self.kwargs["pk"])

    @cached_property
    def estate(self):
        """Give the building's estate."""
        return self.building.estate

    def get_queryset(self):
        """Keep to the building."""
        return super().get_queryset().filter(building=self.building)

    def get_context_data(self, **kwargs):
        """Add the building itself."""
        entrances, floors = reads.floors(building=self.building)
        return super().get_context_data(
            title=f"{self.estate} · {self.building}",
            building=self.building,
            entrances=entrances,
            floors=floors,
            managements=self.building.managements.order_by("-period"),
            can_keep=permissions.can_keep(person=self.request.user, estate=self.estate),
            **kwargs,
        )


class HomePage(DetailView):
    """One home: area, states, who belongs to it (masked), story."""

    request: SignedIn
    template_name = "places/home.html"

    def get_queryset(self):
        """Keep to what the person may see."""
        within = permissions.visible_homes(person=self.request.user)
        return within.select_related("building__estate__area", "building__estate__thread")

    def get_context_data(self, **kwargs):
        """Gather the page."""
        home, estate = self.object, self.object.building.estate
        return super().get_context_data(
            states=home.states.order_by("-period"),
            people=reads.people_of(home=home),
            today=localdate(),
            story=reads.told(thread=estate.thread, subject=home.token),
            can_keep=permissions.can_keep(person=self.request.user, estate=estate),
            **kwargs,
        )


class AreaList(ListPage):
    """The areas, by code and period."""

    request: SignedIn
    title = _("Areas")
    template_name = "places/areas.html"
    table_class = tables.Areas
    filterset_class = filters.Areas

    def get_queryset(self):
        """Keep to what the person may see; a stranger finds no such page."""
        if not permissions.sees_places(person=self.request.user):
            raise Http404
        areas = permissions.visible_areas(person=self.request.user)
        return areas.order_by("code", "-period")

    def get_table_kwargs(self):
        """Offer to rename only to whom it is open."""
        may = permissions.can_keep_areas(person=self.request.user)
        return {} if may else {"exclude": ("rename",)}

    def get_context_data(self, **kwargs):
        """Say what may be done."""
        may = permissions.can_keep_areas(person=self.request.user)
        return super().get_context_data(can_keep_areas=may, **kwargs)
