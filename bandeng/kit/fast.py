"""Parts of a page that repeat hundreds of times: written in Python, a template is ten times slower.

What they write is what Django's and django-tables2's own templates write, but for the odd
and even rows, which the style sheet does not need named.
"""

import html
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.formats import date_format, localize
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from bandeng.kit import cells


@lru_cache(maxsize=4096)
def day_words(day: date, language: str | None) -> str:  # noqa: ARG001  # part of the key
    """Write a day in the language that is active."""
    return date_format(day, "DATE_FORMAT")


def _escaped(text: str) -> str:
    """Escape a text as Django does, unless it is markup already."""
    return text if isinstance(text, SafeString) else html.escape(text)


def _text(value: Any) -> str:
    """Write a value as `{{ value }}` does."""
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, datetime) and is_aware(value):
        value = localtime(value)
    return conditional_escape(localize(value))


def _attributes(attrs: Mapping[str, Any]) -> str:
    """Write attributes as django/forms/widgets/attrs.html does."""
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )


def one_line(*, widget: Mapping[str, Any]) -> SafeString:
    """Write an input."""
    value = widget["value"]
    said = "" if value is None else f' value="{_escaped(str(value))}"'
    named = f'type="{_escaped(widget["type"])}" name="{_escaped(widget["name"])}"'
    return mark_safe(f"<input {named}{said}{_attributes(widget['attrs'])}>")  # noqa: S308  # escaped


def several(*, widget: Mapping[str, Any]) -> SafeString:
    """Write radio buttons or boxes, each beside its words."""
    named = f' id="{_escaped(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    lines = [f'<div{named} class="options">']
    for group, choices, _index in widget["optgroups"]:
        if group:
            lines.append(f'<p class="group-label">{_text(group)}</p>')
        for option in choices:
            words = f'<label for="{option["attrs"].get("id", "")}">{_text(option["label"])}</label>'
            lines.append(f'<div class="option">{one_line(widget=option)}{words}</div>')
    return mark_safe("\n".join([*lines, "</div>"]))  # noqa: S308  # each part is escaped


def textarea(*, widget: Mapping[str, Any]) -> SafeString:
    """Write a text of several lines."""
    opening = f'<textarea name="{_escaped(widget["name"])}"{_attributes(widget["attrs"])}>'
    return mark_safe(f"{opening}\n{_text(widget['value'] or '')}</textarea>")  # noqa: S308  # escaped


def select(*, widget: Mapping[str, Any]) -> SafeString:
    """Write a select with its options."""
    lines = [f'<select name="{_escaped(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, choices, _index in widget["optgroups"]:
        if group:
            lines.append(f'<optgroup label="{_text(group)}">')
        lines += [
            f'<option value="{_escaped(str(option["value"]))}"'
            f"{_attributes(option['attrs'])}>{_text(option['label'])}</option>"
            for option in choices
        ]
        if group:
            lines.append("</optgroup>")
    return mark_safe("\n".join([*lines, "</select>"]))  # noqa: S308  # each part is escaped


def timeline(*, entries: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write what happened, one line an entry: title, at, who, text, url, open."""
    lines = [_happened(entry) for entry in entries]
    if not lines:
        nothing = _("Nothing has happened yet.")
        lines = [f'<li class="open">{_text(nothing)}</li>']
    return mark_safe('<ol class="timeline">{}</ol>'.format("\n".join(lines)))  # noqa: S308  # escaped


def _happened(entry: Mapping[str, Any]) -> str:
    at, who, text, url = (entry.get(name) for name in ("at", "who", "text", "url"))
    parts = [f"<b>{_text(entry['title'])}</b>"]
    if at:
        local = localtime(at)
        day = date_format(local, "DATETIME_FORMAT")
        parts.append(f'<time datetime="{local.isoformat()}">{day}</time>')
    if who:
        parts.append(f' <span class="who">{_text(who)}</span>')
    if text:
        parts.append(f"<p>{linebreaksbr(text, autoescape=True)}</p>")
    if url:
        look = _("Look at it")
        parts.append(f'<a href="{_text(url)}">{_text(look)}</a>')
    still = ' class="open"' if entry.get("open") else ""
    return f"<li{still}>{''.join(parts)}</li>"


def rows(*, table: Any) -> SafeString:
    """Write a table's body; each cell knows its column's heading, for narrow screens."""
    columns = [_Column(table, bound) for bound in table.columns]
    lines = []
    for row in table.paginated_rows:
        written = "".join(column.cell(row) for column in columns)
        lines.append(f"<tr{f' {row.attrs.as_html()}' if table.row_attrs else ''}>{written}</tr>")
    return mark_safe("\n".join(lines))  # noqa: S308  # each part is escaped


class _Column:
    """What is the same for all rows of a column, asked once."""

    def __init__(self, table: Any, bound: Any) -> None:
        self.bound, self.empty = bound, bound.column.empty_values
        self.find = cells.finder(column=bound)
        self.present = cells.presenter(table=table, column=bound, function=bound.render)
        self.label = f'<td data-label="{_text(bound.header)}" '
        self.head = "" if _depends_on_row(bound) else self._head()
        self.others = {"bound_column": bound, "column": bound.column, "table": table}

    def _head(self) -> str:
        return f"{self.label}{self.bound.attrs['td'].as_html()}>"

    def cell(self, row: Any) -> str:
        """Write one cell."""
        value = self.find(row.record)
        content = self.bound.default if value in self.empty else self._shown(row, value)
        if not self.head:
            self.bound.current_value, self.bound.current_record = content, row.record
        return f"{self.head or self._head()}{_written(self.bound, content)}</td>"

    def _shown(self, row: Any, value: Any) -> Any:
        content = self.present(row.record, value)
        if not self.bound.link:
            return content
        known = {"value": value, "record": row.record, "bound_row": row}
        return self.bound.link(content, **self.others | known)


def _depends_on_row(column: Any) -> bool:
    """Tell whether an attribute of the column's cells is computed for each row."""
    given = {**column._table.attrs, **column.column.attrs}
    cells = given.get("td", given.get("cell", {}))
    return any(callable(value) for value in cells.values())


def _written(column: Any, cell: Any) -> str:
    """Write a cell's value, numbers in the reader's way unless the column says otherwise."""
    if column.localize is None:
        return _text(cell)
    return conditional_escape(localize(cell, use_l10n=column.localize))
