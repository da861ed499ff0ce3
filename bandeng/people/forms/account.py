"""Forms about one's own account."""

from allauth.mfa.webauthn.internal.auth import (
    complete_registration,
    parse_registration_response,
)
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bandeng.kit.passkeys import is_known
from bandeng.people.models import Purpose
from bandeng.people.passkeys import public_key_of

LANGUAGES = [("", _("as the browser says")), *settings.LANGUAGES]


class Preferences(forms.Form):
    """How pages look, on every device where one signs in."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    elder_mode = forms.BooleanField(label=_("Large print"), required=False)


class ConsentText(forms.Form):
    """The next version of a text that people agree to."""

    purpose = forms.ChoiceField(label=_("For what"), choices=Purpose.choices)
    text_zh = forms.CharField(label=_("Text in Chinese"), widget=forms.Textarea, max_length=4000)
    text_en = forms.CharField(label=_("Text in English"), widget=forms.Textarea, max_length=4000)


UNKNOWN_KIND = "unknown_kind"
UNKNOWN = _(
    "This device makes keys of a kind that the independent verifier does not know (it knows ES256 "
    "and EdDSA). Please use another device or key, or approve on paper."
)


class NewPasskey(forms.Form):
    """A key's name, and what the device says about it."""

    name = forms.CharField(
        label=_("Name of this key"),
        max_length=40,
        help_text=_("So that you know it again, for instance: my phone."),
    )
    credential = forms.JSONField(widget=forms.HiddenInput)

    def complete(self):
        """Check that the device answers what it was asked.

        Raises:
            ValidationError: it does not, or its key signs in a way that no verifier here knows.
        """
        credential = self.cleaned_data["credential"]
        parse_registration_response(credential)
        complete_registration(credential)
        if not is_known(public_key=public_key_of(credential=credential)):
            raise forms.ValidationError(UNKNOWN, code=UNKNOWN_KIND)


class Nothing(forms.Form):
    """Only a confirmation."""
