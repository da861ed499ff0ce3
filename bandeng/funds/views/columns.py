"""Columns of the lists about collecting."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import Column, Table

from bandeng.funds import labels
from bandeng.funds.models import Cash, Line, Receivable, Statement, TransferList
from bandeng.funds.reads.statements import became
from bandeng.kit import columns
from bandeng.kit.masking import masked_name
from bandeng.kit.templatetags.kit import money, tag

LINK = '<a href="{}">{}</a>'


class Statements(Table):
    """Bank statements that were taken in."""

    file_name = Column(
        verbose_name=gettext_lazy("file"),
        linkify=lambda record: reverse("funds:statement", args=[record.account_id, record.pk]),
    )
    since_on = columns.Day(verbose_name=gettext_lazy("from"))
    until_on = columns.Day(verbose_name=gettext_lazy("until"))
    count = columns.Number(verbose_name=gettext_lazy("new lines"))
    opening = columns.Money(verbose_name=gettext_lazy("opening"))
    closing = columns.Money(verbose_name=gettext_lazy("closing"))
    at = columns.Moment(verbose_name=gettext_lazy("taken in"))

    class Meta:
        model = Statement
        fields = ("file_name", "since_on", "until_on", "count", "opening", "closing", "at")
        empty_text = gettext_lazy("No bank statement has been taken in yet.")


class Lines(Table):
    """Lines of a statement; who paid stands masked."""

    n = columns.Number(verbose_name=gettext_lazy("no."))
    day = columns.Day(verbose_name=gettext_lazy("day"))
    amount = columns.Money(verbose_name=gettext_lazy("sum"))
    balance_after = columns.Money(verbose_name=gettext_lazy("balance"))
    counterparty = Column(verbose_name=gettext_lazy("counterparty"), orderable=False)
    state = Column(
        verbose_name=gettext_lazy("in the books"), accessor="pk", orderable=False, empty_values=()
    )

    class Meta:
        model = Line
        fields = ("n", "day", "amount", "balance_after", "counterparty", "state")

    def render_counterparty(self, value):
        """Mask who paid."""
        return masked_name(value)

    def render_state(self, record):
        """Show what the line became, and where that leads."""
        words, colour = labels.BECAME[became(line=record)]
        links = [
            (a.receivable.get_absolute_url(), f"{a.receivable.home} {money(a.amount)}")
            for a in record.standing
        ]
        if order := record.booking.order:
            links.append((order.get_absolute_url(), _("order")))
        shown = format_html_join(" ", '<a href="{}">{}</a>', links)
        return format_html("{} {}", tag(words, colour), shown)

    def value_state(self, record):
        """Give the words alone."""
        return labels.BECAME[became(line=record)][0]


class TransferLists(Table):
    """Lists of transfers for the bank."""

    at = columns.Moment(verbose_name=gettext_lazy("made"), linkify=True)
    count = columns.Number(verbose_name=gettext_lazy("orders"))
    total = columns.Money(verbose_name=gettext_lazy("sum"))
    waiting = columns.Number(verbose_name=gettext_lazy("wait for the bank"))
    by = Column(verbose_name=gettext_lazy("made by"), accessor="by__name", orderable=False)

    class Meta:
        model = TransferList
        fields = ("at", "count", "total", "waiting", "by")
        empty_text = gettext_lazy("No list has been made yet.")


class Homes(Table):
    """Homes in the books of an account."""

    home = Column(
        verbose_name=gettext_lazy("home"),
        accessor="home",
        linkify=lambda record: record.get_absolute_url(),
        order_by=("home__building__number", "home__entrance", "home__floor", "home__number"),
    )
    owners = Column(
        verbose_name=gettext_lazy("owner"), accessor="home__owners", orderable=False,
        empty_values=(),
    )  # fmt: skip
    billed = columns.Money(verbose_name=gettext_lazy("billed"))
    paid = columns.Money(verbose_name=gettext_lazy("paid"))
    owed = columns.Money(verbose_name=gettext_lazy("owed"))
    reminded_on = columns.Day(verbose_name=gettext_lazy("last notice"))

    class Meta:
        model = Receivable
        fields = ("home", "owners", "billed", "paid", "owed", "reminded_on")
        empty_text = gettext_lazy("No home fits.")

    def render_owners(self, record):
        """Mask them."""
        return self.value_owners(record)

    def value_owners(self, record):
        """Mask them in files too."""
        return " ".join(masked_name(one.person.name) for one in record.home.owners)


class Receipts(Table):
    """Receipts for cash, and where each one's money is."""

    number = Column(verbose_name=gettext_lazy("receipt"), order_by=("book", "number"))
    at = columns.Moment(verbose_name=gettext_lazy("taken"))
    home = Column(
        verbose_name=gettext_lazy("home"), accessor="receivable__home", orderable=False,
        linkify=lambda record: record.receivable and record.receivable.get_absolute_url(),
    )  # fmt: skip
    amount = columns.Money(verbose_name=gettext_lazy("sum"))
    state = Column(
        verbose_name=gettext_lazy("state"), accessor="pk", orderable=False, empty_values=()
    )
    todo = Column(
        verbose_name=gettext_lazy("receipt on paper"), accessor="pk", orderable=False,
        exclude_from_export=True,
    )  # fmt: skip

    class Meta:
        model = Cash
        fields = ("number", "at", "home", "amount", "state", "todo")
        empty_text = gettext_lazy("No cash has been taken yet.")

    def render_number(self, record):
        """Write book and number."""
        return str(record)

    def render_state(self, record):
        """Show where the money is."""
        words, colour = labels.cash_state(cash=record)
        said = record.void_reason if record.voided_at else ""
        return format_html("{} {}", tag(words, colour), said)

    def value_state(self, record):
        """Give the words alone."""
        return labels.cash_state(cash=record)[0]

    def render_todo(self, record):
        """Print it, or make it void."""
        links = [(reverse("funds:cash_receipt", args=[record.pk]), _("Print"))]
        if not record.voided_at and not record.deposit_id:
            links.append((reverse("funds:void_cash", args=[record.pk]), _("Void it")))
        return format_html("<span>{}</span>", format_html_join(" · ", LINK, links))
