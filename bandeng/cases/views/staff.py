"""Pages of those who work on cases: list, case, entry on behalf, rates, posters."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, TemplateView

from bandeng.cases import actions, filters, permissions, tables
from bandeng.cases.forms import staff as forms
from bandeng.cases.models import EXCLUDED, RATES, Report
from bandeng.cases.models.report import secret_of
from bandeng.cases.reads import papers, places, reports, story
from bandeng.cases.reads.rates import rates
from bandeng.cases.views.parts import Listing, Told, Verb
from bandeng.cases.views.verbs import VERBS
from bandeng.people.views import SignedIn
from bandeng.trail.serve import picture

READ = ["get", "head"]
WITH = ("estate__area", "building", "organisation", "category", "thread")
IN_A_FILE = ("organisation", "estate", "building")
REPORTS_AT_ONCE = 20  # on a case's page; the rest on demand
SUGGESTED = 300  # places that the entry form offers to complete


class CaseList(Listing):
    """Every case that the person may see, hazards first, then whatever is due first."""

    http_method_names = READ
    request: SignedIn
    template_name = "cases/list.html"
    title = _("Cases")
    table_class, filterset_class = tables.Cases, filters.Cases

    def get_queryset(self):
        """Keep to what the person may see."""
        seen = permissions.visible_cases(person=self.request.user)
        shown = ("organisation",) if "_export" not in self.request.GET else IN_A_FILE
        return seen.select_related(*shown).defer("due_explanation", "result").in_queue()

    def get_context_data(self, **kwargs):
        """Add whether the person may enter a report."""
        may = permissions.can_enter(person=self.request.user)
        return super().get_context_data(can_enter=may, **kwargs)


class Mine(Listing):
    """What the person reported."""

    http_method_names = READ
    request: SignedIn
    title = _("My reports")
    table_class, model, filterset_fields = tables.Mine, Report, ()

    def get_queryset(self):
        """Keep to their own."""
        return reports.of_person(person=self.request.user)


@method_decorator(never_cache, name="dispatch")
class CasePage(DetailView):
    """One case: what comes next, what was reported, what happened, what can be done."""

    http_method_names = READ
    request: SignedIn
    template_name = "cases/case.html"
    slug_field = slug_url_kwarg = "number"

    def get_queryset(self):
        """Keep to what the person may see; anything else does not exist for them."""
        return permissions.visible_cases(person=self.request.user).select_related(*WITH)

    def get(self, request, *args, **kwargs):
        """Lead a reporter who is nothing else here to their own status page."""
        self.object = self.get_object()
        if not permissions.sees_reports(person=request.user, case=self.object):
            own = reports.of_person(person=request.user).filter(case=self.object).first()
            if own:
                return redirect("cases:status", secret=secret_of(token=own.token))
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_context_data(self, **kwargs):
        """Add everything that the person may see of it."""
        case, person = self.object, self.request.user
        full = permissions.sees_reports(person=person, case=case)
        told = reports.of_case(case=case) if full else Report.objects.none()
        shown = told if "all" in self.request.GET else told[:REPORTS_AT_ONCE]
        return super().get_context_data(
            case=case,
            area=case.estate.area if case.estate else places.area_of(case=case),
            full=full,
            state_tag=tables.state_tag(case=case),
            overdue=story.is_overdue(case=case, at=timezone.now()),
            step=story.next_step(case=case),
            why_due=story.why_due(case=case),
            reports=[(one, *_may(person, one, case)) for one in shown],
            story=story.story(case=case) if full else [],
            pictures=story.pictures(case=case, internal=full) if full else [],
            handovers=story.handovers(case=case),
            affected=[one.building for one in case.affected.select_related("building")],
            now=timezone.now(),
            **_verbs(person, case),
            **kwargs,
        )


def _verbs(person, case):
    """Give what the person may do now, what the case waits for apart: label and address."""
    verbs: list[tuple[Any, str]] = []
    more: list[tuple[Any, str]] = []
    for verb in VERBS:
        if verb.can(person=person, case=case):
            url = reverse(f"cases:{verb.url_name()}", args=[case.number])
            (verbs if verb.is_main(case=case) else more).append((verb.label, url))
    return {"verbs": verbs, "more": more}


def _may(person, report, case):
    report.case = case  # the rows know their case: no query for each
    return (
        permissions.can_unmask(person=person, report=report) and not report.erased_at,
        permissions.can_answer_for(person=person, report=report),
    )


class CasePhoto(TemplateView):
    """One photo of a case, to whoever may see it."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, *args, **kwargs):
        """Ask the case's permission, then serve the photo or its thumbnail."""
        seen = permissions.visible_cases(person=request.user).select_related("estate")
        case = get_object_or_404(seen, number=kwargs["number"])
        if not permissions.sees_reports(person=request.user, case=case):
            raise Http404
        found = story.pictures(case=case, internal=True)
        one = get_object_or_404(found, token=kwargs["photo"])
        return picture(request=request, attachment=one, thumbnail="small" in request.GET)


class ReportVerb(Verb[Report]):
    """Something done with one report of a case that the person may see."""

    def get_subject(self):
        """Find the report through its case."""
        seen = permissions.visible_cases(person=self.request.user)
        found = Report.objects.select_related("case__estate", "case__organisation")
        return get_object_or_404(found, number=self.kwargs["number"], case__in=seen)

    def back_url(self):
        """Lead to the case."""
        return self.subject.case.get_absolute_url()

    def common(self):
        """Give who acts, and when."""
        return {"report": self.subject, "by": self.request.user, "at": timezone.now()}


