"""What is typed about signed statements of account."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.fields import ScanField
from bandeng.funds.forms.parts import MoneyForm, day
from bandeng.funds.models import Signature

ON_PAPER = [choice for choice in Signature.choices if choice[0] != Signature.ONLINE]
SEALED = [choice for choice in ON_PAPER if choice[0] != Signature.HOUSEHOLD]


class Signed(MoneyForm):
    """The signed paper of one home."""

    signature = forms.ChoiceField(
        label=_("Who signed, and what proves that the home has it?"), choices=ON_PAPER,
        widget=forms.RadioSelect,
    )  # fmt: skip
    signed_on = day(_("Signed on"))
    content = ScanField(
        label=_("Scan of the signed paper"),
        help_text=_("With the seal: also the witness's signature or the postal receipt."),
    )

    def prepare(self):
        """Begin with today."""
        self.initial = {"signed_on": localdate()}

    def told(self) -> dict[str, Any]:
        """Give the signature as what it is."""
        return self.cleaned_data | {"signature": Signature(self.cleaned_data["signature"])}


class Sealed(Signed):
    """The creditor's sealed list for many homes."""

    signature = forms.ChoiceField(
        label=_("What proves that the homes have it?"), choices=SEALED, widget=forms.RadioSelect
    )
    building = forms.ChoiceField(label=_("For which homes?"), required=False)
    content = ScanField(
        label=_("Scan of the sealed list"),
        help_text=_("The creditor's list with its seal, and the postal receipts or witnesses."),
    )

    field_order = ("building", "signature", "signed_on", "content")

    def __init__(self, *args: Any, buildings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["building"]
        field.choices = buildings
