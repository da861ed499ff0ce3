"""Witnesses of the log: the office registers the keys of the supervising parties."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from bandeng.funds import permissions
from bandeng.funds.forms.parts import Checked
from bandeng.funds.forms.witnesses import NewWitness
from bandeng.funds.views.parts import READ, MoneyVerb
from bandeng.people.models import Person
from bandeng.people.views import SignedIn
from bandeng.trail.actions import register_witness, retire_witness
from bandeng.trail.models import Witness
from bandeng.trail.reads import witnesses


class Witnesses(TemplateView):
    """Who watches the log, and up to where each has signed."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/witnesses.html"

    def get_context_data(self, **kwargs):
        """Show those of today."""
        if not permissions.can_name_witnesses(person=self.request.user):
            raise PermissionDenied
        return super().get_context_data(witnesses=witnesses(), **kwargs)


class RegisterWitness(MoneyVerb[Person]):
    """Take up a supervising party's key."""

    form_class = NewWitness
    title, button = _("Register a witness"), _("Register")
    intro = _(
        "A witness keeps a key of its own and signs the log only while nothing in it was changed. "
        "Its key comes from the party itself; compare it with them, on the phone or on paper."
    )
    done = _("The witness is registered: its signatures count from now on.")

    def get_subject(self):
        """Act for oneself."""
        return self.request.user

    def allowed(self):
        """Ask the room's permission."""
        return permissions.can_name_witnesses(person=self.request.user)

    def act(self, data):
        """Call the one action."""
        key, role = "".join(data["key"].split()), data["role"]
        register_witness(key=key, role=role, by=self.subject.token, at=timezone.now())

    def back_url(self):
        """Lead to the list."""
        return reverse("funds:witnesses")


class RetireWitness(MoneyVerb[Witness]):
    """Let a witness's signatures count no more."""

    form_class = Checked
    title, button = _("Retire this witness"), _("Retire it")
    intro = _("What it signed stays; from now on its signatures are not taken any more.")
    danger = True
    done = _("The witness is retired.")

    def get_subject(self):
        """Find it among those of today."""
        return get_object_or_404(Witness, pk=self.kwargs["pk"], end=None)

    def allowed(self):
        """Ask the room's permission."""
        return permissions.can_name_witnesses(person=self.request.user)

    def act(self, data):
        """Call the one action."""
        by = self.request.user.token
        retire_witness(witness=self.subject, by=by, at=timezone.now())

    def back_url(self):
        """Lead to the list."""
        return reverse("funds:witnesses")
