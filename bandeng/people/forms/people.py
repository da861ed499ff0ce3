"""Forms by which an office keeps its people and bodies."""

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from bandeng.people.forms.fields import CreditCodeField, IdentityField, PhoneField
from bandeng.people.models import Organisation, OrganisationKind, RelationKind, Role
from bandeng.people.rules.numbers import scope_prefix
from bandeng.places.models import Estate, Home


class DateField(forms.DateField):
    """A day, picked or typed."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def area_field(**kwargs):
    """Ask for an area's code: twelve digits, or the beginning of all codes inside it."""
    return forms.RegexField(
        r"^[0-9]{2,12}$",
        label=_("Area code"),
        help_text=_("12 digits, or the beginning that all communities inside share."),
        error_messages={"invalid": _("An area code has 2 to 12 digits and nothing else.")},
        **kwargs,
    )


class Person(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label=_("Name"), max_length=60)
    phone = PhoneField(required=False)
    id_number = IdentityField(
        label=_("Identity number"),
        max_length=40,
        required=False,
        help_text=_("Only where the law asks for it, and with their consent."),
    )


class Find(forms.Form):
    """Somebody by a whole number; it is sent in the body, so that no log keeps it."""

    number = forms.CharField(
        label=_("Phone or identity number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Reason(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class Relate(forms.Form):
    """To which home somebody belongs, how, since when, and who says so."""

    estate = forms.ModelChoiceField(Estate.objects.none(), label=_("Estate"))
    home = forms.CharField(
        label=_("Home"),
        max_length=60,
        help_text=_("Building-entrance-number, for instance 3-2-1502."),
    )
    kind = forms.ChoiceField(label=_("Relation"), choices=RelationKind.choices)
    since_on = DateField(label=_("Since"), initial=localdate)
    source = forms.CharField(
        label=_("Source"), max_length=120, help_text=_("For instance: property certificate seen.")
    )

    def __init__(self, *args, estates: QuerySet[Estate], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["estate"].queryset = estates  # type: ignore[attr-defined]

    def clean(self):
        """Find the home."""
        super().clean()
        data = self.cleaned_data
        if data.get("estate") and data.get("home"):
            parts = [part.strip() for part in data["home"].replace("—", "-").split("-")]
            number, entrance = parts[-1], parts[1] if len(parts) > 2 else ""
            home = Home.objects.filter(
                building__estate=data["estate"],
                building__number=parts[0],
                entrance=entrance,
                number=number,
            ).first()
            if not home or len(parts) < 2:
                self.add_error("home", _("There is no such home in this estate."))
            data["home"] = home
        return data


class Until(forms.Form):
    """The first day on which something is over."""

    until_on = DateField(label=_("First day without it"), initial=localdate)


class OrganisationForm(forms.Form):
    """What a body is."""

    name = forms.CharField(label=_("Organisation"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    area_code = area_field(required=False)
    credit_code = CreditCodeField(label=_("Credit code"), max_length=40, required=False)
    telephone = forms.CharField(label=_("telephone"), max_length=30, required=False)

    def __init__(self, *args, organisation=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_area_code(self):
        """Keep the beginning that all codes inside share."""
        return scope_prefix(code=self.cleaned_data["area_code"])

    def clean_name(self):
        """Refuse a second body of the same name."""
        return self._free("name", _("There is already a body of this name."))

    def clean_credit_code(self):
        """Refuse a second body of the same code."""
        return self._free("credit_code", _("Another body has this credit code."))

    def _free(self, field, sentence):
        value = self.cleaned_data[field]
        others = Organisation.objects.filter(**{field: value})
        if self.organisation:
            others = others.exclude(pk=self.organisation.pk)
        if value and others.exists():
            raise forms.ValidationError(sentence)
        return value


class AssignRole(forms.Form):
    """What somebody does for whom, where, from when on."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Organisation")
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    area_code = area_field(required=False)
    estate = forms.ModelChoiceField(
        Estate.objects.order_by("name"),
        label=_("Only this estate"),
        required=False,
        help_text=_("Without area and estate: where the organisation answers."),
    )
    since_on = DateField(label=_("Since"), initial=localdate)

    def clean_area_code(self):
        """Keep the beginning that all codes inside share."""
        return scope_prefix(code=self.cleaned_data["area_code"])
