"""Dues: a file looked at and billed; the homes of an account with what they owe."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bandeng.funds import actions, labels
from bandeng.funds.actions import DuesRefused
from bandeng.funds.forms.files import DuesFile
from bandeng.funds.models import Receivable, UploadKind
from bandeng.funds.reads.dues_file import dues_preview
from bandeng.funds.rules.dues_file import read_dues
from bandeng.funds.rules.statements import Unreadable
from bandeng.funds.standing.homes import homes_owing
from bandeng.funds.views import columns
from bandeng.funds.views.collecting import CollectorsList
from bandeng.funds.views.files import SHOWN, CheckFile, LookAtFile
from bandeng.funds.views.narrowing import Homes

FIRST = 20  # dues shown before they are billed


class BillDues(LookAtFile):
    """Step 1: choose the list."""

    form_class, kind, check = DuesFile, UploadKind.DUES, "funds:check_dues"
    title = _("Take dues in")
    intro = _(
        "The list is taken whole or not at all. Each sum must be area × rate × months, or a remark "
        "says why not; only times in which the creditor looked after the building."
    )


class CheckDues(CheckFile):
    """Step 2: what would be billed, or every row's problem."""

    kind, template_name = UploadKind.DUES, "funds/check_dues.html"
    done = _("The dues are billed.")

    def preview(self):
        """Read the file and find its homes."""
        read = read_dues(data=bytes(self.upload.content))
        return dues_preview(account=self.upload.account, read=read)

    def found(self):
        """Say what the file says."""
        try:
            shown = self.preview()
        except Unreadable as refusal:
            return {"problems": [labels.problem(found=one) for one in refusal.problems]}
        problems = [labels.issue(found=one) for one in shown.issues]
        return {
            "shown": shown,
            "problems": problems[:SHOWN],
            "more": max(0, len(problems) - SHOWN),
            "first": shown.bills[:FIRST],
        }

    def take(self, who):
        """Bill them all, or nothing."""
        try:
            shown = self.preview()
        except Unreadable as refusal:
            raise DuesRefused(str(labels.FILE_REFUSED)) from refusal
        if shown.issues or not shown.bills:
            raise DuesRefused(str(labels.FILE_REFUSED))
        actions.bill_upload(
            upload=self.upload, bills=[_bill(one.home, one.row) for one in shown.bills], **who
        )

    def list_url(self):
        """Lead to the homes."""
        return reverse("funds:dues", args=[self.upload.account_id])


def _bill(home, row):
    """Give a row as the action takes it."""
    return actions.Bill(
        home=home, since=row.since, until=row.until, months=row.months, rate=row.rate,
        floor_area=row.area, amount=row.amount, due_on=row.due_on, remark=row.remark, by_days=row.by_days,
    )  # fmt: skip


class Dues(CollectorsList):
    """The homes of an account with what they owe, names masked."""

    template_name = "funds/dues.html"
    table_class, model, filterset_class = columns.Homes, Receivable, Homes
    title = _("Homes and dues")

    def get_queryset(self):
        """Keep to the account's."""
        return homes_owing(account=self.get_account())
