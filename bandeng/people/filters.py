"""How the lists can be narrowed. Numbers are not asked here: they would stand in addresses."""

from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter

from bandeng.kit.filters import FilterSet
from bandeng.people.models import Organisation, OrganisationKind, Person, RelationKind, Role


class People(FilterSet):
    """Narrow the list of persons."""

    name = CharFilter(lookup_expr="icontains", label=_("Name"))
    relation = ChoiceFilter(
        field_name="homes__kind", choices=RelationKind.choices, label=_("Relation"), distinct=True
    )
    role = ChoiceFilter(
        field_name="assignments__role", choices=Role.choices, label=_("Role"), distinct=True
    )

    class Meta:
        model = Person
        fields = ()


class Organisations(FilterSet):
    """Narrow the list of bodies."""

    name = CharFilter(lookup_expr="icontains", label=_("Organisation"))
    kind = ChoiceFilter(choices=OrganisationKind.choices, label=_("Kind"))

    class Meta:
        model = Organisation
        fields = ()
