"""A supervising party's key, as the party hands it over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.parts import MoneyForm


class NewWitness(MoneyForm):
    """The line that a witness's browser or `bandeng-witness --new` shows, and whose it is."""

    key = forms.CharField(
        label=_("The witness's public key"), max_length=300,
        help_text=_("The line that the page “Cosign as a witness”, or bandeng-witness --new, shows."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    role = forms.CharField(
        label=_("For which party does it watch?"), max_length=100,
        help_text=_("A body, never a person's name: it stands in the log for ever."),
    )  # fmt: skip
