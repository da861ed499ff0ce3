"""Reporting: by the code on the building, on a phone, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, TemplateView

from bandeng.cases import actions, tables
from bandeng.cases.forms import public as forms
from bandeng.cases.models import Case, Channel
from bandeng.cases.models.report import secret_of
from bandeng.cases.parameters import SENDS, TRIES, WINDOW
from bandeng.cases.reads import places, published, reports
from bandeng.kit.errors import Refused
from bandeng.kit.views import FormPage, ListPage
from bandeng.people.models import Person
from bandeng.places.reads import communities
from bandeng.trail.rules import HOUSE

COMMUNITIES = 30  # as many as one finds one's own among
public = method_decorator([login_not_required, never_cache], name="dispatch")


class TooManyTries(Refused):
    """Too many tries from one address in a short time."""


class NotFound(Refused):
    """Nothing fits what was typed."""


def check_tries(request, what, *, most):
    """Count one try from this address.

    Raises:
        TooManyTries: it is one too many for now.
    """
    key = f"{what}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, WINDOW)
    if cache.incr(key) > most:
        raise TooManyTries(_("Too many tries. Please wait ten minutes, or call us."))


def reporter(request):
    """Give who reports: whoever is signed in, else nobody we know."""
    return request.user if isinstance(request.user, Person) else HOUSE


class ReportForm(FormPage):
    """A form about a place, found by the token in its address."""

    def dispatch(self, request, *args, **kwargs):
        """Find the place."""
        place = places.place(token=kwargs["place"], on=localdate())
        if place is None:
            raise Http404
        self.place = place
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add the place."""
        return super().get_context_data(place=self.place, **kwargs)

    def submit(self, **told):
        """Call the one action."""
        raise NotImplementedError

    def form_valid(self, form):
        """Hand the action what it takes."""
        form.cleaned_data = form.told()
        return super().form_valid(form)

    def act(self, data):
        """Take the report in and show its number, or say why not."""
        check_tries(self.request, "report", most=SENDS)
        channel = Channel.QR if "qr" in self.request.GET else Channel.WEB
        who = {"channel": channel, "by": reporter(self.request), "at": timezone.now()}
        submitted = self.submit(**data, **who)
        return HttpResponseRedirect(f"{reverse('cases:status', args=[submitted.secret])}?new=1")


@public
class Report(ReportForm):
    """Report something at a place."""

    form_class = forms.Report
    template_name = "cases/report.html"

    def get_form_kwargs(self):
        """Offer the categories of today."""
        known = places.categories(at=timezone.now())
        more = {"categories": known, "outside": self.place.estate is None}
        return super().get_form_kwargs() | more

    def get_context_data(self, **kwargs):
        """Add what was reported here already."""
        now = timezone.now()
        near = places.nearby(place=self.place, at=now)[:5]
        return super().get_context_data(nearby=near, **kwargs)

    def submit(self, **told):
        """Open a case."""
        here = self.place
        return actions.submit_report(
            estate=here.estate, building=here.building, area=here.area, **told
        )


@public
class MeToo(ReportForm):
    """Follow a case that a neighbour reported."""

    form_class = forms.MeToo
    template_name = "cases/me_too.html"

    def get_case(self):
        """Find the case among those that the place's page shows."""
        near = places.nearby(place=self.place, at=timezone.now())
        return get_object_or_404(near, number=self.kwargs["number"])

    def get_context_data(self, **kwargs):
        """Add the case."""
        return super().get_context_data(case=self.get_case(), **kwargs)

    def submit(self, **told):
        """Follow it."""
        return actions.follow_case(case=self.get_case(), **told)


@public
class Where(TemplateView):
    """Find the place without a code: estate by name, then the building."""

    http_method_names = ["get", "head"]
    template_name = "cases/where.html"

    def get_context_data(self, **kwargs):
        """Look for estates and communities by what was typed; few communities all stand there."""
        typed = self.request.GET.get("q", "").strip()
        found = places.named(typed=typed) if typed else []
        areas = communities(on=localdate(), typed=typed)[: COMMUNITIES + 1]
        if not areas and typed:
            areas = communities(on=localdate())[: COMMUNITIES + 1]
        few = areas if typed or len(areas) <= COMMUNITIES else []
        return super().get_context_data(typed=typed, found=found, areas=few, **kwargs)


@public
class Lookup(FormPage):
    """Find the status page by number and phone."""

    form_class = forms.Lookup
    title, button = gettext_lazy("How far is my report?"), gettext_lazy("Show")
    intro = gettext_lazy("With the number and the phone you gave. Without a phone: use your link.")

    def act(self, data):
        """Go to the status page; wrong numbers and wrong phones get one answer, and few tries."""
        check_tries(self.request, "lookup", most=TRIES)
        found = reports.by_number(**data)
        if found is None:
            missing = _("No report has this number and this phone. Please look at both again.")
            raise NotFound(missing)
        return redirect("cases:status", secret=secret_of(token=found.token))


@method_decorator(login_not_required, name="dispatch")
class Published(ListPage):
    """Cases that somebody signed for showing to everyone."""

    http_method_names = ["get", "head"]
    title = gettext_lazy("Cases in public")
    intro = gettext_lazy("Only cases that an officer signed for stand here; no person is named.")
    table_class, model, filterset_fields = tables.Published, Case, ()

    def get_queryset(self):
        """Give the published cases."""
        return published.cases()


@method_decorator(login_not_required, name="dispatch")
class PublishedCase(DetailView):
    """One published case: summary, state, dates and result."""

    http_method_names = ["get", "head"]
    template_name = "cases/published.html"
    slug_field = slug_url_kwarg = "number"

    def get_queryset(self):
        """Give the published cases."""
        return published.cases()
