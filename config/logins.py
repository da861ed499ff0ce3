"""The logins and databases of our own server: who exists, and what PUBLIC may not do.

`python -m config.logins` starts the server and makes what is missing.
"""

import os
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from config.postgres import SUPERUSER, Server, state_directory

OWNER, APP, SIGNER = "bandeng_owner", "bandeng_app", "bandeng_signer"
DATABASE = SCHEMA = "bandeng"
EXTENSIONS = ("btree_gist",)  # periods that must not overlap; in public, shared by all schemas


def database(*, login: str, url: str = "DATABASE_URL") -> dict[str, Any]:
    """Give Django's settings for `login`: the server of the URL, else our own.

    The password file is absent until our own server has started once; checks
    that need no database (lint, types) then still load the settings.
    """
    server = Server(state_directory())
    known: dict[str, Any] = {"host": str(server.socket), "user": login, "dbname": DATABASE}
    if (server.state / "passwords" / login).exists():
        known["password"] = server.password(login=login)
    known |= conninfo_to_dict(
        os.environ.get(url, ""), dbname=os.environ.get("BANDENG_DATABASE") or None
    )
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,  # one connection per thread, kept
        "ATOMIC_REQUESTS": False,  # a POST's locks end with its action
        "NAME": known["dbname"],
        **{django: known[libpq] for libpq, django in names.items() if libpq in known},
    }


def secret_key_file(*, state: Path) -> Path:
    """Give where Django's secret key lies."""
    return state / "keys" / "django"


def create_secret_key(*, state: Path) -> None:
    """Make Django's secret key at the first start."""
    file = secret_key_file(state=state)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(token_urlsafe(50))


def connect(*, server: Server, login: str, database: str) -> psycopg.Connection:
    """Open a connection that commits every statement."""
    return psycopg.connect(
        host=str(server.socket),
        user=login,
        dbname=database,
        password=server.password(login=login),
        autocommit=True,
    )


def create_logins(*, server: Server) -> None:
    """Make the three logins; `SCHEMA` is where each of them looks first."""
    with connect(server=server, login=SUPERUSER, database="postgres") as postgres:
        for login in (OWNER, APP, SIGNER):
            words = {"login": sql.Identifier(login), "schema": sql.Identifier(SCHEMA)}
            secret = sql.Literal(server.password(login=login))
            if not postgres.execute("SELECT FROM pg_roles WHERE rolname = %s", [login]).rowcount:
                create = "CREATE ROLE {login} LOGIN PASSWORD {secret}"
                postgres.execute(sql.SQL(create).format(**words, secret=secret))
            look = "ALTER ROLE {login} SET search_path = {schema}, public"
            postgres.execute(sql.SQL(look).format(**words))
        postgres.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))


def create_database(*, server: Server, name: str, template: str = "") -> None:
    """Make a database, empty or a clone, that PUBLIC may not even enter.

    Rights on a database itself are not copied from its template, so every
    clone needs them again.
    """
    words = {
        "name": sql.Identifier(name),
        "template": sql.Identifier(template or "template0"),
        "users": sql.SQL(", ").join(map(sql.Identifier, (APP, SIGNER))),
        "schema": sql.Identifier(SCHEMA),
    }
    with connect(server=server, login=OWNER, database="postgres") as postgres:
        for line in (
            "CREATE DATABASE {name} TEMPLATE {template}",
            "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {name} TO {users}",
        ):
            postgres.execute(sql.SQL(line).format(**words))
    if not template:
        with connect(server=server, login=OWNER, database=name) as new:
            new.execute(sql.SQL("CREATE SCHEMA {schema}").format(**words))
            for extension in EXTENSIONS:
                new.execute(f"CREATE EXTENSION {extension} SCHEMA public")


def drop_database(*, server: Server, name: str) -> None:
    """Remove a database and whoever is still in it.

    The superuser does it: the owner may not end another login's connections.
    """
    with connect(server=server, login=SUPERUSER, database="postgres") as postgres:
        postgres.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def prepare(*, server: Server) -> None:
    """Start the server and make the logins and the database, as far as they are missing."""
    server.start()
    create_secret_key(state=server.state)
    create_logins(server=server)
    with connect(server=server, login=OWNER, database="postgres") as postgres:
        found = postgres.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount
    if not found:
        create_database(server=server, name=DATABASE)


if __name__ == "__main__":
    prepare(server=Server(state_directory()))
