"""Columns of the room's lists."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_tables2 import Column, Table

from bandeng.cases.models import Case, Category, Report, RoutingRule
from bandeng.cases.models.report import secret_of
from bandeng.cases.reads.story import is_overdue
from bandeng.cases.rules.states import CLOSED, State
from bandeng.kit import columns
from bandeng.kit.fast import day_words
from bandeng.kit.templatetags.kit import tag

COLOURS = {
    **{state.value: "info" for state in State},
    **{state.value: "none" for state in CLOSED},
    State.RECEIVED.value: "warn",
    State.DISPUTED.value: "warn",
    State.REOPENED.value: "warn",
    State.CLOSED_SOLVED.value: "ok",
}


def state_tag(*, case):
    """Show a case's state in its colour."""
    return tag(case.get_state_display(), COLOURS[case.state])


class DayOf(columns.Moment):
    """The day of a moment; the whole moment in a spreadsheet."""

    def __init__(self, **options):
        super().__init__(**{"attrs": {"td": {"class": "day"}}} | options)

    def render(self, value):
        """Write the day as people here do."""
        return day_words(localtime(value).date(), get_language())


class Due(DayOf):
    """The day by which a case is due, marked once it is over."""

    def render(self, value, record=None):
        """Write the day."""
        day = super().render(value)
        if not is_overdue(case=record, at=timezone.now()):
            return day
        return format_html("<span>{} {}</span>", day, tag(_("overdue"), "red"))


class Title(Column):
    """What a case is about, and where if not in an estate; an open danger is marked."""

    def render(self, record, value):
        """Mark an open danger."""
        if not (record.urgent or record.place):
            return value
        danger = tag(_("danger"), "red") if record.urgent else ""
        return format_html("<span>{} {}<small>{}</small></span>", value, danger, record.place)

    def value(self, value):
        """Give the text alone."""
        return value


class Cases(Table):
    """Cases as staff and handlers see them."""

    title = Title(linkify=True, attrs={"td": {"class": "title"}})
    state = columns.State(kinds=COLOURS)
    due_at = Due()
    opened_at = DayOf()
    number = Column(attrs={"td": {"class": "day"}})
    where = Column(verbose_name=gettext_lazy("where"), visible=False)
    followers = columns.Number()

    class Meta:
        model = Case
        fields = (
            "title", "where", "number", "state", "organisation", "due_at", "followers", "opened_at",
        )  # fmt: skip
        empty_text = gettext_lazy("No case fits.")


class Mine(Table):
    """A resident's own reports."""

    title = Column(
        accessor="case__title",
        verbose_name=gettext_lazy("summary"),
        linkify=lambda record: reverse("cases:status", args=[secret_of(token=record.token)]),
    )
    state = columns.State(kinds=COLOURS, accessor="case__state", verbose_name=gettext_lazy("state"))
    at = DayOf()

    class Meta:
        model = Report
        fields = ("title", "number", "state", "at")
        empty_text = gettext_lazy("You have not reported anything yet.")


class Published(Table):
    """Cases that somebody signed for showing to everyone."""

    title = Column(linkify=lambda record: reverse("cases:published_case", args=[record.number]))
    state = columns.State(kinds=COLOURS)
    opened_at = DayOf()

    class Meta:
        model = Case
        fields = ("title", "state", "organisation", "opened_at")
        empty_text = gettext_lazy("No case is published at present.")


class Period(Column):
    """From which day until which."""

    def render(self, value):
        """Write the days; the last one is the one before the end."""
        return f"{value.lower or '…'} – {value.upper or '…'}"


class Kept(Table):
    """Something that officers keep, with the way to end it."""

    period = Period()
    ending = Column(
        accessor="token",
        verbose_name=gettext_lazy("change"),
        orderable=False,
        exclude_from_export=True,
    )
    end = ""

    def render_ending(self, record):
        """Offer to end what is valid."""
        if record.period.upper:
            return tag(_("ended"))
        return format_html(
            '<a href="{}">{}</a>', reverse(self.end, args=[record.token]), _("End it")
        )


class Categories(Kept):
    """What can be reported."""

    limit_n = Column(verbose_name=gettext_lazy("limit"))
    end = "cases:end_category"

    class Meta:
        model = Category
        fields = ("name_zh", "name_en", "kind", "limit_n", "limit_source", "period", "ending")

    def render_limit_n(self, record):
        """Write number and unit."""
        return f"{record.limit_n} {record.get_limit_unit_display()}"


class Rules(Kept):
    """Whom cases go to."""

    category = Column(empty_values=())
    estate = Column(empty_values=())
    end = "cases:end_rule"

    class Meta:
        model = RoutingRule
        fields = ("category", "estate", "area_code", "organisation", "period", "ending")

    def render_category(self, record):
        """Say "any" where none is named."""
        return record.category or _("any")

    def render_estate(self, record):
        """Say "any" where none is named."""
        return record.estate or _("any")
