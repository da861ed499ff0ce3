"""How the lists can be narrowed."""

from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from bandeng.cases.models import KIND_CHOICES, STATE_CHOICES, Case, Category
from bandeng.cases.reads.places import areas, estates
from bandeng.cases.rules.numbers import cleaned
from bandeng.cases.rules.states import CLOSED, OPEN
from bandeng.people.models import Organisation
from bandeng.people.permissions import is_staff
from bandeng.places.models import Estate
from bandeng.places.reads import communities

ALL, ENDED = "all", "ended"
SHOWN = [(ALL, _("all")), (ENDED, _("all that are closed")), *STATE_CHOICES]


def scope(request):
    """Give the estates that a filter offers: those of the person's scope, else all."""
    if request and is_staff(person=request.user):
        return estates(person=request.user)
    return Estate.objects.order_by("name")


def communities_of(request):
    """Give the communities that a filter offers: those of the person's scope, else all."""
    if request and is_staff(person=request.user):
        return areas(person=request.user, on=localdate())
    return communities(on=localdate())


class Cases(FilterSet):
    """Narrow the cases; without a state the open ones are shown."""

    state = ChoiceFilter(
        label=_("State"), choices=SHOWN, empty_label=_("all that are open"), method="by_state"
    )
    kind = ChoiceFilter(label=_("Kind of case"), choices=KIND_CHOICES)
    category = ModelChoiceFilter(label=_("Category"), queryset=Category.objects.order_by("order"))
    organisation = ModelChoiceFilter(
        label=_("Who handles it"), queryset=Organisation.objects.order_by("name")
    )
    area = ModelChoiceFilter(label=_("Community"), queryset=communities_of, method="by_area")
    estate = ModelChoiceFilter(label=_("Estate"), queryset=scope)
    building = CharFilter(label=_("Building"), field_name="building__number")
    overdue = ChoiceFilter(
        label=_("Date"), choices=[("on", _("only overdue"))], empty_label=_("any"),
        method="by_overdue",
    )  # fmt: skip
    text = CharFilter(label=_("Number, or words of summary or place"), method="by_text")

    class Meta:
        model = Case
        fields = ()

    @property
    def qs(self):
        """Show what is open unless a state is asked for, even where nothing is asked at all."""
        asked = self.is_bound and self.form.is_valid() and self.form.cleaned_data["state"]
        return super().qs if asked else super().qs.filter(state__in=OPEN)

    def by_state(self, queryset, name, value):
        """Keep one state, all closed, or all."""
        if value == ALL:
            return queryset
        return queryset.filter(state__in=CLOSED) if value == ENDED else queryset.filter(state=value)

    def by_area(self, queryset, name, value):
        """Keep what lies in one community, estates or not."""
        return queryset.filter(area_code=value.code)

    def by_overdue(self, queryset, name, value):
        """Keep what is overdue now."""
        return queryset.overdue(at=timezone.now())

    def by_text(self, queryset, name, value):
        """Find a number by its beginning, or words of the summary."""
        number = cleaned(number=value)
        if number[:8].isdigit():
            return queryset.filter(
                Q(number__startswith=number) | Q(pk__in=queryset.filter(reports__number=number))
            )
        for word in value.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(place__icontains=word))
        return queryset
