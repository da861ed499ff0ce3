"""What is typed about cash."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.fields import ScanField, YuanField
from bandeng.funds.forms.parts import MoneyForm, day, more_than_nothing
from bandeng.funds.models import Cash
from bandeng.kit.templatetags.kit import money

BOOK = RegexValidator(r"^[A-Z0-9]{1,8}$", _("Capital letters and digits, at most eight."))


class Clause(MoneyForm):
    """What the agreement says about cash."""

    clause = forms.CharField(
        label=_("Clause of the agreement that allows cash"), max_length=200, required=False,
        help_text=_("With the paper and its number. Left empty, no cash is taken."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Begin with what holds."""
        self.initial = {"clause": self.subject.cash_clause}


class Paper(MoneyForm):
    """The number of a form of a paper book."""

    book = forms.CharField(
        label=_("Receipt book"), max_length=8, initial="A", validators=[BOOK],
        help_text=_("A is this house's own book; a printed book has its own letter."),
    )  # fmt: skip


class Received(Paper):
    """Cash in hand."""

    amount = YuanField(label=_("Sum in yuan"))
    payer = forms.CharField(label=_("Who paid?"), max_length=80)
    number = forms.IntegerField(
        label=_("Number of the paper receipt"), required=False, min_value=1,
        help_text=_("Only if it was written by hand; it must be the book's next number."),
    )  # fmt: skip
    field_order = ("amount", "payer", "book", "number")

    def clean_amount(self) -> int | None:
        """Refuse nothing."""
        amount: int | None = self.cleaned_data["amount"]
        more_than_nothing(amount)
        return amount


class Spoilt(Paper):
    """A form that was spoilt."""

    number = forms.IntegerField(label=_("Number of the paper receipt"), min_value=1)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReceiptChoice(forms.ModelMultipleChoiceField):
    """Receipts whose cash goes to the bank."""

    def label_from_instance(self, obj: Any) -> str:
        """Say number, sum and home."""
        return f"{obj} · {money(obj.amount)} · {obj.receivable.home}"


class Banked(MoneyForm):
    """What was brought to the bank."""

    receipts: Any = ReceiptChoice(
        label=_("Cash of which receipts?"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    on = day(_("Brought to the bank on"))
    slip = forms.CharField(label=_("Number of the deposit slip"), max_length=40)
    content = ScanField(label=_("Photo of the deposit slip"))

    def prepare(self) -> None:
        """Offer what others took."""
        free = Cash.objects.filter(account=self.subject, voided_at=None, deposit=None)
        others = free.exclude(by=self.person.token).select_related("receivable__home__building")
        self.offer("receipts", others.order_by("pk"))
        self.initial = {"on": localdate(), "receipts": list(others.values_list("pk", flat=True))}
