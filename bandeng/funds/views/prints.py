"""Papers for many homes: asked for, watched while they are printed, taken away."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, View

from bandeng.funds import actions, permissions
from bandeng.funds.forms.answers import NoticeUntil
from bandeng.funds.forms.parts import MoneyForm
from bandeng.funds.models import Printing, PrintKind, PrintState
from bandeng.funds.standing.asking import asks_of
from bandeng.funds.views.collecting import CollectedAccount
from bandeng.funds.views.papers import pdf
from bandeng.funds.views.parts import READ, AccountVerb, MoneyVerb
from bandeng.people.views import SignedIn


class Notices(CollectedAccount):
    """Who is to be reminded, and what was printed for it."""

    template_name = "funds/notices.html"

    def get_context_data(self, **kwargs):
        """Count homes and sums; say what must come first."""
        found = asks_of(account=self.object, on=timezone.localdate())
        ready = [ask for ask in found if ask.amount]
        return super().get_context_data(
            count=len(ready),
            total=sum(ask.amount for ask in ready),
            unsigned=sum(bool(ask.unsigned) for ask in found),
            printings=self.object.printings.filter(kind=PrintKind.NOTICES)
            .defer("content", "rows").order_by("-pk")[:5],
            **kwargs,
        )  # fmt: skip


class PrintPapers(AccountVerb):
    """Ask for a batch; `kind` says of what."""

    can = permissions.can_collect
    kind: PrintKind
    made: Printing | None = None

    def act(self, data):
        """Call the one action."""
        self.made = actions.start_printing(
            account=self.subject, kind=self.kind, **data, by=self.request.user, at=timezone.now()
        )

    def next_url(self):
        """Lead to the page of its progress."""
        return self.made.get_absolute_url() if self.made else self.back_url()


class PrintNotices(PrintPapers):
    """All notices in one file."""

    form_class, kind = NoticeUntil, PrintKind.NOTICES
    title, button = _("Print all notices"), _("Print")
    intro = _("One file, a page for each home. You can go on working while it is made.")

    def back_url(self):
        """Lead to the notices."""
        return reverse("funds:notices", args=[self.subject.pk])


class PrintReckonings(PrintPapers):
    """All statements of account in one file."""

    form_class, kind = MoneyForm, PrintKind.RECKONINGS
    title, button = _("Draw up and print all statements of account"), _("Draw up and print")
    intro = _(
        "For each home that owes for a period without a signed statement. One file, in the order "
        "of the buildings. You can go on working while it is made."
    )

    def back_url(self):
        """Lead to the statements of account."""
        return reverse("funds:reckonings", args=[self.subject.pk])


def mine(request):
    """Give the printings of the accounts that the person may see."""
    seen = permissions.visible_printings(person=request.user)
    return seen.select_related("account").defer("content", "rows")


class PrintingPage(DetailView):
    """How far a printing is; it asks again by itself until the file is there."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/printing.html"
    slug_field = slug_url_kwarg = "token"
    context_object_name = "printing"

    def get_queryset(self):
        """Keep to accounts that the person collects for."""
        return mine(self.request)

    def get_context_data(self, **kwargs):
        """Say whether it goes on, and whether nobody works on it."""
        printing = self.object
        waited = (timezone.now() - printing.at).total_seconds()
        return super().get_context_data(
            waits=printing.state == PrintState.WAITING,
            stuck=not printing.done and waited > 30,
            **kwargs,
        )

    def get_template_names(self):
        """Give the whole page, or what htmx asks for."""
        return [
            f"{self.template_name}#progress"
            if getattr(self.request, "htmx", False)
            else self.template_name
        ]


class PrintedFile(View):
    """The file, for whoever collects."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, token):
        """Hand it out once it is ready."""
        found = get_object_or_404(mine(request), token=token)
        if found.state != PrintState.READY or not found.content:
            raise Http404
        return pdf(bytes(found.content), f"{found.kind}-{timezone.localdate(found.at)}")


class CancelPrinting(MoneyVerb[Printing]):
    """Stop it."""

    form_class, verb, about = MoneyForm, actions.cancel_printing, "printing"
    title, button, danger = _("Cancel the printing"), _("Cancel it"), True
    intro = _("What was printed so far is thrown away. Statements drawn up for it stay.")
    done = _("The printing is cancelled.")

    def get_subject(self):
        """Find it."""
        return get_object_or_404(mine(self.request), token=self.kwargs["token"])

    def allowed(self):
        """Whoever may see it may stop it."""
        return True
