"""Which orders go to the bank together, and in which format."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.parts import MoneyForm
from bandeng.funds.reads.lists import orders_for_the_bank
from bandeng.kit.templatetags.kit import money

PROFILES = (
    ("table.xlsx", _("Excel: no., payee, account, bank, bank code, sum, purpose; with a total")),
    ("table.csv", _("CSV (GB18030): no., payee, account, bank, bank code, sum, purpose")),
    ("currency.csv", _("CSV (GB18030): account, payee, bank, currency, sum, message")),
)


class Orders(forms.ModelMultipleChoiceField):
    """Orders, each with its payee and sum."""

    def label_from_instance(self, obj):
        """Say to whom, for what and how much."""
        return f"{obj.headline()} · {money(obj.amount)}"


class NewList(MoneyForm):
    """The orders of a list, all of them unless somebody takes one off."""

    orders: Any = Orders(
        label=_("Orders"), queryset=None, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one order.")},
    )  # fmt: skip
    profile = forms.ChoiceField(
        label=_("Format of the bank"), choices=PROFILES, widget=forms.RadioSelect,
        help_text=_("Compare it once with your bank's template, and send one fen first."),
    )  # fmt: skip

    def prepare(self):
        """Offer what is held and on no list."""
        ready = orders_for_the_bank(account=self.subject)
        self.offer("orders", ready)
        self.initial = {"orders": list(ready), "profile": PROFILES[0][0]}

    def told(self):
        """Keep the orders in the order in which they were made."""
        return self.cleaned_data | {"orders": list(self.cleaned_data["orders"].order_by("pk"))}
