"""What whoever collects enters: answers, decisions, notices that arrived."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.fields import ScanField
from bandeng.funds.forms.parts import MoneyForm, day, words
from bandeng.funds.models import ReminderChannel

UPHELD = (("yes", _("The objection is right: the due falls away.")), ("no", _("The due stands.")))


class Answer(MoneyForm):
    """What was found out."""

    answer = words(_("Answer"), help_text=_("The home reads it on its page."))


class Decision(MoneyForm):
    """Who decided an objection, and how."""

    upheld = forms.ChoiceField(label=_("Decision"), choices=UPHELD, widget=forms.RadioSelect)
    decided_by = forms.CharField(
        label=_("Who decided?"), max_length=120,
        help_text=_("For instance the people's mediation committee, with the number of its paper."),
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """Give the decision as true or false."""
        return self.cleaned_data | {"upheld": self.cleaned_data["upheld"] == "yes"}


class Delivered(MoneyForm):
    """That a notice reached a home, and what proves it."""

    channel = forms.ChoiceField(
        label=_("How did it arrive?"), choices=ReminderChannel.choices, widget=forms.RadioSelect
    )
    delivered_on = day(_("On which day?"))
    proof = ScanField(
        label=_("Proof: signed slip, postal receipt or photo"),
        help_text=_("Its fingerprint is kept; keep the paper itself. PDF, JPEG or PNG."),
    )

    def prepare(self):
        """Begin with today."""
        self.initial = {"delivered_on": localdate()}

    def told(self) -> dict[str, Any]:
        """Give the channel as what it is."""
        return self.cleaned_data | {"channel": ReminderChannel(self.cleaned_data["channel"])}


class NoticeUntil(MoneyForm):
    """Until when the notices ask to pay."""

    pay_until = day(_("Please pay until"), required=False)
