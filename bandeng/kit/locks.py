"""Work that one process of the whole installation does at a time."""

from django.db import connection

# Two keys: this schema's and the work's, so that two installations in one database differ.
KEYS = "hashtext(current_schema()), hashtext(%s)"
HELD = """
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid = (hashtext(current_schema())::bigint & 4294967295)::oid
    AND objid = (hashtext(%s)::bigint & 4294967295)::oid
)
"""


def _ask(sql: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [name])
        return bool(cursor.fetchone()[0])


def take(*, name: str) -> bool:
    """Try to be the one who does `name`; held until `leave` or until the connection ends."""
    return _ask(f"SELECT pg_try_advisory_lock({KEYS})", name)


def leave(*, name: str) -> None:
    """Let another process have it."""
    _ask(f"SELECT pg_advisory_unlock({KEYS})", name)


def is_held(*, name: str) -> bool:
    """Tell whether some process does `name` now."""
    return _ask(HELD, name)
