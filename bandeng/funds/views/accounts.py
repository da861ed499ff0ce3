"""Pages about accounts: the list, one account on one screen, everything done with it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, View

from bandeng.cases.views.parts import Listing
from bandeng.funds import actions, permissions, reads, tables
from bandeng.funds.forms import accounts as forms
from bandeng.funds.forms.rules import Rules
from bandeng.funds.models import Chart, Freeze, LedgerAccount, SupervisedAccount, Transfer
from bandeng.funds.views.parts import READ, AccountVerb, MoneyVerb, scan
from bandeng.kit.views import ListPage
from bandeng.people.models import Person
from bandeng.people.views import SignedIn

LATEST = 8  # orders on an account's page


class AccountList(Listing):
    """Every account that the person may see."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/accounts.html"
    title = _("Supervised accounts")
    table_class, model, filterset_fields = tables.Accounts, SupervisedAccount, ()

    def get_queryset(self):
        """Keep to what the person may see."""
        seen = permissions.visible_accounts(person=self.request.user)
        return seen.select_related("estate", "holder").order_by("estate__name", "name")

    def get_context_data(self, **kwargs):
        """Add what the person may begin or has to do."""
        person = self.request.user
        return super().get_context_data(
            can_prepare=permissions.can_prepare_account(person=person),
            can_advance=permissions.can_advance(person=person),
            waiting=reads.waiting_for(person=person, at=timezone.now()),
            **kwargs,
        )


class Account(DetailView):
    """An account on one screen."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/account.html"

    def get_queryset(self):
        """Keep to what the person may see."""
        bodies = ("holder", "creditor", "debtor", "invoicer")
        seen = permissions.visible_accounts(person=self.request.user)
        return seen.select_related("estate__area", *bodies)

    def get_context_data(self, **kwargs):
        """Gather what stands on the screen."""
        account, person, now = self.object, self.request.user, timezone.now()
        may = {"person": person, "account": account}
        books = permissions.can_see_books(**may)
        policies = list(account.policies.select_related("order").order_by("-version"))
        latest = account.orders.select_related("account", "policy", "terms_kept")[:LATEST]
        return super().get_context_data(
            account=account,
            overview=reads.overview(account=account),
            seats=reads.seats(policy=policies[0]) if policies else [],
            bands=reads.bands(policy=policies[0]) if policies else [],
            policies=policies,
            papers=account.papers.order_by("kind", "pk"),
            missing=account.missing_papers() if not account.opened_at else [],
            ended=account.freezes.exclude(ended=None).select_related("ended"),
            orders=[reads.sight(order=order, at=now) for order in latest] if books else [],
            story=reads.story_of_account(account=account, named=books),
            books=books,
            keeps=permissions.can_keep_account(**may),
            orders_may=bool(account.opened_at) and permissions.can_make_order(**may),
            collects=permissions.can_collect(**may),
            **kwargs,
        )


class PrepareAccount(MoneyVerb[Person]):
    """Begin an account."""

    about = "by"
    form_class = forms.Prepare
    title, button = _("Prepare a supervised account"), _("Prepare")
    intro = _(
        "It moves no money before the bank, the papers, the purpose and the supervisors are there. "
        "The subdistrict neither holds this money nor demands it."
    )
    done = _("The account is prepared. Add its papers next.")
    made: SupervisedAccount | None = None

    def get_subject(self):
        """Act for oneself."""
        return self.request.user

    def allowed(self):
        """Ask the room's permission."""
        return permissions.can_prepare_account(person=self.request.user)

    def act(self, data):
        """Call the one action."""
        self.made = actions.prepare_account(**data, by=self.subject, at=timezone.now())

    def back_url(self):
        """Lead to the new account, or to the list."""
        return self.made.get_absolute_url() if self.made else reverse("funds:accounts")


class AddPaper(AccountVerb):
    """Enter a signed paper."""

    form_class, can, verb = forms.Paper, permissions.can_keep_account, actions.add_paper
    title, button = _("Add a paper"), _("Add")
    intro = _("The scan lies encrypted; its fingerprint (SHA-256) goes into the public log.")
    done = _("The paper is entered.")


