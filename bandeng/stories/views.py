"""The public page: open to everybody, signed in or not."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.generic import TemplateView
from django_tables2.views import SingleTableMixin

from bandeng.kit import exports
from bandeng.kit.views import EXPORTS
from bandeng.people.models import Person
from bandeng.stories import permissions, reads
from bandeng.stories.models import FigureKey
from bandeng.stories.printing import FICTION, page_pdf
from bandeng.stories.tables import Named, Records, Rows
from bandeng.trail.reads import proofs


def reader(request: HttpRequest) -> Person | None:
    """Give who reads, if they have signed in."""
    return request.user if isinstance(request.user, Person) else None


@method_decorator(login_not_required, name="dispatch")
class PublicPage(TemplateView):
    """A page for everybody, told at the moment of asking."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Note who asks and when: everything on the page is of this moment."""
        super().setup(request, *args, **kwargs)
        self.person, self.at = reader(request), timezone.now()

    def get_context_data(self, **kwargs):
        """Say when the figures were counted, and in the demo what is invented."""
        return super().get_context_data(at=self.at, fiction=gettext(FICTION), **kwargs)


class Front(PublicPage):
    """The newspaper's page."""

    template_name = "stories/front.html"

    def get_context_data(self, **kwargs):
        """Add the stories, the first apart, the numbers of the first, and the videos' places."""
        told, videos = reads.front(person=self.person, at=self.at)
        lead, rest = (told[0], told[1:]) if told else (None, [])
        counted = reads.of_videos(at=self.at)
        words = {"lead": lead, "stories": rest, "videos": videos, "counted": counted}
        return super().get_context_data(**words | kwargs)


class Pdf(PublicPage):
    """The front page on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Print it in the reader's language."""
        shown = HttpResponse(page_pdf(at=self.at), content_type="application/pdf")
        shown["Content-Disposition"] = 'inline; filename="page.pdf"'
        return shown


class StoryPage(PublicPage):
    """One story with its figures."""

    template_name = "stories/story.html"

    def get_context_data(self, **kwargs):
        """Find the story among what the reader may see."""
        seen = permissions.visible_stories(person=self.person, on=timezone.localdate(self.at))
        story = get_object_or_404(seen, slug=kwargs["slug"])
        (told,) = reads.told(stories=[story], at=self.at)
        return super().get_context_data(told=told, **kwargs)


class Figures(PublicPage):
    """Every figure by name, and how they are made."""

    template_name = "stories/figures.html"

    def get_context_data(self, **kwargs):
        """Recompute them all."""
        shown = reads.shown(keys=FigureKey.objects.order_by("pk"), at=self.at).values()
        live = sum(figure.built for figure in shown)
        return super().get_context_data(figures=shown, live=live, **kwargs)


class FigurePage(SingleTableMixin, PublicPage):
    """One figure: value, definition, moment, the records behind it, where it is told."""

    template_name = "stories/figure.html"
    table_class = Records
    table_pagination = {"per_page": 25}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the figure and count it once."""
        super().setup(request, *args, **kwargs)
        key = FigureKey.objects.filter(key=kwargs["key"]).first()
        if key is None:
            raise Http404
        self.shown = reads.shown(keys=[key], at=self.at)[key.key]

    def get_table_data(self):
        """Give the records, by name to those who work for their place."""
        figure, on = self.shown.figure, timezone.localdate(self.at)
        full = permissions.can_name_records(person=self.person, key=self.shown.key, on=on)
        return Rows(Named(figure=figure, full=full)) if figure else []

    def get_context_data(self, **kwargs):
        """Add the stories in which the figure stands."""
        used = reads.stories_with(key=self.shown.key, person=self.person, at=self.at)
        words = {
            "used": used,
            "exports": EXPORTS,
            "proof": reads.proof_of(figure=self.shown.figure),
        }
        return super().get_context_data(shown=self.shown, **words | kwargs)

    def render_to_response(self, context, **kwargs):
        """Give the page, or with `?_export=` all records as a file."""
        kind = self.request.GET.get("_export", "")
        if kind in exports.WRITERS:
            table = Records(self.get_table_data())
            return exports.response(table=table, kind=kind, title=str(self.shown.key))
        return super().render_to_response(context, **kwargs)


class FigureProof(FigurePage):
    """The receipts of what stands behind a figure, as one file; each can be checked without us."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give them; what still awaits the log is not among them."""
        proof = reads.proof_of(figure=self.shown.figure)
        receipts = proofs(source=proof.source, rows=proof.numbers)
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as packed:
            for number, receipt in receipts.items():
                packed.writestr(f"{proof.source}-{number}.tlog-proof", receipt)
        response = HttpResponse(out.getvalue(), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{self.shown.key.key}.zip"'
        return response
