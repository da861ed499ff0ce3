"""What is typed when somebody paid from their own pocket, and when they get it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bandeng.cases.rules.numbers import cleaned
from bandeng.funds.forms.fields import ScanField, YuanField
from bandeng.funds.forms.parts import MoneyForm, choice, more_than_nothing
from bandeng.funds.models import SupervisedAccount
from bandeng.funds.permissions import can_make_order
from bandeng.funds.reads import leaders_for, open_cases
from bandeng.people.models import Organisation
from bandeng.trail.forms import PicturesField


class Advance(MoneyForm):
    """Sum, receipt, and who agreed; the case is given by the address or by its number."""

    number = forms.CharField(label=_("Number of the case"), max_length=60)
    amount = YuanField(label=_("Sum in yuan"))
    receipt = ScanField(label=_("Receipt, or a photo of it"))
    what = forms.CharField(label=_("What was paid for?"), max_length=200)
    leader: Any = choice(_("Which leader agreed?"))
    photos = PicturesField(
        most=3,
        required=False,
        label=_("Photos of what was done"),
        help_text=_("They hang on the case; whoever works on it sees them."),
    )

    def prepare(self):
        """Offer the leaders of the case's place; a case that is given need not be typed."""
        if self.subject:
            self.offer("leader", leaders_for(case=self.subject, payer=self.person))
            leader: Any = self.fields["leader"]
            leader.label_from_instance = lambda person: person.name
            del self.fields["number"]
        else:
            for name in ("amount", "receipt", "what", "leader", "photos"):
                del self.fields[name]

    def clean_number(self):
        """Find the case among those that the person may see."""
        number = cleaned(number=self.cleaned_data["number"])
        found = open_cases(person=self.person).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("You have no case with this number."))
        return found.number

    def clean_amount(self):
        """Refuse nothing."""
        more_than_nothing(self.cleaned_data["amount"])
        return self.cleaned_data["amount"]


class Repaid(MoneyForm):
    """The body that has paid an advance back."""

    organisation = choice(_("Which body has paid it back?"))

    def prepare(self):
        """Offer every body."""
        self.offer("organisation", Organisation.objects.order_by("name"))


class Repayment(MoneyForm):
    """Out of which account an advance is to be repaid, and to which bank account."""

    account = choice(_("Supervised account"))
    bank = forms.CharField(label=_("Payer's bank and branch"), max_length=80)
    number = forms.CharField(
        label=_("Payer's account number"), max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def prepare(self):
        """Offer the open accounts of the estate on which the person may ask for money."""
        estate = self.subject.case.estate_id
        accounts = SupervisedAccount.objects.filter(estate=estate, opened_at__isnull=False)
        may = [one.pk for one in accounts if can_make_order(person=self.person, account=one)]
        self.offer("account", accounts.filter(pk__in=may))
