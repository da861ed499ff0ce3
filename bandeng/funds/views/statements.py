"""Bank statements: looked at, taken in, and what became of each line."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bandeng.funds import actions, labels
from bandeng.funds.actions import StatementRefused
from bandeng.funds.forms.files import File
from bandeng.funds.models import Line, Statement, UploadKind
from bandeng.funds.reads import statements as reads
from bandeng.funds.rules.statements import Code, Unreadable, read_statement
from bandeng.funds.rules.statements.words import TRADES
from bandeng.funds.views import columns
from bandeng.funds.views.collecting import BooksList
from bandeng.funds.views.files import SHOWN, CheckFile, LookAtFile

MERCHANT = _(
    "This is a payment service's bill, not the bank's statement: it tells whose a lump sum at the "
    "bank is, but is not booked itself."
)


class TakeStatement(LookAtFile):
    """Step 1: choose the bank's file."""

    form_class, kind, check = File, UploadKind.STATEMENT, "funds:check_statement"
    title = _("Take a bank statement in")
    intro = _(
        "The file as the bank's page gives it, unchanged. It is taken whole or not at all: every "
        "balance must follow from the one before."
    )


class CheckStatement(CheckFile):
    """Step 2: opening, new lines, closing, and what each payment is."""

    kind, template_name = UploadKind.STATEMENT, "funds/check_statement.html"
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
        if parsed.profile in TRADES:
            return {"problems": [("", MERCHANT)]}
        shown = reads.preview(account=self.upload.account, parsed=parsed)
        return {
            "shown": shown,
            "notes": [labels.problem(found=one) for one in parsed.notes[:SHOWN]],
            "outs": [(line, labels.BECAME[what]) for line, what in shown.outs],
        }

    def take(self, who):
        """Read it again and book it."""
        try:
            parsed = read_statement(data=bytes(self.upload.content), swapped=self.swapped)
        except Unreadable as refusal:
            raise StatementRefused(str(labels.FILE_REFUSED)) from refusal
        if parsed.profile in TRADES:
            raise StatementRefused(str(MERCHANT))
        actions.take_upload(upload=self.upload, statement=parsed, **who)

    def list_url(self):
        """Lead to the statements."""
        return reverse("funds:statements", args=[self.upload.account_id])


class Statements(BooksList):
    """The statements of an account, the newest first."""

    template_name = "funds/statements.html"
    table_class, model = columns.Statements, Statement
    title = _("Bank statements")

    def get_queryset(self):
        """Keep to the account's."""
        found = self.get_account().statements.defer("content").select_related("account")
        return found.order_by("-pk")


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
        """Add the statement's own sums."""
        return super().get_context_data(statement=self.statement, **kwargs)
