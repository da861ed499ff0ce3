"""Statements of account: drawn up, printed, looked at, signed by whom."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, View

from bandeng.funds import actions, labels, permissions
from bandeng.funds.forms import reckonings as forms
from bandeng.funds.forms.parts import Checked, MoneyForm
from bandeng.funds.models import Receivable, Reckoning
from bandeng.funds.reads.reckonings import reckoning_sheets
from bandeng.funds.reads.workbench import buildings_of
from bandeng.funds.standing.asking import Waits, asks_of
from bandeng.funds.standing.reckonings import unsigned_reckonings
from bandeng.funds.views.answers import CollectorVerb
from bandeng.funds.views.collecting import CollectedAccount
from bandeng.funds.views.household import opened
from bandeng.funds.views.papers import pdf
from bandeng.funds.views.parts import READ, AccountVerb, MoneyVerb, scan
from bandeng.people.views import SignedIn

SHOWN = 200  # homes on a page


def seen(request):
    """Give the statements of account of the homes that the person may open."""
    return Reckoning.objects.select_related(
        "receivable__account__creditor", "receivable__account__holder",
        "receivable__account__estate", "receivable__home__building", "paper",
    ).defer("paper__content").filter(receivable__in=opened(request).values("pk"))  # fmt: skip


class ReckoningPage(DetailView):
    """One statement of account, as its paper says it, and who signed."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/reckoning.html"
    context_object_name = "reckoning"

    def get_queryset(self):
        """Keep to homes that the person may open."""
        return seen(self.request)

    def get_context_data(self, **kwargs):
        """Say what can be done with it."""
        place, person = self.object.receivable, self.request.user
        return super().get_context_data(
            place=place,
            said=self.object.told(),
            owner=permissions.can_acknowledge(person=person, receivable=place),
            collects=permissions.can_collect(person=person, account=place.account),
            **kwargs,
        )


class ReckoningSheet(View):
    """The statement of account as the paper to be signed."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk):
        """Print it as it was drawn up."""
        found = get_object_or_404(seen(request), pk=pk)
        account = found.receivable.account
        content = reckoning_sheets(account=account, told=[found.told()])
        return pdf(content, f"statement-{found.receivable.number}")


class SignedPaper(View):
    """The scan of what was signed; a list of many homes is for whoever collects."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk):
        """Show it."""
        found = get_object_or_404(seen(request), pk=pk)
        account = found.receivable.account
        collects = permissions.can_collect(person=request.user, account=account)
        if found.paper is None or (not collects and found.paper.reckonings.count() > 1):
            raise Http404
        return scan(bytes(found.paper.content), f"signed-{found.receivable.number}")


class DrawUp(CollectorVerb[Receivable]):
    """Draw up one home's statement of account."""

    form_class = MoneyForm
    title, button = _("Draw up the statement of account"), _("Draw it up")
    intro = _(
        "It fixes what is open today, period by period, to be checked and signed. "
        "Only signed periods may be asked for by a notice."
    )
    done = _("The statement of account is drawn up. Print it, have it signed, enter the paper.")
    made: Reckoning | None = None

    def get_subject(self):
        """Find the home among those that the person may open."""
        return get_object_or_404(opened(self.request), pk=self.kwargs["pk"])

    def place(self):
        """Give the home's place in the books."""
        return self.subject

    def back_url(self):
        """Lead to the home."""
        return self.subject.get_absolute_url()

    def act(self, data):
        """Call the one action."""
        self.made = actions.draw_up(
            account=self.subject.account, receivables=[self.subject], by=self.request.user,
            at=timezone.now(),
        )[0]  # fmt: skip

    def next_url(self):
        """Lead to what was drawn up."""
        return reverse("funds:reckoning", args=[self.made.pk]) if self.made else self.back_url()


class ReckoningVerb(MoneyVerb[Reckoning]):
    """Something done with one statement of account."""

    def get_subject(self):
        """Find it among those of homes that the person may open, still unsigned."""
        return get_object_or_404(seen(self.request), pk=self.kwargs["pk"], paper=None)

    def back_url(self):
        """Lead to its page."""
        return reverse("funds:reckoning", args=[self.subject.pk])


