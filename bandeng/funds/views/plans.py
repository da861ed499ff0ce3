"""Instalments: asked for by the household, agreed to by the creditor, followed, ended."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from bandeng.funds import actions, permissions
from bandeng.funds.forms import plans as forms
from bandeng.funds.models import Plan, Receivable
from bandeng.funds.standing.plans import plan_sight, plannable, plans_of
from bandeng.funds.standing.sights import home_sight
from bandeng.funds.views.collecting import CollectedAccount
from bandeng.funds.views.household import opened
from bandeng.funds.views.parts import READ, MoneyVerb, scan
from bandeng.people.views import SignedIn


class AskPlan(MoneyVerb[Receivable]):
    """Ask to pay in instalments, or enter that a household asks."""

    form_class, verb, about = forms.Ask, actions.ask_plan, "receivable"
    template_name = "funds/ask_plan.html"
    title, button = _("Pay in instalments"), _("Ask for it")
    intro = _(
        "Whoever asks to pay in parts acknowledges what is open, and the limitation begins anew. "
        "The creditor must agree; until it has answered nobody reminds you. There is no late fee."
    )
    done = _("Asked. The creditor's answer will stand here.")

    def get_subject(self):
        """Find the home among those that the person may open."""
        return get_object_or_404(opened(self.request), pk=self.kwargs["pk"])

    @cached_property
    def own(self):
        """Tell whether the owner asks."""
        return permissions.can_acknowledge(person=self.request.user, receivable=self.subject)

    def allowed(self):
        """Ask for the owner, or whoever collects."""
        account = self.subject.account
        return self.own or permissions.can_collect(person=self.request.user, account=account)

    def get_form_kwargs(self):
        """Say who asks."""
        return super().get_form_kwargs() | {"own": self.own}

    def get_context_data(self, **kwargs):
        """Say what is open."""
        sights = plannable(home=home_sight(receivable=self.subject))
        total = sum(sight.open for sight in sights)
        return super().get_context_data(total=total, place=self.subject, **kwargs)


class PlanVerb(MoneyVerb[Plan]):
    """Something done with a plan."""

    about, template_name = "plan", "funds/plan_verb.html"

    def get_subject(self):
        """Find it among those of homes that the person may open, if it has not ended."""
        found = Plan.objects.select_related("receivable__account", "receivable__home__building")
        homes = opened(self.request).values("pk")
        return get_object_or_404(
            found.defer("paper"), pk=self.kwargs["pk"], receivable__in=homes, ended_at=None
        )

    def allowed(self):
        """Ask for whoever collects."""
        account = self.subject.receivable.account
        return permissions.can_collect(person=self.request.user, account=account)

    def get_context_data(self, **kwargs):
        """Show the plan."""
        place = self.subject.receivable
        sight = plan_sight(home=home_sight(receivable=place), on=timezone.localdate())
        return super().get_context_data(sight=sight, place=place, **kwargs)

    def back_url(self):
        """Lead to the home."""
        return self.subject.receivable.get_absolute_url()


class AnswerPlan(PlanVerb):
    """Enter the creditor's answer."""

    form_class, verb = forms.Answered, actions.answer_plan
    title, button = _("The creditor's answer"), _("Enter")
    intro = _("Once agreed, notices ask only for instalments that are late.")
    done = _("The answer is entered; the home can read it.")


class EndPlan(PlanVerb):
    """End a plan."""

    form_class, verb = forms.Why, actions.end_plan
    title, button, danger = _("End the plan"), _("End this plan"), True
    intro = _("From then on the whole rest may be asked for again. The plan stays on record.")
    done = _("The plan has ended.")

    def allowed(self):
        """Ask for whoever collects, or the owner while nobody has answered."""
        place, person = self.subject.receivable, self.request.user
        waits = self.subject.accepted is None
        return super().allowed() or (
            waits and permissions.can_acknowledge(person=person, receivable=place)
        )


class PlanPaper(View):
    """What the household signed."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk):
        """Show it."""
        homes = opened(request).values("pk")
        plan = get_object_or_404(Plan, pk=pk, receivable__in=homes)
        if not plan.paper:
            raise Http404
        return scan(bytes(plan.paper), f"plan-{plan.pk}")


class Plans(CollectedAccount):
    """The account's plans: what waits for an answer, what is late, what comes next."""

    template_name = "funds/plans.html"

    def get_context_data(self, **kwargs):
        """Gather them."""
        found = plans_of(account=self.object, on=timezone.localdate())
        return super().get_context_data(plans=found, **kwargs)