class AddPurpose(AccountVerb):
    """Say what money is for."""

    form_class, can, verb = forms.Purpose, permissions.can_keep_account, actions.add_purpose
    title, button = _("Add a purpose"), _("Add")
    intro = _("What is set aside for a purpose can go nowhere else.")
    done = _("The purpose is added.")


class Terms(AccountVerb):
    """Rules of approval in a form of their own."""

    form_class, template_name = Rules, "funds/rules.html"


class OpenAccount(Terms):
    """Open the account under its first rules."""

    can, verb = permissions.can_keep_account, actions.open_account
    title, button = _("Open the account"), _("Open under these rules")
    intro = _(
        "From then on money leaves only as these rules say, and the rules change only as they "
        "say themselves."
    )
    confirm = _("Open the account under these rules?")
    done = _("The account is open.")


class OrderPolicy(Terms):
    """Ask for other rules."""

    can, verb = permissions.can_make_order, actions.order_policy
    title, button = _("New rules of approval"), _("Ask the supervisors")
    intro = _("They hold once the supervisors have approved them under the rules of today.")
    done = _("The supervisors are asked.")


class FreezeAccount(AccountVerb):
    """Record what stops all payments."""

    form_class, can, verb = forms.Document, permissions.can_keep_account, actions.freeze_account
    title, button = _("Stop all payments"), _("Stop all payments")
    intro = _(
        "For a court's freeze or a notice of insolvency. Nothing is paid until a document that "
        "ends it is entered."
    )
    confirm = _("All payments of this account stop. Enter it?")
    danger = True
    done = _("All payments of this account are stopped.")


class EndFreeze(MoneyVerb[Freeze]):
    """Record what ends a freeze."""

    form_class, verb, about = forms.Document, actions.end_freeze, "freeze"
    title, button = _("Payments may go on"), _("Enter the document")
    done = _("Payments may go on.")

    def get_subject(self):
        """Find what stands against an account that the person may see."""
        seen = permissions.visible_accounts(person=self.request.user)
        found = Freeze.objects.select_related("account__estate__area")
        return get_object_or_404(
            found, pk=self.kwargs["freeze"], account=self.kwargs["pk"], account__in=seen
        )

    def allowed(self):
        """Ask for whoever keeps the account."""
        return permissions.can_keep_account(person=self.request.user, account=self.subject.account)

    def back_url(self):
        """Lead to the account."""
        return self.subject.account.get_absolute_url()


class PaperScan(View):
    """The scan of a paper."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk, paper):
        """Show it to who reads the account's books."""
        seen = permissions.visible_accounts(person=request.user).select_related("estate__area")
        account = get_object_or_404(seen, pk=pk)
        if not permissions.can_see_books(person=request.user, account=account):
            raise PermissionDenied
        found = get_object_or_404(account.papers, pk=paper)
        if not found.content:
            raise Http404
        return scan(bytes(found.content), f"paper-{found.pk}")


class Transfers(ListPage):
    """The transfers behind a sum of an account."""

    http_method_names = READ
    request: SignedIn
    table_class, model, filterset_fields = tables.Transfers, Transfer, ()

    def get_queryset(self):
        """Keep to one ledger account, if it is named."""
        person = self.request.user
        seen = permissions.visible_accounts(person=person).select_related("estate__area")
        self.account = get_object_or_404(seen, pk=self.kwargs["pk"])
        if not permissions.can_see_books(person=person, account=self.account):
            raise PermissionDenied
        books = LedgerAccount.objects.exclude(chart=Chart.RECEIVABLE)
        self.book = get_object_or_404(books, pk=self.kwargs["book"], account=self.account)
        return reads.transfers_of(account=self.account, book=self.book)

    def get_table_kwargs(self):
        """Let the table know from whose side it is told."""
        return {"book": self.book, "names": reads.fund_names(account=self.account)}

    def get_context_data(self, **kwargs):
        """Say whose transfers these are."""
        name = reads.fund_names(account=self.account)[self.book.pk]
        words = {"title": f"{self.account.name}: {name}"}
        return super().get_context_data(**words | kwargs)
