"""The rows behind a figure, called as the reader may read them."""

from collections.abc import Iterator
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableData

from bandeng.kit.figures import Figure


class Named:
    """A figure's records as rows: `full` gives their own names and links, fetched as asked for."""

    def __init__(self, *, figure: Figure, full: bool) -> None:
        self.figure, self.full = figure, full

    def __len__(self) -> int:
        return self.figure.count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self._row(place, thing) for place, thing in enumerate(self.figure.records, start=1))

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        first = (part.start or 0) + 1
        things = self.figure.records[part]
        return [self._row(place, thing) for place, thing in enumerate(things, start=first)]

    def _row(self, place: int, thing: Any) -> dict[str, Any]:
        record = self.figure.called(thing)
        name = record.name if self.full else record.public
        return {"place": place, "name": name, "link": record.link if self.full else ""}


class Rows(TableData):
    """What the table asks for, page by page."""

    def __len__(self) -> int:
        return len(self.data)


class Records(tables.Table):
    """What was counted, one line each."""

    place = tables.Column(verbose_name=_("No."), attrs={"td": {"class": "n"}})
    name = tables.Column(verbose_name=_("Record"))

    class Meta:
        orderable = False
        empty_text = _("There are no records behind this figure.")

    def render_name(self, value, record):
        """Link to the row's own page, which asks for permission again."""
        return (
            format_html('<a href="{}">{}</a>', record["link"], value) if record["link"] else value
        )

    def value_name(self, value):
        """Export the words alone."""
        return value
