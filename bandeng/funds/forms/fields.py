"""Sums as people type them, and papers as scanners and phones give them."""

import re
from io import BytesIO
from typing import Any
from unicodedata import normalize

from django import forms
from django.utils.translation import gettext_lazy as _

from bandeng.kit.errors import Refused
from bandeng.kit.pictures import Limits, clean
from bandeng.kit.units import yuan

MEGABYTE = 1024 * 1024
LIMITS = Limits(size=10 * MEGABYTE, pixels=60_000_000, side=4_000, thumbnail_side=320)
PDF = b"%PDF-"
SUM = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
DECORATION = str.maketrans("", "", ",，¥￥元 ")


class YuanField(forms.CharField):
    """A sum in yuan; `cleaned_data` holds fen."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        usual: dict[str, Any] = {"max_length": 24, "widget": widget}
        super().__init__(**usual | kwargs)

    def clean(self, value: Any) -> int | None:
        """Read the sum, or say how one is written."""
        text = normalize("NFKC", super().clean(value)).translate(DECORATION)
        if not text:
            return None
        found = SUM.fullmatch(text)
        if not found:
            raise forms.ValidationError(_("Please give a sum in yuan, for instance 12,345.67."))
        whole, rest = found.groups()
        return int(whole) * 100 + int((rest or "0").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        """Show stored fen as yuan."""
        return f"{yuan(value)}" if isinstance(value, int) else value


class ScanField(forms.FileField):
    """A scanned paper or a photo of it; `cleaned_data` holds its bytes.

    The type is that of the bytes: PDF as it is, JPEG and PNG without place and camera data.
    """

    def __init__(self, **kwargs: Any) -> None:
        hint = _("PDF, JPEG or PNG, at most 10 MB.")
        usual: dict[str, Any] = {"help_text": hint, "max_length": 200}
        super().__init__(**usual | kwargs)

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        """Let the phone offer its camera and its files."""
        return super().widget_attrs(widget) | {"accept": "application/pdf,image/jpeg,image/png"}

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """Read the file whole, or say what is wrong with it."""
        file = super().clean(data, initial)
        if not file:
            return b""
        content = bytes(file.read(LIMITS.size + 1))
        if content.startswith(PDF) and len(content) <= LIMITS.size:
            return content
        try:
            return clean(file=BytesIO(content), limits=LIMITS).content
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
