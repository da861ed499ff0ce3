"""What can be done to places: each page one form and one action."""

from typing import Any

from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bandeng.kit.views import ActionPage
from bandeng.people.estates import forms, permissions
from bandeng.people.views import SignedIn
from bandeng.places import actions
from bandeng.places.models import (
    Area,
    Building,
    BuildingAlias,
    Home,
    HomeState,
)


class _Keeping(ActionPage):
    """A page on a place that the person sees and may keep."""

    request: SignedIn
    visible: Any = staticmethod(permissions.visible_estates)

    def get_subject(self):
        """Find the place among those that the person may see."""
        return get_object_or_404(self.visible(person=self.request.user), pk=self.kwargs["pk"])

    def estate(self):
        """Give the estate that decides."""
        return self.subject

    def allowed(self):
        """Ask whether the person keeps this estate."""
        return permissions.can_keep(person=self.request.user, estate=self.estate())

    def who(self):
        """Give who acts, and when."""
        return {"by": self.request.user.token, "at": timezone.now()}


class _AreasForm(_Keeping):
    """A form that chooses among the person's areas."""

    form_class = forms.Estate

    def get_form_kwargs(self):
        """Offer the areas of today."""
        areas = permissions.visible_areas(person=self.request.user)
        areas = areas.filter(period__endswith=None).order_by("code")
        return super().get_form_kwargs() | {"areas": areas}


class AddEstate(_AreasForm):
    """Take up an estate."""

    title, button, done = _("Take up an estate"), _("Take up"), _("The estate is taken up.")

    def get_subject(self):
        """Need none."""
        return

    def allowed(self):
        """Ask whether the person may take up estates."""
        return permissions.can_found(person=self.request.user)

    def act(self, data):
        """Call the one action."""
        self.subject = actions.add_estate(**data, **self.who())

    def back_url(self):
        """Lead to the list, or to the new estate."""
        return self.subject.get_absolute_url() if self.subject else reverse("places:estates")


class ChangeEstate(_AreasForm):
    """Correct an estate's record."""

    title, button, done = _("Correct the estate"), _("Save"), _("Saved.")

    def get_initial(self):
        """Start with what is known."""
        estate = self.subject
        return {"name": estate.name, "address": estate.address, "area": estate.area_id}

    def act(self, data):
        """Call the one action."""
        actions.change_estate(estate=self.subject, **data, **self.who())


class AddBuilding(_Keeping):
    """Take up a building."""

    form_class = forms.Building
    title, button, done = _("Take up a building"), _("Take up"), _("The building is taken up.")

    def act(self, data):
        """Call the one action."""
        actions.add_building(estate=self.subject, **data, **self.who())


class _OnBuilding(_Keeping):
    subject: Building
    visible = staticmethod(permissions.visible_buildings)

    def estate(self):
        """Give the building's estate."""
        return self.subject.estate


class AddAlias(_OnBuilding):
    """Enter another number of a building."""

    form_class = forms.Alias
    title, button, done = _("Enter another number"), _("Enter"), _("Entered.")
    intro = _("The number under which sellers, surveyors or the police know the building.")

    def act(self, data):
        """Call the one action."""
        actions.add_alias(building=self.subject, **data, **self.who())


class RemoveAlias(_Keeping):
    """Take a number back."""

    form_class = Form
    title, button, done = _("Remove this number"), _("Remove"), _("Removed.")
    danger = True

    def get_subject(self):
        """Find the number on a building that the person may see."""
        buildings = permissions.visible_buildings(person=self.request.user)
        aliases = BuildingAlias.objects.filter(building__in=buildings)
        return get_object_or_404(aliases, pk=self.kwargs["pk"])

    def estate(self):
        """Give the estate."""
        return self.subject.building.estate

    def act(self, data):
        """Call the one action."""
        actions.remove_alias(alias=self.subject, **self.who())

    def back_url(self):
        """Lead to the building."""
        return self.subject.building.get_absolute_url()


class SetManagement(_OnBuilding):
    """Say who looks after a building."""

    form_class = forms.Management
    title, button, done = _("Who looks after the building"), _("Save"), _("Saved.")

    def act(self, data):
        """Call the one action."""
        actions.set_management(building=self.subject, **data, **self.who())


class _OnHome(_Keeping):
    subject: Home
    visible = staticmethod(permissions.visible_homes)

    def estate(self):
        """Give the home's estate."""
        return self.subject.building.estate


class ChangeHome(_OnHome):
    """Correct a home's floor and area."""

    form_class = forms.Home
    title, button, done = _("Correct the home"), _("Save"), _("Saved.")

    def get_initial(self):
        """Start with what is known."""
        home = self.subject
        area = None if home.floor_area is None else home.floor_area / 100
        return {"floor": home.floor, "floor_area": area, "area_source": home.area_source}

    def act(self, data):
        """Call the one action."""
        actions.change_home(home=self.subject, **data, **self.who())


class SetState(_OnHome):
    """Say that something is true of a home."""

    form_class = forms.State
    title, button, done = _("Enter a state of the home"), _("Enter"), _("Entered.")

    def act(self, data):
        """Call the one action."""
        actions.set_state(home=self.subject, **data, **self.who())


class EndState(_Keeping):
    """Say that something is no longer true of a home."""

    form_class = forms.EndState
    title, button, done = _("This is no longer true"), _("Save"), _("Saved.")

    def get_subject(self):
        """Find the state of a home that the person may see."""
        homes = permissions.visible_homes(person=self.request.user)
        states = HomeState.objects.filter(home__in=homes, period__endswith=None)
        return get_object_or_404(states, pk=self.kwargs["pk"])

    def estate(self):
        """Give the estate."""
        return self.subject.home.building.estate

    def act(self, data):
        """Call the one action."""
        actions.end_state(state=self.subject, **data, **self.who())

    def back_url(self):
        """Lead to the home."""
        return self.subject.home.get_absolute_url()


class AddArea(_Keeping):
    """Take up an area."""

    form_class: Any = forms.NewArea
    title, button, done = _("Take up an area"), _("Take up"), _("The area is taken up.")

    def get_subject(self):
        """Need none."""
        return

    def allowed(self):
        """Ask whether the person keeps areas."""
        return permissions.can_keep_areas(person=self.request.user)

    def act(self, data):
        """Call the one action."""
        actions.add_area(**data, **self.who())

    def back_url(self):
        """Lead to the list."""
        return reverse("places:areas")


class RenameArea(AddArea):
    """Give an area another name from a day on."""

    subject: Area
    form_class = forms.Rename
    title, button, done = _("Rename the area"), _("Rename"), _("Renamed.")
    intro = _("The old name stays with the days before; the estates move to the new one.")

    def get_subject(self):
        """Find the area among those that the person may see."""
        areas = permissions.visible_areas(person=self.request.user).filter(period__endswith=None)
        return get_object_or_404(areas, pk=self.kwargs["pk"])

    def act(self, data):
        """Call the one action."""
        actions.rename_area(area=self.subject, **data, **self.who())
