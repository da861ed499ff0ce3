"""The workbench: certain receipts at a press, the others by two people, and back again."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from bandeng.funds import actions, labels, permissions, reads
from bandeng.funds.forms.matching import Shares
from bandeng.funds.forms.parts import Checked
from bandeng.funds.models import Allocation, Line, MatchProposal, SupervisedAccount
from bandeng.funds.reads import workbench
from bandeng.funds.views.parts import READ, AccountVerb, MoneyVerb
from bandeng.people.views import SignedIn

SHOWN, MOST_HOMES = 100, 12  # questions on a page; homes of one receipt


class Matching(DetailView):
    """What is certain, and the queue of the rest with its reasons."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/matching.html"
    context_object_name = "account"

    def get_queryset(self):
        """Keep to what the person may see."""
        return permissions.visible_accounts(person=self.request.user)

    def get_object(self, queryset=None):
        """Only for whoever collects."""
        account: SupervisedAccount = super().get_object(queryset)
        if not permissions.can_collect(person=self.request.user, account=account):
            raise PermissionDenied
        return account

    def get_context_data(self, **kwargs):
        """Decide about every receipt, and show those that wait for a person."""
        found = workbench.workbench(account=self.object, on=timezone.localdate())
        shown = [_shown(each, self.request.user) for each in found.questions[:SHOWN]]
        more = len(found.questions) - len(shown)
        return super().get_context_data(bench=found, questions=shown, more=more, **kwargs)


def _shown(question, person):
    """Put a question into words."""
    guesses = [
        {
            "shares": guess.shares,
            "reasons": [labels.REASONS[reason] for reason in guess.reasons],
            "chosen": ",".join(f"{place.pk}:{share}" for place, share in guess.shares),
        }
        for guess in question.guesses
    ]
    why = labels.WHY[question.why] if question.why else labels.BEGUN
    proposal = question.proposal
    return {
        "line": question.line,
        "days": question.days,
        "why": labels.BOUNCED if question.bounced else why,
        "guesses": guesses,
        "proposal": proposal,
        "mine": proposal and proposal.by == person.token,
    }


class MatchCertain(AccountVerb):
    """Match what is certain, all at once."""

    form_class, can = Checked, permissions.can_collect
    template_name = "funds/match_certain.html"
    title, button = _("Match what is certain"), _("Match them")
    intro = _(
        "Each of these carries a reference, an account that has paid before, or a room or an "
        "owner's name with a sum that fits one period only. Every match can be undone."
    )
    done = _("They are matched.")

    @cached_property
    def certain(self):
        """Decide once for page and action."""
        return reads.certain(account=self.subject)

    def get_context_data(self, **kwargs):
        """Show what would be matched."""
        shown = [(one.line, one.rule.label, list(one.shares.items())) for one in self.certain]
        return super().get_context_data(
            shown=shown[: 2 * SHOWN], more=max(0, len(shown) - 2 * SHOWN), **kwargs
        )

    def act(self, data):
        """Call the one action."""
        actions.match_lines(
            matches=[(one.line, one.rule, one.shares) for one in self.certain],
            by=self.request.user, at=timezone.now(),
        )  # fmt: skip

    def back_url(self):
        """Lead to the workbench."""
        return reverse("funds:matching", args=[self.subject.pk])


