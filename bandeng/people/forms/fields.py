"""Fields that read numbers as people type them."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from bandeng.people.rules import numbers
from bandeng.people.rules.numbers import Why, WrongNumber

PHONE = {
    Why.CHARACTERS: _("A phone number has only digits, for instance 138 1234 5678."),
    Why.LENGTH: _("This number has too few or too many digits; a mobile number has 11."),
    Why.KIND: _("Please give a mobile number: the code comes as a text message."),
}
IDENTITY = {
    Why.LENGTH: _("An identity number has 18 characters; the old ones of 15 are no longer valid."),
    Why.CHARACTERS: _("An identity number has 17 digits and a digit or X at the end."),
    Why.REGION: _("The first six digits are no region; please look at them again."),
    Why.BIRTH: _("Digits 7 to 14 are no possible date of birth."),
    Why.CHECK: _("A digit is wrong: the last character does not fit the others."),
}
CREDIT = {
    Why.LENGTH: _("A credit code has 18 characters."),
    Why.CHARACTERS: _("A credit code has digits and capital letters, but no I, O, S, V and Z."),
    Why.KIND: _("The first character is none that a registering office uses."),
    Why.REGION: _("Characters 3 to 8 must be the digits of a region."),
    Why.CHECK: _("A character is wrong: the last one does not fit the others."),
}


class NumberField(forms.CharField):
    """A number that a rule reads and that has one spelling."""

    says: dict[Why, Any] = {}

    def read(self, text: str) -> str:
        """Give the one spelling."""
        raise NotImplementedError

    def clean(self, value: Any) -> str:
        """Tell in a sentence what is wrong."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return self.read(text)
        except WrongNumber as wrong:
            raise forms.ValidationError(self.says[wrong.why]) from wrong


class PhoneField(NumberField):
    """A phone number, given as E.164; `mobile` where a text message must reach it."""

    says = PHONE

    def __init__(self, *, mobile: bool = False, **kwargs: Any) -> None:
        self.mobile = mobile
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        usual: dict[str, Any] = {"widget": forms.TextInput(attrs=attrs), "label": _("Phone number")}
        super().__init__(max_length=40, **usual | kwargs)

    def read(self, text):
        """Read it by the rules."""
        return numbers.phone_number(text=text, mobile=self.mobile)

    def prepare_value(self, value):
        """Show a stored number as people write it."""
        return value.removeprefix("+86") if isinstance(value, str) else value


class IdentityField(NumberField):
    """A resident's identity number."""

    says = IDENTITY

    def read(self, text):
        """Read it by the rules, as of today."""
        return numbers.identity_number(text=text, on=localdate()).text


class CreditCodeField(NumberField):
    """A unified social credit code."""

    says = CREDIT

    def read(self, text):
        """Read it by the rules."""
        return numbers.credit_code(text=text)


class CodeField(forms.CharField):
    """A code from a message; the phone offers to fill it in."""

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "pattern": "[0-9]*"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(label=_("Code from the message"), widget=widget, max_length=12, **kwargs)

    def clean(self, value):
        """Take full-width digits and spaces as they are meant."""
        return numbers.tidied(text=super().clean(value))


class NewPasswordField(forms.CharField):
    """A password to be chosen."""

    def __init__(self, **kwargs):
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(widget=widget, strip=False, max_length=128, **kwargs)
