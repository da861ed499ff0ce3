"""One's own account: what is known of me, what I agreed to, how pages look."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from bandeng.kit.errors import Refused
from bandeng.people import actions, permissions, reads
from bandeng.people.adapter import apply_preferences
from bandeng.people.forms.account import Preferences as PreferencesForm
from bandeng.people.models import Purpose
from bandeng.people.rules.masking import masked_email
from bandeng.people.views.pages import FormPage
from bandeng.people.views.signed_in import SignedIn
from bandeng.post.models import Channel
from bandeng.post.reads import address_of


class Account(TemplateView):
    """My account."""

    request: SignedIn
    template_name = "people/account.html"

    def get_context_data(self, **kwargs):
        """Gather what is known of me."""
        person = self.request.user
        language = get_language()
        consents = [
            {"purpose": text.get_purpose_display(), "key": text.purpose, "given": given,
             "words": text.in_words(language)}
            for text, given in reads.consents_of(person=person)
        ]  # fmt: skip
        return super().get_context_data(
            person=person,
            homes=reads.homes_of(person=person),
            roles=permissions.roles(person=person),
            consents=consents,
            email=masked_email(address=address_of(owner=person.token, channel=Channel.EMAIL)),
            **kwargs,
        )


class Preferences(FormPage):
    """Language and large print."""

    request: SignedIn
    form_class = PreferencesForm
    template_name = "kit/action.html"
    extra_context = {
        "title": gettext_lazy("Language and print size"),
        "button": gettext_lazy("Save"),
    }

    def get_initial(self):
        """Start with what is set."""
        person = self.request.user
        return {"language": person.language, "elder_mode": person.elder_mode}

    def get_context_data(self, **kwargs):
        """Lead back to the account."""
        return super().get_context_data(back_url=reverse("people:account"), **kwargs)

    def form_valid(self, form):
        """Keep it on the account, and let this browser follow at once."""
        person, chosen = self.request.user, form.cleaned_data
        actions.set_preferences(person=person, **chosen, by=person.token, at=timezone.now())
        messages.success(self.request, _("Saved."))
        response = HttpResponseRedirect(reverse("people:account"))
        apply_preferences(response=response, person=person)
        return response


class Consents(View):
    """Agree to one purpose, or take it back: one button each."""

    request: SignedIn

    def post(self, request, purpose):
        """Give or withdraw, as the button says."""
        if purpose not in Purpose.values:
            raise Http404
        person, now = request.user, timezone.now()
        try:
            if request.POST.get("give") == "yes":
                text = reads.consent_text(purpose=purpose)
                actions.give_consent(person=person, text=text, by=person.token, at=now)
            elif purpose == Purpose.ACCOUNT:
                return self._close(person, now)
            else:
                actions.withdraw_consent(
                    person=person, purpose=Purpose(purpose), by=person.token, at=now
                )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("people:account"))

    def _close(self, person, now):
        actions.close_account(person=person, by=person.token, at=now)
        logout(self.request)
        messages.success(self.request, _("Your account is closed. Thank you."))
        return HttpResponseRedirect(reverse("account_login"))
