"""Pages about money that somebody paid from their own pocket."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, View

from bandeng.cases.views.parts import Listing
from bandeng.funds import actions, permissions, reads, tables
from bandeng.funds.forms import advances as forms
from bandeng.funds.models import Advance
from bandeng.funds.views.parts import READ, MoneyVerb, scan
from bandeng.people.models import Person
from bandeng.people.views import SignedIn

OFFERED = 8  # cases to tap, those that hurry first


class AdvanceList(Listing):
    """Advances that the person paid, agreed to or answers for."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/advances.html"
    title = _("Paid from one's own pocket")
    intro = _(
        "An advance is repaid by the body liable or out of what is set aside for emergencies, "
        "never out of money that is set aside for something else."
    )
    table_class, model, filterset_fields = tables.Advances, Advance, ()

    def get_queryset(self):
        """Keep to what the person may see."""
        seen = permissions.visible_advances(person=self.request.user)
        return seen.select_related("case", "payer").order_by("-pk")

    def get_context_data(self, **kwargs):
        """Add whether the person may enter one."""
        may = permissions.can_advance(person=self.request.user)
        return super().get_context_data(can_advance=may, **kwargs)


class MakeAdvance(MoneyVerb[Person]):
    """Enter what one has paid: first the case, unless the address names it."""

    form_class = forms.Advance
    template_name = "funds/advance_form.html"
    title = _("I paid from my own pocket")
    intro = _("Sum, receipt and who agreed: then it is on record and can be repaid.")
    button = _("Enter")
    done = _("Your advance is on record.")
    made: Advance | None = None
    case: Any = None

    def get_subject(self):
        """Act for oneself."""
        return self.request.user

    def allowed(self):
        """Ask the room's permission, and find the case among those that the person may see."""
        if not permissions.can_advance(person=self.request.user):
            return False
        number = self.request.GET.get("case")
        seen = reads.open_cases(person=self.request.user)
        self.case = get_object_or_404(seen, number=number) if number else None
        return True

    def get_form_kwargs(self):
        """Let the form know the case."""
        return super().get_form_kwargs() | {"subject": self.case}

    def get_context_data(self, **kwargs):
        """Show the case."""
        words = {} if self.case else {"button": _("Continue"), "intro": _("For which case?")}
        near = [] if self.case else reads.open_cases(person=self.request.user).open()[:OFFERED]
        return super().get_context_data(case=self.case, cases=near, **words | kwargs)

    def form_valid(self, form):
        """Go on with the case that was named, or keep the advance."""
        if self.case is None:
            case = urlencode({"case": form.cleaned_data["number"]})
            return HttpResponseRedirect(f"{reverse('funds:make_advance')}?{case}")
        return super().form_valid(form)

    def act(self, data):
        """Call the one action."""
        self.made = actions.make_advance(case=self.case, **data, by=self.subject, at=timezone.now())

    def back_url(self):
        """Lead to the advance, or to the list."""
        return self.made.get_absolute_url() if self.made else reverse("funds:advances")


class AdvanceVerb(MoneyVerb[Advance]):
    """Something done with an advance."""

    about = "advance"

    def get_subject(self):
        """Find it among those that the person may see."""
        seen = permissions.visible_advances(person=self.request.user)
        found = seen.select_related("case__estate__area", "payer", "order")
        return get_object_or_404(found, pk=self.kwargs["pk"])


class AdvancePage(DetailView):
    """One advance: what was paid, who agreed, how it comes back."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/advance.html"
    context_object_name = "advance"

    def get_queryset(self):
        """Keep to what the person may see."""
        seen = permissions.visible_advances(person=self.request.user)
        return seen.select_related("case__estate__area", "payer", "leader", "order", "repaid_by")

    def get_context_data(self, **kwargs):
        """Add what the person can do."""
        advance, person = self.object, self.request.user
        asks = {"person": person, "advance": advance}
        open_ = advance.repaid_at is None
        return super().get_context_data(
            state=tables.advance_tag(advance),
            can_repay=open_ and permissions.can_repay(**asks),
            can_order=open_ and permissions.can_order_repayment(**asks),
            **kwargs,
        )


class Receipt(View):
    """The receipt of an advance."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk):
        """Show it to who may see the advance."""
        seen = permissions.visible_advances(person=request.user)
        advance = get_object_or_404(seen, pk=pk)
        if not advance.receipt:
            raise PermissionDenied
        return scan(bytes(advance.receipt), f"receipt-{advance.pk}")


class RepayAdvance(AdvanceVerb):
    """Enter that the body liable has paid it back."""

    form_class, can, verb = forms.Repaid, permissions.can_repay, actions.repay_advance
    title, button = _("The advance is paid back"), _("Enter")
    intro = _("Only when whoever paid has the money.")
    done = _("The advance is paid back.")


class OrderRepayment(AdvanceVerb):
    """Ask an account's supervisors to repay it out of the emergency purpose."""

    form_class, verb = forms.Repayment, actions.order_repayment
    can = permissions.can_order_repayment
    title, button = _("Repay out of what is set aside for emergencies"), _("Ask the supervisors")
    done = _("The supervisors are asked.")
