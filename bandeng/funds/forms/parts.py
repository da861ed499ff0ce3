"""What the room's forms have in common."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINES = {"rows": 4}


def words(label: Any, **rest: Any) -> forms.CharField:
    """Give a field for some sentences."""
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(LINES), **rest)


def day(label: Any, **rest: Any) -> forms.DateField:
    """Give a field for a day; browsers take its value as 2024-09-01 only, whatever the language."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **rest)


def choice(label: Any, **rest: Any) -> Any:
    """Give a choice among rows that the form itself knows later (`offer`)."""
    return forms.ModelChoiceField(label=label, queryset=None, **rest)


class MoneyForm(forms.Form):
    """A form about `subject`, filled in by `person`."""

    def __init__(self, *args: Any, subject: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.person = subject, person
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the subject."""

    def offer(self, name: str, rows: Any) -> None:
        """Say which rows can be chosen."""
        field: Any = self.fields[name]
        field.queryset = rows

    def told(self) -> dict[str, Any]:
        """Give what the action takes."""
        return self.cleaned_data


class Checked(MoneyForm):
    """A tick before something that cannot be undone."""

    checked = forms.BooleanField(label=_("I have read this and it is right."))

    def told(self) -> dict[str, Any]:
        """Give nothing: the tick is a condition."""
        return {}


def more_than_nothing(amount: int | None) -> None:
    """Refuse a sum of nothing.

    Raises:
        ValidationError: it is nothing.
    """
    if amount is not None and amount <= 0:
        raise ValidationError(_("The sum must be more than nothing."))