class SignReckoning(ReckoningVerb):
    """Enter the signed paper."""

    form_class = forms.Signed
    title, button = _("Enter the signed paper"), _("Enter")
    intro = _(
        "The household's signature acknowledges the sum and begins the limitation anew. The "
        "creditor's seal with proof of delivery does not, but notices may follow."
    )
    done = _("The signed statement of account is entered.")

    def allowed(self):
        """Ask for whoever collects."""
        account = self.subject.receivable.account
        return permissions.can_collect(person=self.request.user, account=account)

    def act(self, data):
        """Call the one action."""
        actions.sign_reckonings(
            account=self.subject.receivable.account, reckonings=[self.subject], **data,
            by=self.request.user, at=timezone.now(),
        )  # fmt: skip


class ConfirmReckoning(ReckoningVerb):
    """Confirm one's own statement of account."""

    form_class, verb, about = Checked, actions.confirm_reckoning, "reckoning"
    title, button = _("Is this right?"), _("Yes, this is what I owe")
    intro = _(
        "You acknowledge the sum, and the limitation begins anew today. You need not: if "
        "something is wrong, go back and say so at the period; if you paid, say that."
    )
    done = _("Thank you. You have confirmed it.")

    def allowed(self):
        """Only the owner."""
        place = self.subject.receivable
        return permissions.can_acknowledge(person=self.request.user, receivable=place)


class Reckonings(CollectedAccount):
    """Where an account's homes stand: who needs a statement, who may be reminded."""

    template_name = "funds/reckonings.html"

    def get_context_data(self, **kwargs):
        """Count homes by what comes first, and list the unsigned statements."""
        found = asks_of(account=self.object, on=timezone.localdate())
        waiting = list(unsigned_reckonings(account=self.object).defer("said").order_by("pk"))
        drawn = {each.receivable_id for each in waiting}
        return super().get_context_data(
            owing=len(found),
            ready=sum(bool(ask.amount) for ask in found),
            needing=sum(bool(ask.unsigned) for ask in found),
            undrawn=sum(
                bool(ask.unsigned) and ask.home.receivable.pk not in drawn for ask in found
            ),
            reasons=_reasons(found),
            waiting=waiting[:SHOWN],
            more=max(0, len(waiting) - SHOWN),
            printings=self.object.printings.filter(kind="reckonings").defer("content", "rows")
            .order_by("-pk")[:3],
            **kwargs,
        )  # fmt: skip


def _reasons(found):
    counted = [(why, sum(ask.waits == why for ask in found)) for why in Waits]
    return [(labels.NO_NOTICE[why], n) for why, n in counted if n]


class SealReckonings(AccountVerb):
    """Enter the creditor's sealed list for every home that got its statement of account."""

    form_class, can = forms.Sealed, permissions.can_collect
    title, button = _("The creditor's sealed list"), _("Enter")
    intro = _(
        "One paper for many homes: the creditor sealed the list of statements of account, and "
        "each home got its own. It acknowledges nothing for the homes, but notices may follow."
    )
    done = _("The sealed list is entered.")

    @cached_property
    def waiting(self):
        """Give the unsigned statements of account."""
        return unsigned_reckonings(account=self.subject).defer("said")

    def get_form_kwargs(self):
        """Offer all, or one building."""
        label = _("Building %(number)s")
        numbers = buildings_of(account=self.subject)
        choices: list[tuple[str, str]] = [("", str(_("all that were drawn up and are not signed")))]
        choices += [(number, str(label) % {"number": number}) for number in numbers]
        return super().get_form_kwargs() | {"buildings": choices}

    def act(self, data):
        """Call the one action."""
        building = data.pop("building")
        chosen = self.waiting
        if building:
            chosen = chosen.filter(receivable__home__building__number=building)
        actions.sign_reckonings(
            account=self.subject, reckonings=list(chosen), **data, by=self.request.user,
            at=timezone.now(),
        )  # fmt: skip

    def back_url(self):
        """Lead to the overview."""
        return reverse("funds:reckonings", args=[self.subject.pk])
