"""Whose rows become leaves of the log: each room that has some names its own.

`settings.LOG_SOURCES` lists dotted names of `Source`s. Inside one batch they come in the
order of that list, each in the order of its numbers.
"""

from dataclasses import dataclass
from typing import LiteralString

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Source:
    """A table of rows that never change, each with its bytes for the log.

    `number` and `leaf` name its columns. Where `transaction` names the column with the
    writing transaction's number, rows may be numbered early and committed late; where it
    does not, numbers are gap-free and committed in their order.
    """

    name: str
    table: str
    number: str
    leaf: str
    transaction: str = ""


ENTRIES = Source("entry", "trail_entry", "id", "public", transaction="transaction")


def sources() -> list[Source]:
    """Give them in their order."""
    return [import_string(name) for name in settings.LOG_SOURCES]


def leaf_sql() -> LiteralString:
    """Give the SQL expression for a row's bytes as they lie in its table now, or NULL."""
    cases = " ".join(  # names from our own settings
        f"WHEN '{s.name}' THEN (SELECT {s.leaf} FROM {s.table} s WHERE s.{s.number} = trail_leaf.\"row\")"
        for s in sources()
    )
    return f"CASE trail_leaf.source {cases} END"
