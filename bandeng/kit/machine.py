"""What the database says of itself."""

from dataclasses import dataclass

from django.db import DatabaseError, connection


@dataclass(frozen=True)
class Server:
    """The database server. `size` in bytes; `letters` is the locale of its characters."""

    version: str
    size: int
    encoding: str
    letters: str


def server() -> Server:
    """Ask the database what it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_database_size(datname),"
            " pg_encoding_to_char(encoding), coalesce(datlocale, datctype)"
            " FROM pg_database WHERE datname = current_database()"
        )
        return Server(*cursor.fetchone())


def answers() -> bool:
    """Tell whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