@method_decorator(never_cache, name="dispatch")
class Unmask(ReportVerb):
    """Look at a reporter's name and phone, for a reason that is put on record."""

    form_class = forms.Unmask
    title = _("Name and phone of the reporter")
    button = _("Show, and put it on record")

    def allowed(self):
        """Ask the room's permissions."""
        return permissions.can_unmask(person=self.request.user, report=self.subject)

    def form_valid(self, form):
        """Put it on record, then show it once: the page is not kept."""
        actions.unmask_report(**self.common(), **form.told())
        context = {"report": self.subject, "back_url": self.back_url()}
        return self.response_class(self.request, "cases/unmasked.html", context)


class AnswerFor(ReportVerb):
    """Enter what a reporter said after a call."""

    form_class = forms.AnswerFor
    title = _("What did the reporter say?")
    intro = _("Ask both questions, and enter their words as they are.")
    done = _("The answer is entered.")

    def allowed(self):
        """Ask the room's permissions."""
        return permissions.can_answer_for(person=self.request.user, report=self.subject)

    def act(self, data):
        """Keep the answer."""
        return actions.answer(**self.common(), **data)


class Enter(Told):
    """Enter a report for somebody at the door or on the telephone."""

    form_class = forms.Enter
    template_name = "cases/enter.html"
    title = _("Enter a report for somebody")
    button = _("Take the report in")
    done = _("Taken in. Give the number to the person, or print the slip.")
    back = "cases:list"

    def allowed(self):
        """Ask the room's permissions."""
        return permissions.can_enter(person=self.request.user)

    def get_form_kwargs(self):
        """Offer today's categories, and the places of the person's scope."""
        person = self.request.user
        return super().get_form_kwargs() | {
            "categories": places.categories(at=timezone.now()),
            "estates": places.estates(person=person),
            "areas": places.areas(person=person, on=localdate()),
        }

    def get_context_data(self, **kwargs):
        """Suggest what can be typed."""
        mine = places.estates(person=self.request.user)
        names = places.suggestions(within=mine, most=SUGGESTED)
        return super().get_context_data(places=names, **kwargs)

    def act(self, data):
        """Take it in, and lead to the slip."""
        entered = actions.enter_report_on_behalf(by=self.request.user, at=timezone.now(), **data)
        return redirect(f"{reverse('cases:status', args=[entered.secret])}?new=1")


class Rates(TemplateView):
    """Rates of the cases that the person may see, with what they were counted from."""

    http_method_names = READ
    request: SignedIn
    template_name = "cases/rates.html"

    def get_context_data(self, **kwargs):
        """Count the cases closed in a period: the last thirty days unless another is asked for."""
        person = self.request.user
        if not permissions.sees_rates(person=person):
            raise PermissionDenied
        form = forms.Period(self.request.GET or None)
        until = timezone.now()
        since = until - timedelta(days=30)
        if form.is_valid():
            since, until = form.moments()
        counted = rates(person=person, since=since, until=until)
        rows = [_rate(name, rate) for name, rate in counted.rates.items()]
        last = until - timedelta(microseconds=1)
        return super().get_context_data(
            form=form, since=since, last=last, counted=counted, rows=rows, **kwargs
        )


def _rate(name, rate):
    words, definition = RATES[name]
    share = _("no data") if rate.share is None else f"{float(rate.share):.1%}"
    excluded = [(EXCLUDED[reason], n) for reason, n in rate.excluded.items()]
    return {
        "name": words,
        "definition": definition,
        "share": share,
        "rate": rate,
        "excluded": excluded,
    }


class Posters(TemplateView):
    """The buildings whose posters can be printed."""

    http_method_names = READ
    request: SignedIn
    template_name = "cases/posters.html"

    def get_context_data(self, **kwargs):
        """Give the estates of the person's scope."""
        if not permissions.can_enter(person=self.request.user):
            raise PermissionDenied
        person = self.request.user
        mine = places.estates(person=person).prefetch_related("buildings")
        areas = places.areas(person=person, on=localdate())
        return super().get_context_data(estates=mine, areas=areas, **kwargs)


class Poster(TemplateView):
    """The poster of one building, estate or community, with its QR code."""

    http_method_names = READ
    request: SignedIn
    template_name = "cases/poster.html"

    def get_context_data(self, **kwargs):
        """Add the place and its address."""
        place = self.place()
        address = papers.address(token=place.token)
        return super().get_context_data(
            **kwargs | {"place": place, "address": address, "code": f"{address}?qr"}
        )

    def place(self):
        """Find the place within the person's scope."""
        found = places.place(token=self.kwargs["place"], on=localdate())
        if found is None or not places.answers_for(person=self.request.user, place=found):
            raise Http404
        return found


class PosterPdf(Poster):
    """The poster as A4; for an estate, one sheet for each of its buildings too."""

    def get(self, request, *args, **kwargs):
        """Print it."""
        place = self.place()
        doors = [place, *places.doors(place=place)]
        sheets = [papers.sheet(where=str(one), token=one.token) for one in doors]
        pdf = papers.posters(sheets=sheets, language=get_language() or "zh-hans")
        return HttpResponse(pdf, content_type="application/pdf")
