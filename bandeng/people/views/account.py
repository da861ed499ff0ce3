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

from bandeng.kit import passkeys
from bandeng.kit.errors import Refused
from bandeng.kit.views import FormPage
from bandeng.people import actions, permissions, reads
from bandeng.people.adapter import apply_preferences
from bandeng.people.forms.account import ConsentText
from bandeng.people.forms.account import Preferences as PreferencesForm
from bandeng.people.models import Purpose
from bandeng.people.passkeys import passkeys_of
from bandeng.people.rules.masking import masked_email
from bandeng.people.views.signed_in import SignedIn
from bandeng.post.models import Channel
from bandeng.post.reads import address_of

STORY = 20  # lines


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
            passkeys=passkeys_of(person=person),
            passkeys_work=passkeys.works(),
            consents=consents,
            story=reads.story(person=person, own=True)[:STORY],
            email=masked_email(address=address_of(owner=person.token, channel=Channel.EMAIL)),
            **kwargs,
        )


class Preferences(FormPage):
    """Language and large print."""

    request: SignedIn
    form_class = PreferencesForm
    title, button = gettext_lazy("Language and print size"), gettext_lazy("Save")
    done = gettext_lazy("Saved.")
    back = "people:account"

    def get_initial(self):
        """Start with what is set."""
        person = self.request.user
        return {"language": person.language, "elder_mode": person.elder_mode}

    def act(self, data):
        """Keep it on the account, and let this browser follow at once."""
        person, answer = self.request.user, self.answer()
        actions.set_preferences(person=person, **data, by=person.token, at=timezone.now())
        apply_preferences(response=answer, person=person)
        return answer


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


class PublishText(FormPage):
    """The texts that people agree to; a new version leaves the old ones as they were."""

    request: SignedIn
    form_class = ConsentText
    template_name = "people/texts.html"
    title = gettext_lazy("Consent texts")
    intro = gettext_lazy(
        "Whoever has agreed keeps the version that they read; a new version is shown from now "
        "on. Let a lawyer read it first."
    )
    button = gettext_lazy("Publish this version")
    confirm = gettext_lazy("A published text cannot be changed. Publish it?")
    done = gettext_lazy("Published.")

    back = "people:texts"  # stays here

    def allowed(self):
        """Ask the room's permissions."""
        return permissions.is_administrator(person=self.request.user)

    def get_context_data(self, **kwargs):
        """Add what has been published."""
        return super().get_context_data(texts=reads.consent_texts(), **kwargs)

    def act(self, data):
        """Call the one action."""
        actions.publish_consent_text(**data, by=self.request.user.token, at=timezone.now())
