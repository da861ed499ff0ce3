"""What can be reported and whom it goes to, as an officer types it."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from bandeng.cases.forms.public import Told, choice
from bandeng.cases.models import KIND_CHOICES, UNIT_CHOICES
from bandeng.cases.rules.deadlines import Limit
from bandeng.people.models import Organisation
from bandeng.places.rules.calendar import Unit

DATE = {"type": "date"}


class AddCategory(Told):
    """A category with its limit and where the limit comes from."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=40)
    name_en = forms.CharField(label=_("Name in English"), max_length=60)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters and digits; it never changes.")
    )
    kind = forms.ChoiceField(label=_("Usual kind"), choices=KIND_CHOICES)
    limit_n = forms.IntegerField(label=_("Time limit"), min_value=1, max_value=1000)
    limit_unit = forms.ChoiceField(label=_("counted in"), choices=UNIT_CHOICES)
    limit_source = forms.CharField(
        label=_("Source of the limit"), max_length=200, help_text=_("A rule, an article, a list.")
    )
    since_on = forms.DateField(
        label=_("Valid from"), initial=localdate, widget=forms.DateInput(DATE)
    )
    order = forms.IntegerField(
        label=_("Place in the list"), initial=100, min_value=1, max_value=999
    )

    def told(self):
        """Give what the action takes."""
        data = dict(self.cleaned_data)
        limit = Limit(data.pop("limit_n"), Unit(data.pop("limit_unit")), data.pop("limit_source"))
        return data | {"limit": limit, "code": data["code"].lower().replace("-", "_")}


class AddRule(Told):
    """Cases of a category in an estate or area go to one body."""

    category = choice(_("Category"), required=False, empty_label=_("any"))
    estate = choice(_("Estate"), required=False, empty_label=_("any"))
    area_code = forms.RegexField(
        r"^[0-9]{0,12}$",
        label=_("Area code or its beginning"),
        help_text=_("For instance 430203003 for a subdistrict; empty means everywhere."),
        error_messages={"invalid": _("An area code has at most 12 digits and nothing else.")},
        required=False,
    )
    organisation = forms.ModelChoiceField(
        label=_("goes to"), queryset=Organisation.objects.order_by("name")
    )
    since_on = forms.DateField(
        label=_("Valid from"), initial=localdate, widget=forms.DateInput(DATE)
    )

    def __init__(self, *args, categories, estates, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("category", categories)
        self.offer("estate", estates)


class End(Told):
    """The first day on which something is no longer valid."""

    until_on = forms.DateField(
        label=_("Not valid any more from"), initial=localdate, widget=forms.DateInput(DATE)
    )
