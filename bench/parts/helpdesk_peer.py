"""django-helpdesk in an environment of its own: made once, kept in the cache directory."""

import json
import os
import subprocess

from bench.parts.peers import python
from bench.parts.requests import Cost
from config import logins
from config.installation import ROOT, Installation

VERSION, DATABASE = "2.6.1", "helpdesk"
PROGRAM = "bench.parts.helpdesk_program"  # -P: its folder must shadow nothing


def costs(
    *, installation: Installation, tickets: int, entries: int, times: int, postmaster: int
) -> dict[str, Cost]:
    """Load as many tickets into a database of their own on the same server, and measure."""
    server = installation.server
    with logins.connect(server=server, login=logins.OWNER, database="postgres") as postgres:
        postgres.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
    asked = {
        "host": str(server.socket), "user": logins.OWNER, "database": DATABASE,
        "password": server.password(login=logins.OWNER), "tickets": tickets, "entries": entries,
        "times": times, "postmaster": postmaster, "state": str(installation.state),
    }  # fmt: skip
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [python(package="django-helpdesk", version=VERSION), "-P", "-m", PROGRAM], input=json.dumps(asked), text=True, check=True,
        stdout=subprocess.PIPE, env=environment | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    return {name: Cost(**cost) for name, cost in told.items()}
