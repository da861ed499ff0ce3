"""How the lists can be narrowed."""

from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

from bandeng.cases.models import KIND_CHOICES, STATE_CHOICES, Case, Category
from bandeng.cases.reads.places import areas, estates
from bandeng.cases.rules.numbers import cleaned
from bandeng.cases.rules.states import CLOSED, OPEN
from bandeng.kit.filters import Among, FilterSet
from bandeng.kit.search import holding
from bandeng.people.models import Organisation
from bandeng.people.permissions import is_staff
from bandeng.places.models import Estate
from bandeng.places.reads import communities

ALL, ENDED = "all", "ended"
SHOWN = [(ALL, _("all")), (ENDED, _("all that are closed")), *STATE_CHOICES]


def _estates(request):
    """Give the estates of the person's scope, else all."""
    found = estates(person=request.user) if _works(request) else Estate.objects.order_by("name")
    return found.values_list("pk", "name")


def _areas(request):
    """Give the communities of the person's scope, else all."""
    today = localdate()
    found = areas(person=request.user, on=today) if _works(request) else communities(on=today)
    return found.values_list("code", "name")


def _works(request):
    return request is not None and is_staff(person=request.user)


def _categories(_request):
    return Category.objects.order_by("order").values_list("pk", Category.name_field())


def _bodies(_request):
    return Organisation.objects.order_by("name").values_list("pk", "name")


class Cases(FilterSet):
    """Narrow the cases; without a state the open ones are shown."""

    state = Among(
        label=_("State"),
        rows=lambda _request: SHOWN,
        empty_label=_("all that are open"),
        method="by_state",
    )
    kind = Among(label=_("Kind of case"), rows=lambda _request: KIND_CHOICES)
    category = Among(label=_("Category"), rows=_categories)
    organisation = Among(label=_("Who handles it"), rows=_bodies)
    area = Among(label=_("Community"), rows=_areas, field_name="area_code")
    estate = Among(label=_("Estate"), rows=_estates)
    building = CharFilter(label=_("Building"), field_name="building__number")
    overdue = Among(
        label=_("Date"), rows=lambda _request: [("on", _("only overdue"))], empty_label=_("any"),
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
        return queryset.filter(
            holding(function="cases_pieces", columns=("title", "place"), words=value)
        )
