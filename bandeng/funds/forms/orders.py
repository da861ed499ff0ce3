"""What is typed about orders: what is asked for, why it is stopped, whose sheet this is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bandeng.funds.actions import Payee
from bandeng.funds.forms.fields import ScanField, YuanField
from bandeng.funds.forms.parts import MoneyForm, choice, more_than_nothing, words
from bandeng.funds.models import Strength
from bandeng.funds.reads import fund_names, funds_of, purposes_of, signers_of
from bandeng.kit import passkeys
from bandeng.kit.passkeys import Assertion
from bandeng.kit.templatetags.kit import money

NOT_SIGNED = _("Nothing was signed. Please press the button and use your passkey.")


class FundChoice(forms.ModelChoiceField):
    """A fund of the account, with what is free in it."""

    names: dict[int, Any] = {}

    def label_from_instance(self, obj):
        """Say what it is for and how much is free."""
        name, free = self.names[obj.pk], money(obj.balance.free)
        return _("%(name)s (free: %(free)s)") % {"name": name, "free": free}


class OutOf(MoneyForm):
    """A sum out of one fund."""

    fund: Any = FundChoice(label=_("Out of"), queryset=None)
    amount = YuanField(label=_("Sum in yuan"))

    def prepare(self):
        """Offer the account's funds."""
        self.show("fund", funds_of(account=self.subject))

    def show(self, name, rows):
        """Offer ledger accounts by their names."""
        field: Any = self.fields[name]
        field.names = fund_names(account=self.subject)
        self.offer(name, rows.select_related("balance"))

    def clean_amount(self):
        """Refuse nothing."""
        more_than_nothing(self.cleaned_data["amount"])
        return self.cleaned_data["amount"]


class Payment(OutOf):
    """A payment: to whom, for what, on what basis."""

    name = forms.CharField(label=_("Payee"), max_length=80)
    bank = forms.CharField(label=_("Payee's bank and branch"), max_length=80)
    number = forms.CharField(
        label=_("Payee's account number"), max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    purpose = words(_("What is paid for?"))
    basis = words(
        _("On what basis?"),
        help_text=_("Contract, invoice, record of acceptance: with its number and date."),
    )
    field_order = ("name", "bank", "number", "amount", "fund", "purpose", "basis")

    def told(self):
        """Give the payee as one."""
        data = dict(self.cleaned_data)
        said = {name: data.pop(name) for name in ("name", "bank", "number", "purpose", "basis")}
        return data | {"payee": Payee(**said)}


class Earmark(OutOf):
    """Money to set aside."""

    purpose: Any = FundChoice(label=_("Set aside for"), queryset=None)
    reason = words(_("Reason"))
    field_order = ("fund", "purpose", "amount", "reason")

    def prepare(self):
        """Offer funds and purposes."""
        super().prepare()
        self.show("purpose", purposes_of(account=self.subject))

    def clean(self):
        """Refuse to set aside where the money lies already."""
        data = super().clean() or {}
        if data.get("fund") and data.get("fund") == data.get("purpose"):
            raise forms.ValidationError(_("The money is there already."))
        return data


class Stop(MoneyForm):
    """Why an order is stopped."""

    reason = words(_("Why is it stopped?"))


class Sheet(MoneyForm):
    """A signed and sealed sheet, and whose it is."""

    person = choice(_("Who signed it?"))
    sheet = ScanField(label=_("Scan of the signed sheet"))

    def prepare(self):
        """Offer the supervisors whose approval may still come."""
        self.offer("person", signers_of(order=self.subject))
        field: Any = self.fields["person"]
        field.label_from_instance = lambda person: person.name


class SheetChecked(MoneyForm):
    """That the sheet was compared with the order."""

    checked = forms.BooleanField(
        label=_("Order number, sum, payee, signature and seal on the sheet are right.")
    )

    def told(self):
        """Give nothing: the tick is a condition."""
        return {}


class BytesField(forms.CharField):
    """Bytes as a script sends them: base64url."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, max_length=8_192)

    def clean(self, value: Any) -> bytes:
        """Decode them."""
        try:
            return passkeys.from_text(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(NOT_SIGNED) from error


class Signed(MoneyForm):
    """What a passkey gives back."""

    credential = BytesField()
    authenticator_data = BytesField()
    client_data = BytesField()
    signature = BytesField()

    def __init__(self, *args: Any, keys: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {key.credential: key for key in keys}

    def clean_credential(self):
        """Find the person's own key; one that was removed approves nothing."""
        key = self.keys.get(self.cleaned_data["credential"])
        if key is None:
            raise forms.ValidationError(_("This key does not belong to your account."))
        if not key.is_known:
            sentence = _(
                "This key signs in a way that the verifier does not know. Register another."
            )
            raise forms.ValidationError(sentence)
        return key

    def told(self):
        """Give the signature, and the key that made it."""
        data = self.cleaned_data
        said = Assertion(data["authenticator_data"], data["client_data"], data["signature"])
        key = data["credential"]
        strength = Strength.USB_KEY if key.is_security_key else Strength.PASSKEY
        return {
            "assertion": said, "credential": key.credential, "public_key": key.public_key,
            "name": key.name, "strength": strength,
        }  # fmt: skip
