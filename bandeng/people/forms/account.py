"""Forms about one's own account."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("", _("as the browser says")), *settings.LANGUAGES]


class Preferences(forms.Form):
    """How pages look, on every device where one signs in."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    elder_mode = forms.BooleanField(label=_("Large print"), required=False)
