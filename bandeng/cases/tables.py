"""Columns of the room's lists."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import Column, Table

from bandeng.cases.models import Case, Category, Report, RoutingRule
from bandeng.cases.reads.story import is_overdue
from bandeng.cases.rules.states import CLOSED, State
from bandeng.kit.templatetags.kit import tag

COLOURS = {
    State.RECEIVED: "warn",
    State.DISPUTED: "warn",
    State.REOPENED: "warn",
    State.RESULT_REPORTED: "info",
    State.CLOSED_SOLVED: "ok",
}


def state_tag(*, case):
    """Show a case's state in its colour."""
    state = State(case.state)
    colour = COLOURS.get(state, "none" if state in CLOSED else "info")
    return tag(case.get_state_display(), colour)


def day(*, at):
    """Write a moment's day."""
    return date_format(timezone.localtime(at), "DATE_FORMAT") if at else "—"


class Cases(Table):
    """Cases as staff and handlers see them."""

    title = Column(linkify=True)
    followers = Column(attrs={"td": {"class": "num"}, "th": {"class": "num"}})

    class Meta:
        model = Case
        fields = ("title", "number", "state", "organisation", "due_at", "followers", "opened_at")
        empty_text = gettext_lazy("No case fits.")

    def render_title(self, record, value):
        """Mark an open danger."""
        if not record.urgent:
            return value
        return format_html("{} {}", value, tag(_("danger"), "red"))

    def value_title(self, record, value):
        """Give the text alone."""
        return value

    def render_state(self, record):
        """Show the state in its colour."""
        return state_tag(case=record)

    def value_state(self, record):
        """Give the word alone."""
        return record.get_state_display()

    def render_due_at(self, record, value):
        """Mark what is overdue."""
        if is_overdue(case=record, at=timezone.now()):
            return format_html("{} {}", day(at=value), tag(_("overdue"), "red"))
        return day(at=value)

    def render_opened_at(self, value):
        """Write the day."""
        return day(at=value)

    def value_due_at(self, value):
        """Give the moment."""
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")

    value_opened_at = value_due_at


class Mine(Table):
    """A resident's own reports."""

    number = Column(linkify=lambda record: record.status_url)
    case = Column(verbose_name=gettext_lazy("summary"), accessor="case__title")
    state = Column(verbose_name=gettext_lazy("state"), accessor="case__state")

    class Meta:
        model = Report
        fields = ("case", "number", "state", "at")

    def render_state(self, record):
        """Show the state in its colour."""
        return state_tag(case=record.case)

    def render_at(self, value):
        """Write the day."""
        return day(at=value)


class Published(Table):
    """Cases that somebody signed for showing to everyone."""

    title = Column(linkify=("cases:published_case", {"number": Column_A("number")}))


class Categories(Table):
    """What can be reported."""

    limit_n = Column(verbose_name=gettext_lazy("limit"))
    end = Column(empty_values=(), orderable=False, verbose_name="")

    class Meta:
        model = Category
        fields = ("name_zh", "name_en", "kind", "limit_n", "limit_source", "period")

    def render_limit_n(self, record):
        """Write number and unit."""
        return f"{record.limit_n} {record.get_limit_unit_display()}"

    def render_period(self, value):
        """Write the period."""
        return period(value=value)


class Rules(Table):
    """Whom cases go to."""

    class Meta:
        model = RoutingRule
        fields = ("category", "estate", "area_code", "organisation", "period")

    def render_period(self, value):
        """Write the period."""
        return period(value=value)


def period(*, value):
    """Write from when until when."""
    until = value.upper.isoformat() if value.upper else "…"
    return f"{value.lower.isoformat() if value.lower else '…'} – {until}"
