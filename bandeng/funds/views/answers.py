"""What waits for whoever collects: objections, "already paid", notices that arrived."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bandeng.funds import actions, permissions
from bandeng.funds.forms import answers as forms
from bandeng.funds.models import Dispute, PaidClaim, Receivable
from bandeng.funds.reads import collecting, visible_receivables
from bandeng.funds.views.collecting import CollectedAccount
from bandeng.funds.views.parts import MoneyVerb
from bandeng.kit.views import Subject


class Answers(CollectedAccount):
    """Objections and claims that nobody has answered, the oldest first."""

    template_name = "funds/answers.html"

    def get_context_data(self, **kwargs):
        """Gather them."""
        return super().get_context_data(
            disputes=collecting.open_disputes(account=self.object),
            claims=collecting.open_claims(account=self.object),
            **kwargs,
        )


class CollectorVerb(MoneyVerb[Subject]):
    """Something that whoever collects does about a home that they may open."""

    def place(self):
        """Give the home's place in the books."""
        raise NotImplementedError

    def allowed(self):
        """Ask for whoever collects."""
        return permissions.can_collect(person=self.request.user, account=self.place().account)

    def back_url(self):
        """Lead to what waits."""
        return reverse("funds:answers", args=[self.place().account_id])


class AnswerClaim(CollectorVerb[PaidClaim]):
    """Answer "already paid"."""

    form_class, verb, about = forms.Answer, actions.answer_claim, "claim"
    template_name = "funds/answer.html"
    title, button = _("Has it been paid?"), _("Answer")
    done = _("The home can read the answer.")

    def get_subject(self):
        """Find it among those of homes that the person may open."""
        seen = visible_receivables(person=self.request.user)
        found = PaidClaim.objects.select_related(
            "receivable__account", "receivable__home__building"
        )
        return get_object_or_404(found, pk=self.kwargs["pk"], receivable__in=seen, answered_at=None)

    def place(self):
        """Give the home's place in the books."""
        return self.subject.receivable

    def get_context_data(self, **kwargs):
        """Show what was said."""
        return super().get_context_data(place=self.place(), said=self.subject.text, **kwargs)


class DecideDispute(CollectorVerb[Dispute]):
    """Enter who decided an objection."""

    form_class, verb, about = forms.Decision, actions.decide_dispute, "dispute"
    template_name = "funds/answer.html"
    title, button = _("What was decided?"), _("Enter")
    intro = _("The creditor does not decide its own claim: name whoever did.")
    done = _("The decision is entered; the home can read it.")

    def get_subject(self):
        """Find it among those of homes that the person may open."""
        seen = visible_receivables(person=self.request.user)
        found = Dispute.objects.select_related(
            "due__receivable__account", "due__receivable__home__building", "due__billing"
        )
        return get_object_or_404(
            found, pk=self.kwargs["pk"], due__receivable__in=seen, decided_at=None
        )

    def place(self):
        """Give the home's place in the books."""
        return self.subject.due.receivable

    def get_context_data(self, **kwargs):
        """Show what was said, about what."""
        return super().get_context_data(
            place=self.place(), said=self.subject.reason, due=self.subject.due, **kwargs
        )


class LogReminder(CollectorVerb[Receivable]):
    """Note that a notice reached a home."""

    form_class, verb, about = forms.Delivered, actions.log_reminder, "receivable"
    title, button = _("A notice has arrived"), _("Enter")
    intro = _("A demand that arrived begins the limitation anew; without proof it proves nothing.")
    done = _("The notice is on record.")

    def get_subject(self):
        """Find the home among those that the person may open."""
        seen = visible_receivables(person=self.request.user)
        found = seen.select_related("account", "ledger_account__balance")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def place(self):
        """Give the home's place in the books."""
        return self.subject

    def back_url(self):
        """Lead to the home."""
        return self.subject.get_absolute_url()
