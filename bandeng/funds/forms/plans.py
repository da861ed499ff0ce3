"""What is typed about instalments: equal parts, or each day with its sum."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.fields import ScanField, YuanField
from bandeng.funds.forms.parts import MoneyForm, day, words
from bandeng.funds.rules import dues as rules
from bandeng.funds.standing.plans import plannable
from bandeng.funds.standing.sights import home_sight

ROW = re.compile(r"\s*(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?\s*[,，:：]?\s+(\S.*)")


class Ask(MoneyForm):
    """Equal parts by number, first day and distance; or a line for each."""

    parts = forms.IntegerField(
        label=_("In how many instalments?"), min_value=1, max_value=60, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    first_on = day(_("The first one on"), required=False)
    every = forms.TypedChoiceField(
        label=_("How far apart?"), coerce=int, required=False, empty_value=None,
        choices=((1, _("every month")), (2, _("every second month")), (3, _("every third month")), (12, _("every year"))),
    )  # fmt: skip
    rows = forms.CharField(
        label=_("Or your own days and sums"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One line for each, for instance: 2024-10-01 500.00. Counts before the above."),
    )  # fmt: skip
    reason = words(_("Why in parts?"), required=False, help_text=_("Only if you want to say it."))
    asked_on = day(_("The household signed on"))
    paper = ScanField(label=_("What the household signed"))

    def prepare(self) -> None:
        """Ask the owner for no paper: they ask by their own sign-in."""
        home = home_sight(receivable=self.subject)
        self.total = sum(sight.open for sight in plannable(home=home))
        self.initial = {
            "parts": 6,
            "first_on": rules.plus_months(day=localdate(), months=1),
            "asked_on": localdate(),
        }
        if self.own:
            del self.fields["asked_on"], self.fields["paper"]

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        self.own = own
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Make the instalments, or say what is missing."""
        data = super().clean() or {}
        if data.get("rows"):
            data["instalments"] = _read(data["rows"])
        elif data.get("parts") and data.get("first_on"):
            data["instalments"] = rules.instalments(
                total=self.total, parts=data["parts"], first_on=data["first_on"],
                every=data.get("every") or 1,
            )  # fmt: skip
        elif not self.errors:
            raise forms.ValidationError(_("Please give a number and the first day, or each line."))
        return data

    def told(self) -> dict[str, Any]:
        """Give what the action takes."""
        data = self.cleaned_data
        return {
            "instalments": data["instalments"], "reason": data["reason"],
            "asked_on": data.get("asked_on") or localdate(), "paper": data.get("paper") or b"",
        }  # fmt: skip


def _read(text: str) -> list[rules.Instalment]:
    return [_row(n, row) for n, row in enumerate(text.strip().splitlines(), 1) if row.strip()]


def _row(n: int, row: str) -> rules.Instalment:
    found = ROW.fullmatch(row)
    try:
        if not found:
            raise ValueError
        amount = YuanField().clean(found[4])
        return rules.Instalment(date(int(found[1]), int(found[2]), int(found[3])), amount or 0)
    except (ValueError, forms.ValidationError):
        sentence = gettext("Line %(n)s is no day with a sum: %(row)s")
        raise forms.ValidationError(sentence % {"n": n, "row": row.strip()[:40]}) from None


class Answered(MoneyForm):
    """What the creditor's side said."""

    accepted = forms.ChoiceField(
        label=_("Does the creditor agree?"), widget=forms.RadioSelect,
        choices=(("yes", _("It agrees to these instalments.")), ("no", _("It declines."))),
    )  # fmt: skip
    answered_by = forms.CharField(label=_("Who said so for the creditor?"), max_length=120)
    source = forms.CharField(
        label=_("Where is that written?"), max_length=200,
        help_text=_("For instance: letter of 3 September, or minutes of the call with its day."),
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """Give the answer as true or false."""
        return self.cleaned_data | {"accepted": self.cleaned_data["accepted"] == "yes"}


class Why(MoneyForm):
    """A reason, in a line."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
