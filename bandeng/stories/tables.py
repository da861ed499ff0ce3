"""The rows behind a figure, called as the reader may read them."""

from collections.abc import Iterator
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableData

from bandeng.kit.figures import Figure


class Rows(TableData):
    """A figure's records, fetched page by page; `named` gives their full names and links."""

    def __init__(self, *, figure: Figure, named: bool) -> None:
        super().__init__(figure.records)
        self.figure, self.named = figure, named

    def __len__(self) -> int:
        return self.figure.count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self._row(place, thing) for place, thing in enumerate(self.data, start=1))

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        start = part.start or 0
        return [self._row(n, thing) for n, thing in enumerate(self.data[part], start=start + 1)]

    def _row(self, place: int, thing: Any) -> dict[str, Any]:
        record = self.figure.called(thing)
        name = record.name if self.named else record.public
        return {"place": place, "name": name, "link": record.link if self.named else ""}


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
