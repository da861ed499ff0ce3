"""Cash: receipts, what is in the drawer, what is on its way, what the bank confirmed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from bandeng.funds import actions, permissions
from bandeng.funds.forms import cash as forms
from bandeng.funds.forms.parts import Checked
from bandeng.funds.forms.plans import Why
from bandeng.funds.models import Cash, CashDeposit, Receivable
from bandeng.funds.reads import cash as reads
from bandeng.funds.views import columns
from bandeng.funds.views.answers import CollectorVerb
from bandeng.funds.views.collecting import BooksList
from bandeng.funds.views.household import opened
from bandeng.funds.views.papers import pdf
from bandeng.funds.views.parts import READ, AccountVerb, MoneyVerb, scan
from bandeng.people.views import SignedIn


class CashList(BooksList):
    """Every receipt of an account with where its money is."""

    template_name = "funds/cash.html"
    table_class, model = columns.Receipts, Cash
    title = _("Cash")

    def get_queryset(self):
        """Keep to the account's."""
        return reads.receipts_of(account=self.get_account())

    def get_context_data(self, **kwargs):
        """Add what waits for a person."""
        drawer = reads.in_the_drawer(account=self.account)
        person = self.request.user
        return super().get_context_data(
            drawer=drawer,
            drawer_sum=sum(cash.amount or 0 for cash in drawer),
            mine=bool(drawer) and all(cash.by == person.token for cash in drawer),
            deposits=reads.waiting_deposits(account=self.account),
            books=reads.next_numbers(account=self.account),
            keeps=permissions.can_keep_account(person=person, account=self.account),
            **kwargs,
        )


class CashVerb(AccountVerb):
    """Something about an account's cash."""

    can = permissions.can_collect

    def back_url(self):
        """Lead to the cash."""
        return reverse("funds:cash", args=[self.subject.pk])


class AllowCash(CashVerb):
    """Say what the agreement says about cash."""

    form_class, can, verb = forms.Clause, permissions.can_keep_account, actions.allow_cash
    title, button = _("May cash be taken?"), _("Save")
    intro = _("Only where the agreement says so. Every receipt names the clause.")
    done = _("Saved.")


class SpoilReceipt(CashVerb):
    """Enter a spoilt form."""

    form_class, can, verb = forms.Spoilt, permissions.can_take_cash, actions.spoil_receipt
    title, button = _("A form was spoilt"), _("Enter")
    intro = _("Its number is used and void; keep both copies in the book.")
    done = _("The spoilt form is entered.")


class BankCash(CashVerb):
    """Bring cash to the bank."""

    form_class, verb = forms.Banked, actions.bank_cash
    title, button = _("Cash was brought to the bank"), _("Enter")
    intro = _("As one sum, by another person than took it. The bank's statement confirms it.")
    done = _("Entered. It is matched when the bank's statement shows it.")


class ReceiveCash(CollectorVerb[Receivable]):
    """Take cash for a home."""

    form_class, verb, about = forms.Received, actions.receive_cash, "receivable"
    template_name = "funds/receive_cash.html"
    title, button = _("Take cash"), _("Write the receipt")
    intro = _(
        "Count it together. The receipt gets the next number at once; print it twice, sign both. "
        "The home's debt falls when the bank confirms the deposit."
    )
    done = _("The receipt is written. Print it now.")

    def get_subject(self):
        """Find the home among those that the person may open."""
        return get_object_or_404(opened(self.request), pk=self.kwargs["pk"])

    def place(self):
        """Give the home's place in the books."""
        return self.subject

    def allowed(self):
        """Ask for whoever collects, where the agreement allows cash."""
        account = self.subject.account
        return permissions.can_take_cash(person=self.request.user, account=account)

    def get_context_data(self, **kwargs):
        """Say what is owed, and the next numbers."""
        books = reads.next_numbers(account=self.subject.account) or {"A": 1}
        return super().get_context_data(place=self.subject, books=books, **kwargs)

    def next_url(self):
        """Lead to the cash, where it is printed."""
        return reverse("funds:cash", args=[self.subject.account_id])

    def back_url(self):
        """Lead to the home."""
        return self.subject.get_absolute_url()


