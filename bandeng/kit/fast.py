"""Parts of a page that repeat hundreds of times: written in Python, a template is ten times slower.

What they write is what Django's and django-tables2's own templates write.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django_tables2.utils import signature


def _text(value: Any) -> str:
    """Write a value as `{{ value }}` does."""
    if isinstance(value, datetime) and is_aware(value):
        value = localtime(value)
    return conditional_escape(value if isinstance(value, str) else localize(value))


def _attributes(attrs: Mapping[str, Any]) -> str:
    """Write attributes as django/forms/widgets/attrs.html does."""
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )


def options(*, optgroups: Iterable[tuple[Any, Iterable[Mapping[str, Any]], int]]) -> SafeString:
    """Write a select's options."""
    lines = []
    for group, choices, _index in optgroups:
        if group:
            lines.append(f'<optgroup label="{_text(group)}">')
        lines += [
            f'<option value="{conditional_escape(str(option["value"]))}"'
            f"{_attributes(option['attrs'])}>{_text(option['label'])}</option>"
            for option in choices
        ]
        if group:
            lines.append("</optgroup>")
    return mark_safe("\n".join(["", *lines]))  # noqa: S308  # each part is escaped


def rows(*, table: Any) -> SafeString:
    """Write a table's body; each cell knows its column's heading, for narrow screens."""
    columns = [_Column(bound) for bound in table.columns]
    lines = []
    for row in table.paginated_rows:
        cells = "".join(column.cell(row) for column in columns)
        lines.append(f"<tr {row.attrs.as_html()}>{cells}</tr>")
    return mark_safe("\n".join(lines))  # noqa: S308  # each part is escaped


class _Column:
    """What is the same for all rows of a column, asked once."""

    def __init__(self, bound: Any) -> None:
        self.bound = bound
        self.arguments, self.rest = signature(bound.render)
        self.label = f'<td data-label="{_text(bound.header)}" '
        self.head = "" if _depends_on_row(bound) else self._head()

    def _head(self) -> str:
        return f"{self.label}{self.bound.attrs['td'].as_html()}>"

    def cell(self, row: Any) -> str:
        """Write one cell."""
        value = row._get_and_render_with(self.bound, self._rendered(row), self.bound.default)
        if not self.head:
            self.bound.current_value, self.bound.current_record = value, row.record
        return f"{self.head or self._head()}{_written(self.bound, value)}</td>"

    def _rendered(self, row: Any) -> Callable[..., Any]:
        """Give what django-tables2 calls for a cell's value, without asking its signature anew."""

        def render(bound: Any, value: Any = None) -> Any:
            known = row._optional_cell_arguments(bound, value)
            given = known if self.rest else {name: known[name] for name in self.arguments}
            content = bound.render(**given)
            return bound.link(content, **known) if bound.link else content

        return render


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
