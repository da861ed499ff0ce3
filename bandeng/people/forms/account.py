"""Forms about one's own account."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bandeng.people.models import Purpose

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