def receipts(request):
    """Give the receipts of homes that the person may open, and of accounts they collect for."""
    homes = opened(request).values("pk")
    accounts = [
        account.pk
        for account in permissions.visible_accounts(person=request.user)
        if permissions.can_collect(person=request.user, account=account)
    ]
    found = Cash.objects.filter(receivable__in=homes) | Cash.objects.filter(account__in=accounts)
    return found.select_related(
        "account__holder", "account__creditor", "account__estate", "receivable__home__building"
    )


class CashReceipt(View):
    """A receipt on paper, twice on a page."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk):
        """Print it."""
        cash = get_object_or_404(receipts(request), pk=pk)
        return pdf(reads.cash_sheet(cash=cash), f"cash-{cash}")


class VoidCash(MoneyVerb[Cash]):
    """Make a receipt void."""

    form_class, verb, about = Why, actions.void_cash, "cash"
    title, button, danger = _("Make this receipt void"), _("Void it"), True
    intro = _("The money goes back, both copies are kept, the number is not used again.")
    done = _("The receipt is void.")

    def get_subject(self):
        """Find it."""
        return get_object_or_404(receipts(self.request), pk=self.kwargs["pk"])

    def allowed(self):
        """Ask for whoever collects."""
        return permissions.can_collect(person=self.request.user, account=self.subject.account)

    def back_url(self):
        """Lead to the cash."""
        return reverse("funds:cash", args=[self.subject.account_id])


class DepositVerb(MoneyVerb[CashDeposit]):
    """Something about cash that was brought to the bank."""

    about = "deposit"

    def get_subject(self):
        """Find it among those of accounts that the person may see."""
        seen = permissions.visible_accounts(person=self.request.user)
        found = CashDeposit.objects.select_related("account").filter(account__in=seen)
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def allowed(self):
        """Ask for whoever collects."""
        return permissions.can_collect(person=self.request.user, account=self.subject.account)

    def back_url(self):
        """Lead to the cash."""
        return reverse("funds:cash", args=[self.subject.account_id])


class SettleDeposit(DepositVerb):
    """Say that a line of the statement is this deposit."""

    form_class, verb = Checked, actions.settle_deposit
    template_name = "funds/settle_deposit.html"
    title, button = _("Is this the deposit?"), _("Match it")
    intro = _("Each receipt then pays its home, as transfers in the books.")
    done = _("The cash is in the books.")

    def get_subject(self):
        """Find the line among those that fit."""
        deposit = super().get_subject()
        self.line = get_object_or_404(reads.fitting_lines(deposit=deposit), pk=self.kwargs["line"])
        return deposit

    def act(self, data):
        """Call the one action."""
        actions.settle_deposit(
            deposit=self.subject, line=self.line, by=self.request.user, at=timezone.now()
        )

    def get_context_data(self, **kwargs):
        """Show both."""
        paid = self.subject.receipts.select_related("receivable__home__building")
        return super().get_context_data(line=self.line, receipts=paid, **kwargs)


class WithdrawDeposit(DepositVerb):
    """Take back that cash was banked so."""

    form_class, verb = Why, actions.withdraw_deposit
    title, button, danger = _("It was not banked so"), _("Take it back"), True
    intro = _("The receipts wait for the bank again.")
    done = _("Taken back.")


class DepositSlip(View):
    """The bank's slip."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk):
        """Show it to whoever may read the books."""
        seen = permissions.visible_accounts(person=request.user)
        deposit = get_object_or_404(CashDeposit, pk=pk, account__in=seen)
        if not permissions.can_see_books(person=request.user, account=deposit.account):
            raise PermissionDenied
        return scan(bytes(deposit.content), f"deposit-{deposit.pk}")
