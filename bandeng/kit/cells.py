"""Plain values of a table's cells, fast enough for a hundred thousand rows.

django-tables2 asks anew for every cell which arguments its column's function takes;
here each column is asked once.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.db import models
from django_tables2 import A, Column
from django_tables2.rows import BoundRow
from django_tables2.utils import signature

Reader = Callable[[Any], Any]


def reader(*, table: Any, column: Any) -> Reader:
    """Give the function from a record to the column's plain value (None where it is empty)."""
    find, empty = finder(column=column), column.column.empty_values
    function = column.value
    if getattr(function, "__func__", None) is Column.value:
        function = column.column.render
    present = presenter(table=table, column=column, function=function)

    def read(record: Any) -> Any:
        value = find(record)
        return None if value in empty else present(record, value)

    return read


def finder(*, column: Any) -> Reader:
    """Give the function from a record to what the column's accessor finds in it."""
    accessor = A(column.accessor)
    finders: dict[type, Reader] = {}

    def find(record: Any) -> Any:
        kind = type(record)
        if kind not in finders:
            finders[kind] = _finder(kind, accessor)
        return finders[kind](record)

    return find


def _finder(kind: type, accessor: Any) -> Reader:
    """Ask a model once whether the accessor is simply a field of its own, and one with choices."""
    fields = {one.name: one for one in kind._meta.fields} if issubclass(kind, models.Model) else {}
    if accessor not in fields:
        return lambda record: _found(accessor, record)
    get = attrgetter(accessor)
    if not fields[accessor].flatchoices:
        return get
    # as `get_…_display` says it, which hashes every label for every row
    words = {value: str(label) for value, label in fields[accessor].flatchoices}
    return lambda record: words.get(value := get(record), value)


def _found(accessor: Any, record: Any) -> Any:
    """Follow the accessor; a field with choices gives its label."""
    owner, name = accessor.penultimate(record) if A.SEPARATOR in accessor else (record, accessor)
    if isinstance(owner, models.Model) and (label := getattr(owner, f"get_{name}_display", None)):
        return label()
    return accessor.resolve(record, quiet=True)


def presenter(*, table: Any, column: Any, function: Any) -> Callable[[Any, Any], Any]:
    """Give the function from record and value to what `function` makes of them.

    What `function` wants to know (`value`, `record`, `table` …) is asked once.
    """
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
