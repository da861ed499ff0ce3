"""Approving an order: with one's own passkey, or on paper that two people enter."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from bandeng.funds import actions, permissions, reads
from bandeng.funds.forms import orders as forms
from bandeng.funds.models import PaperApproval
from bandeng.funds.views.orders import about
from bandeng.funds.views.parts import READ, MoneyVerb, OrderVerb, scan
from bandeng.kit import passkeys
from bandeng.people.passkeys import passkeys_of
from bandeng.people.views import SignedIn


@method_decorator(never_cache, name="dispatch")
class ApproveOrder(OrderVerb):
    """Say yes to exactly this order with one's own key."""

    form_class, can = forms.Signed, permissions.can_approve
    template_name = "funds/approve.html"
    title, button = _("Approve this order?"), _("Approve with my passkey")
    done = _("Your approval is on record.")

    def get_form_kwargs(self):
        """Let the form know the person's keys."""
        return super().get_form_kwargs() | {"keys": passkeys_of(person=self.request.user)}

    def get_context_data(self, **kwargs):
        """Show the whole order, and give the key what it signs."""
        person, order = self.request.user, self.subject
        sight = reads.sight(order=order, at=timezone.now())
        mine = passkeys_of(person=person)
        keys = [key for key in mine if key.is_known]
        return super().get_context_data(
            **about(order=order, sight=sight, person=person),
            order=order,
            answered=any(approval.person_id == person.pk for approval in sight.approvals),
            works=passkeys.works(),
            keys=keys,
            unknown=bool(mine) and not keys,
            options=passkeys.request_options(
                challenge=bytes(order.digest), credentials=[key.credential for key in keys]
            ),
            **kwargs,
        )

    def act(self, data):
        """Call the one action."""
        by, at = self.request.user, timezone.now()
        return actions.approve_with_passkey(order=self.subject, **data, by=by, at=at)

    def back_url(self):
        """Go on with what else waits, or show the order."""
        return self.subject.get_absolute_url()


class EnterSheet(OrderVerb):
    """Enter a supervisor's signed and sealed sheet."""

    form_class, can, verb = forms.Sheet, permissions.can_carry_out, actions.enter_sheet
    title, button = _("Enter a signed sheet"), _("Enter")
    intro = _("A second person compares it with the order; then it counts as an approval on paper.")
    done = _("The sheet is entered. A second person must check it.")


class SheetVerb(MoneyVerb[PaperApproval]):
    """Something done with a sheet that the person may see."""

    about = "sheet"

    def get_subject(self):
        """Find the sheet through its order."""
        seen = reads.visible_orders(person=self.request.user)
        found = PaperApproval.objects.select_related("order__account", "order__policy", "person")
        return get_object_or_404(
            found, pk=self.kwargs["sheet"], order=self.kwargs["pk"], order__in=seen
        )

    def back_url(self):
        """Lead to the order."""
        return self.subject.order.get_absolute_url()


class CheckSheet(SheetVerb):
    """Confirm a sheet that another person entered."""

    form_class, verb = forms.SheetChecked, actions.check_sheet
    template_name = "funds/check_sheet.html"
    title, button = _("Check a signed sheet"), _("It is right: it counts")
    done = _("The approval on paper counts.")

    def allowed(self):
        """Ask for whoever may work on the order and did not enter the sheet."""
        sheet, person = self.subject, self.request.user
        mine = person.pk in (sheet.entered_by_id, sheet.person_id)
        return not mine and permissions.can_carry_out(person=person, order=sheet.order)

    def get_context_data(self, **kwargs):
        """Show the order beside the scan."""
        order = self.subject.order
        sight = reads.sight(order=order, at=timezone.now())
        shown = about(order=order, sight=sight, person=self.request.user)
        address = reverse("funds:sheet", args=[order.pk, self.subject.pk])
        return super().get_context_data(
            **shown, order=order, sheet=self.subject, address=address, **kwargs
        )


class SheetScan(View):
    """The scan of a signed sheet."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk, sheet):
        """Show it to who reads the account's books."""
        seen = reads.visible_orders(person=request.user)
        found = get_object_or_404(PaperApproval, pk=sheet, order=pk, order__in=seen)
        return scan(bytes(found.sheet), f"sheet-{found.pk}")
