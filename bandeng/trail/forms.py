"""Form fields for pictures: a refusal stands at the field, before anything is written."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bandeng.kit.errors import Refused
from bandeng.trail.parameters import PICTURES_AT_ONCE
from bandeng.trail.pictures import prepared


class PicturesInput(forms.ClearableFileInput):
    """Choose several photos, or take one."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several JPEG or PNG files; `cleaned_data` holds a list of cleaned pictures."""

    widget = PicturesInput

    def __init__(self, *, most: int = PICTURES_AT_ONCE, **kwargs):
        self.most = most
        super().__init__(**({"label": _("photos")} | kwargs))

    def widget_attrs(self, widget):
        """Let the phone offer its camera and its photos only."""
        return super().widget_attrs(widget) | {"accept": "image/jpeg,image/png"}

    def clean(self, data, initial=None):
        """Clean each file; the sentence names the one that is refused."""
        files = [file for file in data or [] if file]
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.most:
            sentence = _("Please choose at most %(most)s photos.")
            raise ValidationError(sentence, code="too_many", params={"most": self.most})
        return [self._picture(file) for file in files]

    def _picture(self, file):
        try:
            return prepared(file=file)
        except Refused as refusal:
            raise ValidationError(f"{file.name}: {refusal}", code="refused") from refusal
