"""Columns of the room's lists."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import Column, Table

from bandeng.funds.models import ORDER_STATES, Advance, Order, SupervisedAccount, Transfer
from bandeng.funds.reads import OrderState
from bandeng.kit import columns
from bandeng.kit.templatetags.kit import money, tag
from bandeng.kit.units import yuan

COLOURS = {
    OrderState.WAITING: "warn",
    OrderState.APPROVED: "info",
    OrderState.HELD: "info",
    OrderState.DONE: "ok",
    OrderState.RETURNED: "red",
    OrderState.BOUNCED: "red",
    OrderState.STOPPED: "red",
    OrderState.EXPIRED: "none",
    OrderState.OUTDATED: "none",
}


def state_tag(state):
    """Show an order's state in its colour."""
    return tag(ORDER_STATES[state], COLOURS[state])


class Accounts(Table):
    """Supervised accounts."""

    name = Column(linkify=True)
    estate = Column(verbose_name=gettext_lazy("estate"))
    holder = Column(verbose_name=gettext_lazy("holder"))
    opened_at = columns.Moment(verbose_name=gettext_lazy("open since"), empty_values=())

    class Meta:
        model = SupervisedAccount
        fields = ("name", "estate", "holder", "bank", "opened_at")
        empty_text = gettext_lazy("There is no supervised account that you may see.")

    def render_opened_at(self, record, column):
        """Say so where it is not open yet."""
        if record.opened_at is None:
            return tag(_("being prepared"), "warn")
        return column.render(record.opened_at)


class Orders(Table):
    """Orders, with where each stands."""

    what = Column(accessor="pk", verbose_name=gettext_lazy("what"), linkify=True, orderable=False)
    account = Column(verbose_name=gettext_lazy("account"))
    amount = columns.Money(verbose_name=gettext_lazy("sum"))
    state = Column(verbose_name=gettext_lazy("state"), accessor="state")
    at = columns.Moment(verbose_name=gettext_lazy("asked for"))

    class Meta:
        model = Order
        fields = ("what", "account", "amount", "state", "at")
        empty_text = gettext_lazy("No order fits.")

    def render_what(self, record):
        """Say to whom and what for, or what else is asked."""
        return record.headline()

    def value_what(self, record):
        """Give the same as text."""
        return record.headline()

    def render_state(self, value):
        """Show it in its colour."""
        return state_tag(OrderState(value))

    def value_state(self, value):
        """Give the words alone."""
        return ORDER_STATES[value]


class Transfers(Table):
    """What moved on one ledger account, told from its side."""

    number = Column(verbose_name=gettext_lazy("no."))
    at = columns.Moment(verbose_name=gettext_lazy("when"))
    other = Column(accessor="debit__code", verbose_name=gettext_lazy("from or to"), orderable=False)
    phase = Column(verbose_name=gettext_lazy("what happened"))
    amount = columns.Money(verbose_name=gettext_lazy("sum"))
    order = Column(verbose_name=gettext_lazy("order"), linkify=True, empty_values=(None,))

    class Meta:
        model = Transfer
        fields = ("number", "at", "phase", "other", "amount", "order")
        empty_text = gettext_lazy("Nothing has moved here yet.")

    def __init__(self, *args, book, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.book, self.names = book, names

    def render_other(self, record):
        """Name the other side; a home stands as a home, whoever owns it."""
        other = record.credit if record.debit_id == self.book.pk else record.debit
        return self.names.get(other.pk, _("a home"))

    def render_amount(self, record):
        """Write what comes with plus, what goes with minus."""
        return money(self._signed(record))

    def value_amount(self, record):
        """Give yuan."""
        return yuan(self._signed(record))

    def _signed(self, record):
        gains = (record.debit_id == self.book.pk) == (self.book.normal == 1)
        return record.amount if gains else -record.amount


class Advances(Table):
    """What people paid from their own pocket."""

    what = Column(linkify=True, orderable=False)
    case = Column(accessor="case__number", verbose_name=gettext_lazy("case"))
    payer = Column(accessor="payer__name", verbose_name=gettext_lazy("who paid"))
    amount = columns.Money(verbose_name=gettext_lazy("sum"))
    at = columns.Moment(verbose_name=gettext_lazy("when"))
    repaid_at = columns.Moment(verbose_name=gettext_lazy("state"), empty_values=())

    class Meta:
        model = Advance
        fields = ("what", "case", "payer", "amount", "at", "repaid_at")
        empty_text = gettext_lazy("Nobody has paid anything from their own pocket.")

    def render_repaid_at(self, record):
        """Say where it stands."""
        return advance_tag(record)

    def value_repaid_at(self, record):
        """Give the moment, if there is one."""
        return record.repaid_at or ""


def advance_tag(advance):
    """Show whether an advance is repaid."""
    if advance.repaid_at:
        return tag(_("repaid"), "ok")
    return (
        tag(_("repayment asked for"), "info")
        if advance.order_id
        else tag(_("not repaid yet"), "warn")
    )
