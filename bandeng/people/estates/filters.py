"""How the lists of places can be narrowed."""

import django_filters
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from bandeng.kit.filters import FilterSet
from bandeng.places.models import Area, AreaSource, Estate, Home, HomeCondition, HomeState


class Estates(FilterSet):
    """Narrow the list of estates."""

    name = django_filters.CharFilter(label=_("name"), lookup_expr="icontains")

    class Meta:
        model = Estate
        fields = ("name",)


class Homes(FilterSet):
    """Narrow the list of homes."""

    building = django_filters.CharFilter(label=_("building"), field_name="building__number")
    entrance = django_filters.CharFilter(label=_("entrance"))
    number = django_filters.CharFilter(label=_("home"), lookup_expr="icontains")
    area_source = django_filters.ChoiceFilter(label=_("area from"), choices=AreaSource.choices)
    state = django_filters.ChoiceFilter(
        label=_("state"), choices=HomeCondition.choices, method="in_state"
    )

    class Meta:
        model = Home
        fields = ("building", "entrance", "number", "area_source", "state")

    def in_state(self, queryset, _name, value):
        """Keep homes of which this is true today."""
        states = HomeState.objects.filter(condition=value, period__contains=localdate())
        return queryset.filter(pk__in=states.values("home"))


class Areas(FilterSet):
    """Narrow the list of areas."""

    code = django_filters.CharFilter(label=_("code begins with"), lookup_expr="startswith")
    name = django_filters.CharFilter(label=_("name"), lookup_expr="icontains")

    class Meta:
        model = Area
        fields = ("code", "name")
