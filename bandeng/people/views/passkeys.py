"""Passkeys of one's own account: registered after showing who one is, removed at once."""

import json

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.views import ReauthenticateView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bandeng.kit import passkeys
from bandeng.kit.views import ActionPage, FormPage
from bandeng.people import actions
from bandeng.people.forms import account as forms
from bandeng.people.models import Person
from bandeng.people.parameters import FRESH_CODE
from bandeng.people.passkeys import passkeys_of, registration_options
from bandeng.people.views.signed_in import SignedIn


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class Confirm(ReauthenticateView):
    """The password once more, before something that could be used to act in one's name."""

    http_method_names = ["get", "head", "post"]
    template_name = "people/confirm.html"


@method_decorator(never_cache, name="dispatch")
class AddPasskey(FormPage):
    """Register a passkey of this device, or a USB key."""

    request: SignedIn
    form_class = forms.NewPasskey
    template_name = "people/add_passkey.html"

    def elsewhere(self):
        """Ask for the password first, where there is one and it was not asked just now."""
        if _shown_just_now(self.request) or not self.request.user.has_password:
            return ""
        back = urlencode({"next": self.request.path})
        return f"{reverse('account_reauthenticate')}?{back}"

    def get_context_data(self, **kwargs):
        """Give the device what it makes a key for; only who showed who they are gets that."""
        fresh = _shown_just_now(self.request)
        offered = fresh and passkeys.works()
        asked = registration_options(person=self.request.user) if offered else None
        words = {"fresh": fresh, "works": passkeys.works(), "options": asked and json.dumps(asked)}
        return super().get_context_data(**words | kwargs)

    def form_valid(self, form):
        """Keep the key, if the device answered what it was asked."""
        try:
            form.complete()
        except ValidationError as refused:
            unknown = getattr(refused, "code", "") == forms.UNKNOWN_KIND
            again = _("The device did not answer as expected. Please try again.")
            form.add_error(None, refused if unknown else again)
            return self.form_invalid(form)
        person, given = self.request.user, form.cleaned_data
        actions.add_passkey(person=person, **given, by=person.token, at=timezone.now())
        messages.success(self.request, _("The passkey is registered."))
        return HttpResponseRedirect(reverse("people:account"))

    def post(self, request, *args, **kwargs):
        """Take a key only from who showed who they are."""
        if not _shown_just_now(request):
            return HttpResponseRedirect(request.path)
        return super().post(request, *args, **kwargs)


class RemovePasskey(ActionPage[Person]):
    """Remove a key: what it has signed stands, it signs nothing more."""

    request: SignedIn
    form_class = forms.Nothing
    http_method_names = ["get", "head", "post"]
    title, button = gettext_lazy("Remove this passkey"), gettext_lazy("Remove it")
    intro = gettext_lazy(
        "What was approved with it stays approved. From now on it approves nothing more; remove it "
        "from the device as well."
    )
    danger = True
    done = gettext_lazy("The passkey is removed.")

    def get_subject(self):
        """Find it among one's own."""
        mine = {one.pk: one for one in passkeys_of(person=self.request.user)}
        if self.kwargs["pk"] not in mine:
            raise Http404
        self.key = mine[self.kwargs["pk"]]
        return self.request.user

    def allowed(self):
        """Let everybody remove their own."""
        return True

    def act(self, data):
        """Call the one action."""
        by, at = self.subject.token, timezone.now()
        actions.remove_passkey(person=self.subject, key=self.key, by=by, at=at)

    def back_url(self):
        """Lead to the account."""
        return reverse("people:account")


def _shown_just_now(request) -> bool:
    oldest = timezone.now().timestamp() - FRESH_CODE.total_seconds()
    records = get_authentication_records(request, request.user)
    return any(r["method"] in ("password", "code") and r["at"] >= oldest for r in records)
