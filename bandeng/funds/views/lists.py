"""Lists of transfers for the bank: made, downloaded, watched, withdrawn."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, View

from bandeng.funds import actions, permissions
from bandeng.funds.forms.lists import PROFILES, NewList
from bandeng.funds.forms.parts import Checked
from bandeng.funds.models import TransferList
from bandeng.funds.reads import lists as reads
from bandeng.funds.tables import state_tag
from bandeng.funds.views.collecting import BooksList
from bandeng.funds.views.columns import TransferLists as Columns
from bandeng.funds.views.parts import READ, AccountVerb, MoneyVerb
from bandeng.people.views import SignedIn
from bandeng.trail.serve import HEADERS

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=gb18030",
}


class TransferLists(BooksList):
    """The lists of an account, the newest first."""

    template_name = "funds/transfer_lists.html"
    table_class, model = Columns, TransferList
    title = _("Lists for the bank")
    intro = _(
        "Payments whose approvals are complete and whose money is held go to the bank as a list. "
        "The next bank statement settles each of them, or the whole list in one sum."
    )

    def get_queryset(self):
        """Keep to the account's."""
        return reads.lists_of(account=self.get_account())

    def get_context_data(self, **kwargs):
        """Say how many orders wait for a list."""
        ready = reads.orders_for_the_bank(account=self.account).count()
        return super().get_context_data(ready=ready, **kwargs)


class MakeList(AccountVerb):
    """Choose orders, and make the list."""

    form_class, can = NewList, permissions.can_collect
    verb = actions.make_transfer_list
    title, button = _("List for the bank"), _("Make the list")
    intro = _(
        "Each order is on one list at a time. You upload the file at the bank and release it there "
        "with the bank's own keys."
    )
    done = _("The list is made. Download it and upload it at the bank.")
    made: TransferList | None = None

    def act(self, data):
        """Remember the list that was made."""
        self.made = super().act(data)

    def next_url(self):
        """Lead to the list."""
        return self.made.get_absolute_url() if self.made else self.back_url()

    def back_url(self):
        """Lead to the lists."""
        return reverse("funds:transfer_lists", args=[self.subject.pk])


class ListPart:
    """How a list is found: through an account whose books the person may read."""

    def found(self, person, **keys):
        """Find it, or refuse."""
        seen = permissions.visible_accounts(person=person)
        lists = TransferList.objects.select_related("account__estate__area", "by")
        listed = get_object_or_404(
            lists, pk=keys["list"], account=keys["pk"], account__in=seen
        )  # fmt: skip
        if not permissions.can_see_books(person=person, account=listed.account):
            raise PermissionDenied
        return listed


class TransferListPage(ListPart, DetailView):
    """A list: what the bank has carried out of it, and what not yet."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/transfer_list.html"
    context_object_name = "listed"

    def get_object(self, queryset=None):
        """Find it."""
        return self.found(self.request.user, **self.kwargs)

    def get_context_data(self, **kwargs):
        """Show each order as it stands."""
        listed = self.object
        orders = reads.listed_orders(listed=listed, at=timezone.now())
        return super().get_context_data(
            account=listed.account,
            orders=[(order, state_tag(vars(order)["state"])) for order in orders],
            format=dict(PROFILES)[listed.profile],
            digest=bytes(listed.sha256).hex(),
            waiting=reads.waiting_on(listed=listed),
            collects=permissions.can_collect(person=self.request.user, account=listed.account),
            **kwargs,
        )


class TransferListFile(ListPart, View):
    """The file itself, as it was made."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, **keys):
        """Give it to who hands it to the bank."""
        listed = self.found(request.user, **keys)
        if not permissions.can_collect(person=request.user, account=listed.account):
            raise PermissionDenied
        suffix = listed.profile.rpartition(".")[2]
        answer = HttpResponse(
            bytes(listed.content), content_type=MEDIA[suffix], headers=HEADERS
        )  # fmt: skip
        name = f"transfers-{listed.at:%Y%m%d}-{listed.pk}.{suffix}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


class WithdrawList(ListPart, MoneyVerb[TransferList]):
    """Withdraw a list that the bank did not take, or only in part."""

    form_class, verb, about = Checked, actions.withdraw_list, "listed"
    title, button = _("Withdraw this list"), _("Withdraw it")
    intro = _(
        "What the bank has not carried out may go on another list. Be sure that the bank will not "
        "carry this one out any more: nothing here can stop it there."
    )
    danger = True
    done = _("The list is withdrawn.")

    def get_subject(self):
        """Find it."""
        return self.found(self.request.user, **self.kwargs)

    def allowed(self):
        """Ask for whoever collects."""
        return permissions.can_collect(person=self.request.user, account=self.subject.account)
