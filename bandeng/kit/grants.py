"""Which login may do what: each room declares it in its own grants.py.

A room's `TABLES` maps a table to {login: rights}, its `FUNCTIONS` a signature to the
logins that may call it. `migrate` applies them; what is not declared is refused.
"""

from importlib import import_module, util
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

READ, ADD, CHANGE = {"SELECT"}, {"SELECT", "INSERT"}, {"SELECT", "INSERT", "UPDATE"}
ALL = CHANGE | {"DELETE"}

Rights = dict[str, dict[str, set[str]]]

FRAMEWORK: Rights = {
    "django_migrations": {"app": READ},
    "django_content_type": {"app": READ},
    "django_session": {"app": ALL},
    "account_emailaddress": {"app": ALL},
    "account_emailconfirmation": {"app": ALL},
    "mfa_authenticator": {"app": ALL},
}


def tables() -> Rights:
    """Give every declared table with its logins and their rights."""
    rights = dict(FRAMEWORK)
    for module in _declarations():
        rights |= module.TABLES
    return rights


def functions() -> dict[str, set[str]]:
    """Give every declared function with the logins that may call it."""
    callers: dict[str, set[str]] = {}
    for module in _declarations():
        callers |= module.FUNCTIONS
    return callers


def apply() -> None:
    """Take everything away, then give what is declared; run by the owner."""
    everyone = sql.SQL(", ").join(sql.Identifier(n) for n in settings.DATABASE_LOGINS.values())
    with transaction.atomic(), connection.cursor() as cursor:  # a running app notices nothing
        cursor.execute("SELECT current_schema()")
        schema = sql.Identifier(cursor.fetchone()[0])
        for things in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            take = "REVOKE ALL ON ALL {} IN SCHEMA {} FROM PUBLIC, {}"
            cursor.execute(sql.SQL(take).format(sql.SQL(things), schema, everyone))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, everyone))
        for table, logins in tables().items():
            for login, rights in logins.items():
                _grant(", ".join(sorted(rights)), sql.Identifier(table), login)
        for signature, callers in functions().items():
            for login in callers:
                _grant("EXECUTE", sql.SQL("FUNCTION {}").format(sql.SQL(signature)), login)


def _grant(rights: str, what: sql.Composable, login: str) -> None:
    whom = sql.Identifier(settings.DATABASE_LOGINS[login])
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), what, whom))


def _declarations() -> list[ModuleType]:
    rooms = (config.name for config in apps.get_app_configs() if config.name != "bandeng.kit")
    return [import_module(f"{room}.grants") for room in rooms if util.find_spec(f"{room}.grants")]