class ProposeMatch(MoneyVerb[Line]):
    """Say by hand whose a receipt is; a second person confirms."""

    form_class, verb, about = Shares, actions.propose_match, "line"
    template_name = "funds/propose_match.html"
    title, button = _("Whose payment is it?"), _("Propose")
    intro = _("A second person must confirm it before it is booked.")
    done = _("Proposed. A second person must confirm it.")

    def get_subject(self):
        """Find the receipt among those that wait, of an account that the person may see."""
        seen = permissions.visible_accounts(person=self.request.user)
        self.account = get_object_or_404(seen, pk=self.kwargs["pk"])
        waiting = reads.lines_without_home(account=self.account)
        return get_object_or_404(waiting, pk=self.kwargs["line"])

    @property
    def open(self):
        """Give what of the receipt still waits, in fen."""
        return vars(self.subject)["open"]

    def allowed(self):
        """Ask for whoever collects."""
        return permissions.can_collect(person=self.request.user, account=self.account)

    @cached_property
    def shares(self):
        """Give the homes that were chosen so far with their sums: `homes=7:159300,8:0`."""
        chosen: dict[int, int] = {}
        for part in self.request.GET.get("homes", "").split(",")[:MOST_HOMES]:
            key, _colon, fen = part.partition(":")
            if key.isdecimal():
                chosen[int(key)] = int(fen) if fen.isdecimal() and len(fen) < 15 else 0
        found = workbench.homes(keys=chosen)
        return [
            (found[key], share)
            for key, share in chosen.items()
            if key in found and found[key].account_id == self.account.pk
        ]

    def get_form_kwargs(self):
        """Let the form know which homes were chosen."""
        return super().get_form_kwargs() | {"shares": self.shares}

    def get_context_data(self, **kwargs):
        """Offer buildings, then homes."""
        building = self.request.GET.get("building", "").replace("\0", "")
        chosen = ",".join(f"{place.pk}:{share}" for place, share in self.shares)
        left = self.open - sum(share for _place, share in self.shares)
        return super().get_context_data(
            line=self.subject,
            account=self.account,
            chosen=chosen,
            left=max(0, left),
            buildings=workbench.buildings_of(account=self.account),
            building=building,
            homes=workbench.homes_of_building(account=self.account, building=building)
            if building
            else [],
            **kwargs,
        )

    def back_url(self):
        """Lead to the workbench."""
        return reverse("funds:matching", args=[self.account.pk])


class ConfirmMatch(MoneyVerb[MatchProposal]):
    """Confirm what somebody else proposed."""

    form_class, verb, about = Checked, actions.confirm_match, "proposal"
    template_name = "funds/confirm_match.html"
    title, button = _("Is this right?"), _("Confirm and book it")
    done = _("It is matched.")

    def get_subject(self):
        """Find the proposal among those of accounts that the person may see."""
        seen = permissions.visible_accounts(person=self.request.user)
        found = MatchProposal.objects.filter(line__statement__account__in=seen)
        return get_object_or_404(
            found.select_related("line__statement__account"), pk=self.kwargs["pk"]
        )

    def allowed(self):
        """Ask for whoever collects."""
        account = self.subject.line.statement.account
        return permissions.can_collect(person=self.request.user, account=account)

    def get_context_data(self, **kwargs):
        """Show what was proposed, and by whom."""
        proposal = self.subject
        found = workbench.homes(keys=[key for key, _share in proposal.receivables])
        return super().get_context_data(
            line=proposal.line,
            shares=[(found[key], share) for key, share in proposal.receivables],
            who=reads.people_by_token(tokens={proposal.by}).get(proposal.by, ""),
            **kwargs,
        )

    def back_url(self):
        """Lead to the workbench."""
        return reverse("funds:matching", args=[self.subject.line.statement.account_id])


class Unmatch(MoneyVerb[Allocation]):
    """Take a wrong match back."""

    form_class, verb, about = Checked, actions.unmatch, "allocation"
    title, button = _("Undo this match"), _("Undo it")
    intro = _("Two transfers are reversed, and the receipt waits again; both stay in the log.")
    danger = True
    done = _("The match is undone; the receipt waits again.")

    def get_subject(self):
        """Find the match among those of homes that the person may open."""
        seen = reads.visible_receivables(person=self.request.user)
        found = Allocation.objects.select_related("line__statement__account", "paid", "gained")
        return get_object_or_404(
            found, pk=self.kwargs["pk"], receivable__in=seen, paid__reversal=None
        )

    def allowed(self):
        """Ask for whoever collects."""
        account = self.subject.line.statement.account
        return permissions.can_collect(person=self.request.user, account=account)

    def back_url(self):
        """Lead to the workbench."""
        return reverse("funds:matching", args=[self.subject.line.statement.account_id])
