"""How a receipt is divided over homes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.fields import YuanField
from bandeng.funds.forms.parts import MoneyForm
from bandeng.kit.templatetags.kit import money


class Shares(MoneyForm):
    """A sum for each home that was chosen; `subject` is the receipt, with `open` fen."""

    def __init__(self, *args: Any, shares: Any, **kwargs: Any) -> None:
        self.shares = shares
        super().__init__(*args, **kwargs)

    def prepare(self):
        """Ask for a sum for each home; empty is nothing."""
        for place, share in self.shares:
            label = _("%(home)s: sum in yuan") % {"home": place.home}
            owed = _("It owes %(sum)s.") % {"sum": money(place.ledger_account.balance.amount)}
            self.fields[f"share_{place.pk}"] = YuanField(
                label=label, required=False, initial=share or None, help_text=owed
            )

    def clean(self):
        """Refuse nothing, and more than there is."""
        data = super().clean() or {}
        total = sum(filter(None, data.values()))
        if not self.errors and not total:
            raise forms.ValidationError(_("Choose a home and give the sum that is for it."))
        if total > self.subject.open:
            sentence = _("That is more than this receipt still holds (%(sum)s).")
            raise forms.ValidationError(sentence, params={"sum": money(self.subject.open)})
        return data

    def told(self):
        """Give each home's share in fen."""
        given = [(place, self.cleaned_data[f"share_{place.pk}"]) for place, _share in self.shares]
        return {"shares": {place: share for place, share in given if share}}
