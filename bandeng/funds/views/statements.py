"""Bank statements: looked at, taken in, and what became of each line."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bandeng.funds import actions, labels, permissions
from bandeng.funds.actions import StatementRefused
from bandeng.funds.forms.files import File
from bandeng.funds.forms.parts import Checked
from bandeng.funds.models import BANK, Line, MerchantBill, Service, Statement, UploadKind
from bandeng.funds.reads import statements as reads
from bandeng.funds.reads.bills import booked_bills, look_at_bill, waiting_bills
from bandeng.funds.rules.statements import Code, Unreadable, read_statement
from bandeng.funds.rules.statements.words import FLOWS, TRADES
from bandeng.funds.views import columns
from bandeng.funds.views.collecting import BooksList, CollectedAccount
from bandeng.funds.views.files import SHOWN, CheckFile, LookAtFile
from bandeng.funds.views.parts import MoneyVerb

FLOW = _(
    "This is the payment service's list of its own account (资金账单, 账务明细). Please give its bill of "
    "trades (交易账单, 业务明细), which says whose each payment is."
)
BOOKED = _("The bill is booked: its payments can be matched now.")
KEPT = _("The bill is kept. It is booked by itself once all its sums are at the bank.")


class TakeStatement(LookAtFile):
    """Step 1: choose the bank's file."""

    form_class, kind, check = File, UploadKind.STATEMENT, "funds:check_statement"
    title = _("Take a bank statement in")
    intro = _(
        "The file as the bank's page gives it, unchanged. It is taken whole or not at all: every "
        "balance must follow from the one before. The same for a bill of WeChat Pay or Alipay."
    )


class CheckStatement(CheckFile):
    """Step 2: opening, new lines, closing, and what each payment is."""

    kind, template_name = UploadKind.STATEMENT, "funds/check_statement.html"
    is_bill = False
    done = _("The statement is taken in. Payments that are certain can be matched now.")

    @property
    def swapped(self):
        """Tell whether somebody has seen that in and out are exchanged in this file."""
        return self.request.GET.get("swapped") == "yes"

    def found(self):
        """Read the file, or say at each row why it cannot be read."""
        try:
            parsed = read_statement(data=bytes(self.upload.content), swapped=self.swapped)
        except Unreadable as refusal:
            found = refusal.problems
            return {
                "problems": [labels.problem(found=one) for one in found[:SHOWN]],
                "more": max(0, len(found) - SHOWN),
                "may_swap": any(one.code is Code.SIDES_SWAPPED for one in found),
            }
        if parsed.profile in FLOWS:
            return {"problems": [("", FLOW)]}
        if parsed.profile in TRADES:
            return self.found_bill(parsed)
        shown = reads.preview(account=self.upload.account, parsed=parsed)
        return {
            "shown": shown,
            "notes": [labels.problem(found=one) for one in parsed.notes[:SHOWN]],
            "outs": [(line, labels.BECAME[what]) for line, what in shown.outs],
        }

    def found_bill(self, parsed):
        """Say what a payment service's bill holds, and what it waits for."""
        sight = look_at_bill(account=self.upload.account, parsed=parsed)
        why = labels.waits(found=sight.judged) if sight.judged.waits else ""
        notes = [labels.problem(found=one) for one in parsed.notes[:SHOWN]]
        return {"bill": sight, "why": why, "notes": notes, "service": Service(sight.service).label}

    def take(self, who):
        """Read it again and book it."""
        try:
            parsed = read_statement(data=bytes(self.upload.content), swapped=self.swapped)
        except Unreadable as refusal:
            raise StatementRefused(str(labels.FILE_REFUSED)) from refusal
        self.is_bill = parsed.profile in TRADES
        taken = actions.take_upload(upload=self.upload, statement=parsed, **who)
        if self.is_bill:
            self.done = BOOKED if isinstance(taken, Statement) else KEPT

    def list_url(self):
        """Lead to the statements, or to the bills."""
        name = "funds:bills" if self.is_bill else "funds:statements"
        return reverse(name, args=[self.upload.account_id])


class Statements(BooksList):
    """The statements of an account, the newest first."""

    template_name = "funds/statements.html"
    table_class, model = columns.Statements, Statement
    title = _("Bank statements")

    def get_queryset(self):
        """Keep to the account's."""
        found = self.get_account().statements.filter(channel=BANK).defer("content")
        return found.select_related("account").order_by("-pk")


class Bills(CollectedAccount):
    """Bills of payment services: those that wait with the reason, those that are booked."""

    template_name = "funds/bills.html"

    def get_context_data(self, **kwargs):
        """Look at each anew."""
        account = self.object
        waiting = [
            (kept, sight, labels.waits(found=sight.judged))
            for kept, sight in waiting_bills(account=account)
        ]
        return super().get_context_data(
            waiting=waiting, booked=booked_bills(account=account), **kwargs
        )


class DiscardBill(MoneyVerb[MerchantBill]):
    """Put a bill away that waits."""

    form_class, verb, about = Checked, actions.discard_merchant_bill, "bill"
    title, button = _("Put this bill away"), _("Put it away")
    intro = _("Nothing of it has been booked; it can be taken in again.")
    done = _("The bill is put away; nothing was changed.")

    def get_subject(self):
        """Find it among those of accounts that the person may see."""
        seen = permissions.visible_accounts(person=self.request.user)
        kept = MerchantBill.objects.select_related("account__estate__area").defer("content")
        return get_object_or_404(kept, pk=self.kwargs["pk"], account__in=seen)

    def allowed(self):
        """Ask for whoever collects."""
        person, account = self.request.user, self.subject.account
        return permissions.can_collect(person=person, account=account)

    def back_url(self):
        """Lead to the bills."""
        return reverse("funds:bills", args=[self.subject.account_id])


class StatementLines(BooksList):
    """One statement's lines, each with what it is in the books."""

    template_name = "funds/statement.html"
    table_class, model = columns.Lines, Line
    title = _("Bank statement")

    def get_queryset(self):
        """Keep to the statement's."""
        found = self.get_account().statements.defer("content")
        self.statement = get_object_or_404(found, pk=self.kwargs["statement"])
        return reads.lines_of(statement=self.statement)

    def get_context_data(self, **kwargs):
        """Add the statement's own sums; a payment service's bill is called one."""
        words = {"title": _("Bill of a payment service")} if self.statement.channel else {}
        return super().get_context_data(statement=self.statement, **words, **kwargs)
