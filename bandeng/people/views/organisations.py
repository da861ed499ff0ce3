"""Pages about bodies."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView

from bandeng.kit.views import ActionPage, ListPage
from bandeng.people import actions, filters, permissions, reads, tables
from bandeng.people.forms.people import OrganisationForm
from bandeng.people.models import Organisation
from bandeng.people.views.signed_in import SignedIn


class OrganisationList(ListPage):
    """The bodies that answer here."""

    request: SignedIn
    title = gettext_lazy("Organisations")
    table_class = tables.Organisations
    filterset_class = filters.Organisations
    template_name = "people/organisations.html"

    def get_queryset(self):
        """Keep to what the person may see."""
        return permissions.visible_organisations(person=self.request.user).order_by("name")

    def get_context_data(self, **kwargs):
        """Say whether one may add."""
        may = permissions.can_change_organisations(person=self.request.user)
        return super().get_context_data(can_change=may, **kwargs)


class OrganisationDetail(DetailView):
    """One body and who works for it."""

    request: SignedIn
    template_name = "people/organisation.html"

    def get_queryset(self):
        """Keep to what the person may see."""
        return permissions.visible_organisations(person=self.request.user)

    def get_context_data(self, **kwargs):
        """Add who works here, masked."""
        return super().get_context_data(
            held=reads.assignments_in(organisation=self.object),
            can_change=permissions.can_change_organisations(person=self.request.user),
            **kwargs,
        )


class ChangeOrganisation(ActionPage[Organisation]):
    """Correct what is known of a body."""

    request: SignedIn
    form_class = OrganisationForm
    title = gettext_lazy("Correct details")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def get_subject(self):
        """Find the body."""
        seen = permissions.visible_organisations(person=self.request.user)
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    def allowed(self):
        """Ask the room's permissions."""
        return permissions.can_change_organisations(person=self.request.user)

    def get_initial(self):
        """Start with what is known."""
        fields = ("name", "kind", "area_code", "credit_code", "telephone")
        return {field: getattr(self.subject, field) for field in fields}

    def get_form_kwargs(self):
        """Let the form know whose name may stay."""
        return super().get_form_kwargs() | {"organisation": self.subject}

    def act(self, data):
        """Call the one action."""
        actions.change_organisation(
            organisation=self.subject, **data, by=self.request.user.token, at=timezone.now()
        )


class AddOrganisation(ChangeOrganisation):
    """Take a body up."""

    title = gettext_lazy("Add an organisation")
    done = gettext_lazy("Taken up.")

    def get_subject(self):
        """Have none yet."""
        return

    def get_initial(self):
        """Start with nothing."""
        return {}

    def act(self, data):
        """Call the one action."""
        self.subject = actions.add_organisation(
            **data, by=self.request.user.token, at=timezone.now()
        )

    def back_url(self):
        """Lead to the new body, or back to the list."""
        return self.subject.get_absolute_url() if self.subject else reverse("people:organisations")
