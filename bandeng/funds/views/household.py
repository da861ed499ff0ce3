"""A household's own pages: what it owes and why, what it paid, and the proof of it."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView, View

from bandeng.funds import actions, labels, permissions, reads
from bandeng.funds.forms import household as forms
from bandeng.funds.models import Due, Receivable
from bandeng.funds.reads import household
from bandeng.funds.reads.payments import payment_sheet
from bandeng.funds.rules.references import grouped, short_reference
from bandeng.funds.standing.asking import asks
from bandeng.funds.standing.claims import claims as claims_of
from bandeng.funds.standing.plans import plan_sight
from bandeng.funds.views.parts import READ, MoneyVerb
from bandeng.people.views import SignedIn

PROOF = "text/plain; charset=utf-8"


class Homes(ListView):
    """The homes of which I am owner or payer."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/homes.html"
    context_object_name = "homes"

    def get_queryset(self):
        """Keep to one's own."""
        return reads.my_places(person=self.request.user)


def opened(request):
    """Give the homes whose books the person may open."""
    seen = reads.visible_receivables(person=request.user)
    return seen.select_related(
        "home__building__estate", "account__holder", "ledger_account__balance"
    )


class Home(DetailView):
    """One home: what it owes and why, what it has paid, how to pay, what came of it."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/home.html"
    context_object_name = "place"

    def get_queryset(self):
        """Keep to one's own homes, and those one collects for."""
        return opened(self.request).select_related("account__creditor", "account__estate")

    def get_context_data(self, **kwargs):
        """Gather what stands on the page."""
        place, person, today = self.object, self.request.user, timezone.localdate()
        sight = reads.home_sight(receivable=place)
        claims = claims_of(home=sight, on=today)
        (ask,) = asks(homes=[sight], on=today)
        short = grouped(reference=short_reference(number=place.number))
        return super().get_context_data(
            sight=sight,
            open=[_shown(claim) for claim in claims if claim.sight.open],
            settled=[_shown(claim) for claim in claims if not claim.sight.open],
            payments=household.payments(home=sight),
            spendings=household.spendings(account=place.account),
            overview=reads.overview(account=place.account),
            short=short,
            long=grouped(reference=place.reference),
            paying=_paying(place, short),
            ask=ask,
            waits=labels.NO_NOTICE[ask.waits] if ask.waits else "",
            plan=plan_sight(home=sight, on=today),
            ended=[plan for plan in sight.plans if plan.ended_at],
            purposes=reads.purposes_reached(account=place.account),
            owner=permissions.can_acknowledge(person=person, receivable=place),
            log_url=f"{settings.BANDENG_URL}/log",
            mine=permissions.my_receivables(person=person).filter(pk=place.pk).exists(),
            collects=permissions.can_collect(person=person, account=place.account),
            **kwargs,
        )


def _shown(claim):
    words, colour = labels.STRENGTHS[claim.standing.strength]
    return {"claim": claim, "due": claim.sight.due, "words": words, "colour": colour}


def _paying(place, short):
    """Say in one QR code what is copied into a bank's form."""
    account = place.account
    return f"{account.holder.name}\n{account.bank_number}\n{account.bank}\n{short}"


class Proof(View):
    """The receipt of one payment: whoever keeps it can prove the payment without us."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk, number):
        """Hand it out once the payment is in the signed log."""
        place = get_object_or_404(opened(request), pk=pk)
        paid = get_object_or_404(place.allocations, paid=number)
        receipt = household.payment_proof(receivable=place, number=paid.paid_id)
        if receipt is None:
            raise Http404
        return _file(HttpResponse(receipt, content_type=PROOF), f"payment-{number}.tlog-proof")


class PaymentReceipt(View):
    """The receipt of one payment on paper, with its proof."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk, number):
        """Print it."""
        places = opened(request).select_related("account__holder", "account__estate")
        place = get_object_or_404(places, pk=pk)
        paid = place.allocations.select_related("line", "paid")
        allocation = get_object_or_404(paid, paid=number, paid__reversal=None)
        content = payment_sheet(receivable=place, allocation=allocation)
        answer = HttpResponse(content, content_type="application/pdf")
        return _file(answer, f"payment-{number}.pdf", how="inline")


class HouseholdFile(View):
    """All that the log has about this home, to be compared with the log itself."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk):
        """Hand it out."""
        place = get_object_or_404(opened(request), pk=pk)
        told = household.household_file(receivable=place)
        if told is None:
            raise Http404
        options = {"ensure_ascii": False, "indent": 1}
        return _file(JsonResponse(told, json_dumps_params=options), f"home-{place.number}.json")


def _file(answer, name, how="attachment"):
    answer["Content-Disposition"] = f'{how}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


class DisputeDue(MoneyVerb[Due]):
    """Say that a due is wrong."""

    form_class, verb, about = forms.Objection, actions.dispute_due, "due"
    title, button = _("This is wrong"), _("Say so")
    intro = _(
        "Nobody reminds you of this period until it is decided, and no payment is put on it "
        "without asking you. Who decided stands here afterwards."
    )
    done = _("Your objection is on record.")

    def get_subject(self):
        """Find the due among those of homes that the person may open."""
        seen = reads.visible_receivables(person=self.request.user)
        found = Due.objects.select_related("receivable__account", "billing")
        return get_object_or_404(found, pk=self.kwargs["pk"], receivable__in=seen)

    def allowed(self):
        """Whoever may open the home may say so: its people, and the collector for them."""
        return True

    def back_url(self):
        """Lead to the home."""
        return self.subject.receivable.get_absolute_url()


class ClaimPaid(MoneyVerb[Receivable]):
    """Say that one has paid already."""

    form_class, verb, about = forms.Paid, actions.claim_paid, "receivable"
    title, button = _("I have already paid"), _("Send")
    intro = _("Somebody looks at it and answers you here before you hear of it again.")
    done = _("Thank you. Somebody will look at it.")

    def get_subject(self):
        """Find the home among those that the person may open."""
        return get_object_or_404(opened(self.request), pk=self.kwargs["pk"])

    def allowed(self):
        """Only for one's own home."""
        mine = permissions.my_receivables(person=self.request.user)
        return mine.filter(pk=self.subject.pk).exists()
