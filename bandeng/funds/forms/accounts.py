"""What is typed about an account: its papers, what the money is for, who approves."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.fields import ScanField, YuanField
from bandeng.funds.forms.parts import MoneyForm, choice, day, more_than_nothing
from bandeng.funds.models import AgreementKind, PaperKind
from bandeng.funds.reads import estates_of
from bandeng.people.models import Organisation

CODE = RegexValidator(
    r"^[a-z][a-z0-9_]*$", _("Small letters, digits and underscores, with a letter first.")
)


class Prepare(MoneyForm):
    """The bodies and the bank of an account."""

    estate = choice(_("Estate"))
    name = forms.CharField(
        label=_("Name of the account"),
        max_length=80,
        help_text=_("For instance: fire-safety account of the estate."),
    )
    holder = choice(
        _("Holder"),
        help_text=_("The third-party supervisory body; never the subdistrict or the community."),
    )
    creditor = choice(_("Creditor"), help_text=_("To whom the dues are owed."))
    debtor = choice(
        _("Body liable for the missing facilities"),
        help_text=_("Usually the developer; its acknowledged debt is one of the papers."),
    )
    invoicer = choice(_("Who issues the invoices"))
    agreement = forms.ChoiceField(
        label=_("Form of supervision"), choices=AgreementKind.choices, widget=forms.RadioSelect
    )
    bank = forms.CharField(label=_("Bank and branch"), max_length=80)
    bank_number = forms.CharField(
        label=_("Account number at the bank"), max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def prepare(self):
        """Offer the estates of the person's scope and every body."""
        self.offer("estate", estates_of(person=self.person))
        for name in ("holder", "creditor", "debtor", "invoicer"):
            self.offer(name, Organisation.objects.order_by("name"))

    def told(self):
        """Give the form of supervision as what it is."""
        return self.cleaned_data | {"agreement": AgreementKind(self.cleaned_data["agreement"])}


class Paper(MoneyForm):
    """A signed paper with its scan."""

    kind = forms.ChoiceField(
        label=_("Kind of paper"), choices=PaperKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Title of the paper"), max_length=120)
    signed_on = day(_("Signed on"))
    amount = YuanField(
        label=_("Sum that it acknowledges, in yuan"),
        required=False,
        help_text=_("Only for the debt that the developer acknowledges."),
    )
    content = ScanField(label=_("Scan"))

    def prepare(self):
        """Begin with what is still missing."""
        missing = self.subject.missing_papers()
        self.initial = {"kind": missing[0].value} if missing else {}

    def clean_signed_on(self):
        """Refuse a day that has not come."""
        if self.cleaned_data["signed_on"] > localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return self.cleaned_data["signed_on"]

    def told(self):
        """Give the kind as what it is."""
        return self.cleaned_data | {"kind": PaperKind(self.cleaned_data["kind"])}


class Purpose(MoneyForm):
    """What money is set aside for."""

    name = forms.CharField(
        label=_("What is the money for?"), max_length=60,
        help_text=_("For instance: fire-safety facilities."),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Short code"),
        max_length=40,
        validators=[CODE],
        help_text=_("As it will stand in the public log, for instance fire_safety."),
    )
    goal = YuanField(
        label=_("What will it cost, in yuan?"), required=False,
        help_text=_("Only if it is known: households then see how much of it is there."),
    )  # fmt: skip
    takes_dues = forms.BooleanField(label=_("The dues that are collected go here"), required=False)

    def clean_goal(self):
        """Refuse nothing."""
        more_than_nothing(self.cleaned_data["goal"])
        return self.cleaned_data["goal"]

    def prepare(self):
        """The first purpose usually takes the dues; there is only one that does."""
        if self.subject.purposes.filter(takes_dues=True).exists():
            del self.fields["takes_dues"]
        else:
            self.initial = {"takes_dues": True}


class Document(MoneyForm):
    """A court's or another body's document."""

    document = forms.CharField(label=_("Number of the document, and who issued it"), max_length=120)
    content = ScanField(label=_("Scan"))
