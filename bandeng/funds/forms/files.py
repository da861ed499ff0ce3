"""Files to be looked at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.parts import MoneyForm
from bandeng.funds.parameters import house

ACCEPT = ".xlsx,.xls,.csv,.txt,.xml,.htm,.html"


class File(MoneyForm):
    """A statement or a list of dues."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx, .xls) or CSV as the bank gives it, or camt.053; up to 20 MB."),
        widget=forms.ClearableFileInput({"accept": ACCEPT}),
    )

    def clean_file(self):
        """Refuse what is far too large."""
        file = self.cleaned_data["file"]
        if file.size > house(name="statement_largest"):
            raise forms.ValidationError(_("This file is larger than 20 MB."))
        return file

    def told(self):
        """Give its name and its bytes."""
        file = self.cleaned_data["file"]
        return {"file_name": file.name, "content": file.read()}


class DuesFile(File):
    """A list of dues."""

    def prepare(self):
        """Say what it holds."""
        self.fields["file"].help_text = _(
            "Excel or CSV with building, entrance, home, period from and to, months, area, rate, "
            "sum, day on which it was due."
        )
