"""How the lists about collecting can be narrowed."""

from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from bandeng.funds.models import Receivable
from bandeng.funds.reads import collecting

STATES = [
    ("owes", _("owes something")),
    ("part", _("has paid a part")),
    ("clear", _("owes nothing")),
    ("disputed", _("disputes something")),
    ("claims", _("says it has paid")),
]


class Homes(FilterSet):
    """Narrow the homes."""

    building = CharFilter(label=_("Building"), field_name="home__building__number")
    number = CharFilter(label=_("Home"), field_name="home__number")
    state = ChoiceFilter(label=_("State"), choices=STATES, method="by_state")

    class Meta:
        model = Receivable
        fields = ("building", "number", "state")

    def by_state(self, queryset, _name, value):
        """Keep to those that stand so."""
        return queryset.filter(collecting.STANDS[value])
