"""Many rows at once: PostgreSQL's COPY, with values prepared by the model's own fields."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

# The driver takes their Python values as they are; the others (encrypted, JSON) are prepared.
PLAIN = (
    models.CharField,
    models.IntegerField,
    models.BooleanField,
    models.DateField,
    models.UUIDField,
    models.ForeignKey,
)


def copy_in(
    *, model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows in bounded memory; a field that is not named keeps its column's default.

    Encrypted fields are encrypted here as `save` would; Python-side defaults are not used.
    A foreign key is given as the key itself, a period also in PostgreSQL's spelling.
    """
    columns: list[Any] = [model._meta.get_field(name) for name in fields]
    names = ", ".join(connection.ops.quote_name(column.column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    prepare = [(n, _prepared(c)) for n, c in enumerate(columns) if not isinstance(c, PLAIN)]
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for given in rows:
                row = list(given)
                for n, prepared in prepare:
                    row[n] = prepared(row[n])
                copy.write_row(row)


def _prepared(column: Any) -> Callable[[Any], Any]:
    return lambda value: None if value is None else column.get_db_prep_save(value, connection)
