"""Pages about orders: asked for, looked at, stopped, carried out, returned."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView, View

from bandeng.funds import actions, filters, permissions, reads, tables
from bandeng.funds.forms import orders as forms
from bandeng.funds.forms.parts import Checked
from bandeng.funds.reads import papers
from bandeng.funds.reads.orders import OrderState
from bandeng.funds.views.parts import READ, AccountVerb, OrderVerb
from bandeng.kit.views import ListPage
from bandeng.people.views import SignedIn


class MakeOrder(AccountVerb):
    """Ask for a payment."""

    form_class, can, verb = forms.Payment, permissions.can_make_order, actions.make_order
    title, button = _("Payment order"), _("Ask the supervisors")
    intro = _("Nothing is paid before the supervisors have approved exactly what stands here.")
    done = _("The supervisors are asked.")


class OrderEarmark(AccountVerb):
    """Ask for money to be set aside."""

    form_class, can, verb = forms.Earmark, permissions.can_make_order, actions.order_earmark
    title, button = _("Set money aside"), _("Ask the supervisors")
    intro = _("What is set aside for a purpose can go nowhere else.")
    done = _("The supervisors are asked.")


class OrderList(ListPage):
    """Orders of the accounts whose books the person may read."""

    http_method_names = READ
    request: SignedIn
    title = _("Orders")
    table_class, filterset_class = tables.Orders, filters.Orders

    def get_queryset(self):
        """Keep to what the person may see, each with its state."""
        seen = reads.visible_orders(person=self.request.user)
        found = seen.select_related("account", "terms_kept").order_by("-pk")
        return reads.with_state(orders=found, at=timezone.now())


class Inbox(ListView):
    """What waits for my approval."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/inbox.html"
    context_object_name = "sights"

    def get_queryset(self):
        """Give the orders that I have not answered yet."""
        return reads.inbox(person=self.request.user, at=timezone.now())


class OrderPage(DetailView):
    """An order: what it says, who has approved, what happened, what can be done."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/order.html"
    context_object_name = "order"

    def get_queryset(self):
        """Keep to what the person may see."""
        seen = reads.visible_orders(person=self.request.user)
        return seen.select_related(
            "account__estate__area", "policy", "maker", "debit", "credit", "terms_kept"
        )

    def get_context_data(self, **kwargs):
        """Gather what the page shows."""
        order, person = self.object, self.request.user
        sight = reads.sight(order=order, at=timezone.now())
        return super().get_context_data(
            **about(order=order, sight=sight, person=person),
            story=reads.story_of_order(order=order),
            listed=order.listed.filter(is_withdrawn=False).select_related("list").first(),
            sheets=order.sheets.select_related("person", "entered_by").exclude(
                person__in=order.approvals.values("person")
            ),
            may=_may(person, order, sight),
            **kwargs,
        )


def about(*, order, sight, person):
    """Give what every page about an order shows of it."""
    may = {"person": person, "account": order.account}
    return {
        "sight": sight,
        "digest": bytes(order.digest).hex(),
        "names": reads.fund_names(account=order.account),
        "books": permissions.can_see_books(**may),
        "new_rules": reads.new_rules(order=order),
        "frozen": order.account.standing_freezes().exists(),
    }


def _may(person, order, sight):
    """Give what the person can do with an order as it stands."""
    asks = {"person": person, "order": order}
    makes = permissions.can_carry_out(**asks)
    open_ = sight.state in (OrderState.WAITING, OrderState.APPROVED)
    answered = any(approval.person_id == person.pk for approval in sight.approvals)
    return {
        "approve": sight.state == OrderState.WAITING
        and permissions.can_approve(**asks)
        and not answered,
        "carry_out": sight.state == OrderState.APPROVED and makes,
        "stop": open_ and permissions.can_stop_order(**asks),
        "enter": open_ and makes,
        "return": sight.state == OrderState.HELD and makes,
    }


class StopOrder(OrderVerb):
    """Stop an order for good."""

    form_class, can, verb = forms.Stop, permissions.can_stop_order, actions.stop_order
    title, button = _("Stop this order"), _("Stop it")
    intro = _("A stopped order cannot be taken up again; a new one can be made.")
    confirm = _("Stop this order for good?")
    danger = True
    done = _("The order is stopped.")


class CarryOut(OrderVerb):
    """Do what was approved."""

    form_class, can, verb = Checked, permissions.can_carry_out, actions.carry_out
    title, button = _("Carry out this order"), _("Carry it out")
    intro = _(
        "A payment's money is set apart and waits for the bank's statement; new rules hold at once."
    )
    done = _("It is carried out as approved.")


class ReturnOrder(OrderVerb):
    """Free the money that the bank did not pay."""

    form_class, can, verb = Checked, permissions.can_carry_out, actions.return_order
    title, button = _("The bank did not carry it out"), _("Free the money")
    intro = _("The money that was set apart is free again; for another try make a new order.")
    done = _("The money is free again.")


class OrderSheet(View):
    """The order on paper, to be signed and sealed."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk):
        """Print it."""
        order = get_object_or_404(reads.visible_orders(person=request.user), pk=pk)
        pdf = papers.order_sheet(order=order, language=get_language() or "zh-hans")
        return HttpResponse(pdf, content_type="application/pdf")
