"""What the pages of collecting have in common."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView

from bandeng.funds import permissions
from bandeng.funds.models import SupervisedAccount
from bandeng.funds.views.parts import READ
from bandeng.kit.views import ListPage
from bandeng.people.views import SignedIn


class BooksList(ListPage):
    """A list out of one account's books, for whoever may read them."""

    http_method_names = READ
    request: SignedIn
    filterset_fields: tuple[str, ...] = ()
    account: SupervisedAccount

    def may(self, **asks):
        """Ask the room's permission."""
        return permissions.can_see_books(**asks)

    def get_account(self):
        """Find the account among those that the person may see."""
        person = self.request.user
        seen = permissions.visible_accounts(person=person).select_related("estate__area")
        self.account = get_object_or_404(seen, pk=self.kwargs["pk"])
        if not self.may(person=person, account=self.account):
            raise PermissionDenied
        return self.account

    def get_context_data(self, **kwargs):
        """Say whose books these are, and whether the person collects."""
        collects = permissions.can_collect(person=self.request.user, account=self.account)
        return super().get_context_data(account=self.account, collects=collects, **kwargs)


class CollectorsList(BooksList):
    """A list for whoever collects."""

    def may(self, **asks):
        """Ask the room's permission."""
        return permissions.can_collect(**asks)


class CollectedAccount(DetailView):
    """A page about an account, for whoever collects for it."""

    http_method_names = READ
    request: SignedIn
    context_object_name = "account"

    def get_queryset(self):
        """Keep to what the person may see."""
        seen = permissions.visible_accounts(person=self.request.user)
        return seen.select_related("estate__area", "holder", "creditor")

    def get_object(self, queryset=None):
        """Refuse everybody else."""
        account: SupervisedAccount = super().get_object(queryset)
        if not permissions.can_collect(person=self.request.user, account=account):
            raise PermissionDenied
        return account
