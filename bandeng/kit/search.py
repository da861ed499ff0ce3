"""Words found inside Chinese text: an index over pairs of neighbouring characters.

PostgreSQL's own text search takes a Chinese clause for one word, and a trigram index does not
serve words of two characters. A text is cut into pairs (and the last character of a run), so
that one character and more are found wherever they stand; Latin words and numbers are found
by their beginning.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, F, Field, Func, Q, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast

HAN = "\u3400-\u9fff"
RUN = re.compile(f"[{HAN}]+|[A-Za-z0-9]+")


def pieces_sql(*, name: str) -> str:
    """Give the SQL of a function that cuts a text into its pieces, for a room's migration."""
    return f"""
    CREATE FUNCTION {name}(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_to_tsvector(array_agg(DISTINCT piece)), '')
        FROM (
            SELECT CASE WHEN run[1] ~ '^[{HAN}]' THEN substr(run[1], n, 2) ELSE lower(run[1]) END piece
            FROM regexp_matches(said, '[{HAN}]+|[A-Za-z0-9]+', 'g') run, LATERAL generate_series(
                1, CASE WHEN run[1] ~ '^[{HAN}]' THEN length(run[1]) ELSE 1 END
            ) n
        ) pieces
    $$
    """  # noqa: S608  # the name is the caller's, from a migration


def asked(*, word: str) -> str:
    """Give what the index is asked for a word; "" where it has nothing to go by.

    Returns: a tsquery that every text with the word in it answers, and few others do.
    """
    runs = list(RUN.finditer(word))
    return " & ".join(
        piece
        for run in runs
        # Latin letters at the front may be the end of a longer word: of them nothing is known
        if run.start() or len(runs) == 1 or run.group()[0] >= "\u3400"
        for piece in _pieces(run.group())
    )


def _pieces(run: str) -> Iterator[str]:
    if run[0] < "\u3400" or len(run) == 1:
        yield f"'{run.lower()}':*"
    else:
        yield from (f"'{run[n : n + 2]}'" for n in range(len(run) - 1))


class _TsQuery(Field):  # type: ignore[type-arg]
    def db_type(self, connection: Any) -> str:
        return "tsquery"


def holding(*, function: str, columns: tuple[str, ...], words: str) -> Q:
    """Keep rows that hold every word in one of their columns; the index is over all of them.

    `function` is the room's own `pieces_sql`, its index over the columns with a space between.
    """
    text = Func(*map(F, columns), template=f"{function}(%(expressions)s)", arg_joiner=" || ' ' || ")
    found = Q()
    for word in words.split():
        if query := asked(word=word):
            wanted = Cast(Value(query), _TsQuery())
            found &= Q(CombinedExpression(text, "@@", wanted, output_field=BooleanField()))
        either = Q()
        for column in columns:
            either |= Q(**{f"{column}__icontains": word})
        found &= either
    return found
