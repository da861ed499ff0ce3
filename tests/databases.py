"""One own server per run, one migrated template, two clones per worker: bare and furnished.

A test that needs committed rows, several connections or the owner's login works on
a clone of its own; all others roll back, and use the app's login. Whoever asks for the world
gets the clone in which it was built once, else the bare one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.utils.translation import override

from config import logins
from config.postgres import Server, state_directory
from tests.world import build

ROOT = Path(__file__).parents[1]
# A test's data may be lost with the machine.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def _server():
    return Server(state_directory(), FAST)


def pytest_configure(config):
    """Start the server in the controlling process; workers inherit its address."""
    if hasattr(config, "workerinput"):
        return
    _server().start()
    logins.create_logins(server=_server())


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        _server().stop()
        shutil.rmtree(_server().state)


@pytest.fixture(scope="session")
def server():
    return _server()


@pytest.fixture(scope="session")
def template(server):
    """The owner migrates once; the worker that comes first does it, the others wait."""
    with logins.connect(server=server, login=logins.OWNER, database="postgres") as postgres:
        postgres.execute("SELECT pg_advisory_lock(1)")
        if not postgres.execute("SELECT FROM pg_database WHERE datname = 'template'").rowcount:
            logins.create_database(server=server, name="unfinished")
            migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
            environment = os.environ | {"BANDENG_DATABASE": "unfinished"}
            environment.pop("DJANGO_SETTINGS_MODULE", None)  # manage.py chooses the owner's
            subprocess.run(migrate, check=True, env=environment)
            postgres.execute("ALTER DATABASE unfinished RENAME TO template")
        postgres.execute("SELECT pg_advisory_unlock(1)")
    return "template"


def _use(server, name):
    connection.close()
    connection.settings_dict.update(
        HOST=str(server.socket), NAME=name, PASSWORD=server.password(login=logins.APP)
    )


@pytest.fixture(scope="session")
def django_db_setup(server, template, worker_id, django_db_blocker):
    """Replace pytest-django's: Django never creates a database here."""
    logins.create_database(server=server, name=worker_id, template=template)
    with django_db_blocker.unblock():
        _use(server, worker_id)
        yield
        connection.close()


@pytest.fixture(scope="session")
def furnished(server, template, worker_id, django_db_setup, django_db_blocker):
    """The worker's second database: its name, and the world as it was built there, once."""
    usual, name = connection.settings_dict["NAME"], f"{worker_id}_furnished"
    logins.create_database(server=server, name=name, template=template)
    with django_db_blocker.unblock(), override(settings.LANGUAGE_CODE):
        _use(server, name)
        world = build()
        _use(server, usual)
    return name, world


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """Before a test's transaction begins, go to the database that the test expects."""
    if fixturedef.argname == "_django_db_helper":  # pytest-django's, which begins it
        bare = request.getfixturevalue("worker_id")
        name = request.getfixturevalue("furnished")[0] if _knows_the_world(request) else bare
        if connection.settings_dict["NAME"] != name:
            _use(request.getfixturevalue("server"), name)


def _knows_the_world(request):
    return "world" in request.fixturenames


@pytest.fixture
def own_clone(request, server, template, django_db_setup, django_db_blocker):
    """A database of the test's own, where everything commits."""
    usual, name = connection.settings_dict["NAME"], f"own_{uuid4().hex[:12]}"
    like = request.getfixturevalue("furnished")[0] if _knows_the_world(request) else template
    with django_db_blocker.unblock():
        connection.close()
        logins.create_database(server=server, name=name, template=like)
        _use(server, name)
        yield name
        _use(server, usual)
    logins.drop_database(server=server, name=name)


@pytest.fixture
def owner(server, own_clone):
    """The owner's connection to the test's own clone."""
    with logins.connect(server=server, login=logins.OWNER, database=own_clone) as connected:
        yield connected
