"""Plain values of a table's cells, fast enough for a hundred thousand rows.

django-tables2 asks anew for every cell which arguments its column's function takes;
here each column is asked once.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django_tables2 import A, Column
from django_tables2.rows import BoundRow
from django_tables2.utils import signature

Reader = Callable[[Any], Any]


def reader(*, table: Any, column: Any) -> Reader:
    """Give the function from a record to the column's plain value (None where it is empty)."""
    accessor, present = A(column.accessor), _presenter(table, column)
    empty = column.column.empty_values

    def read(record: Any) -> Any:
        value = _found(accessor, record)
        return None if value in empty else present(record, value)

    return read


def _found(accessor: Any, record: Any) -> Any:
    """Follow the accessor; a field with choices gives its label."""
    owner, name = accessor.penultimate(record) if A.SEPARATOR in accessor else (record, accessor)
    if isinstance(owner, models.Model) and (label := getattr(owner, f"get_{name}_display", None)):
        return label()
    return accessor.resolve(record, quiet=True)


def _presenter(table: Any, column: Any) -> Callable[[Any, Any], Any]:
    """Find what turns a found value into the exported one, and what that wants to know."""
    function = column.value
    if getattr(function, "__func__", None) is Column.value:
        function = column.column.render
    if getattr(function, "__func__", None) is Column.render:
        return lambda _record, value: value
    names, takes_all = signature(function)
    fixed = {"column": column.column, "bound_column": column, "table": table}

    def present(record: Any, value: Any) -> Any:
        offered = fixed | {"record": record, "value": value}
        if takes_all or "bound_row" in names:
            offered["bound_row"] = BoundRow(record, table)
        return function(**offered if takes_all else {name: offered[name] for name in names})

    return present
