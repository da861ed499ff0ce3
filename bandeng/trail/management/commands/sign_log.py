"""Sign the log: the signer's own process. `--once` signs what is there and ends."""

import signal
from threading import Event
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from bandeng.trail.keys import origin_of
from bandeng.trail.signer import Signer


class Command(BaseCommand):
    """Run it with the settings `config.signer`; SIGTERM and Ctrl-C end it with 0."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, or until stopped."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work, alone."""
        signer = Signer(
            connect=_connect,
            folder=settings.LOG_DIRECTORY,
            key=settings.LOG_KEY,
            origin=origin_of(url=settings.BANDENG_URL),
            stop=Event(),
        )
        if options["once"]:
            if not signer.turn():
                raise CommandError("Not signed: another signer is at work, or see above.")
            return
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: signer.stop.set())
        signer.run()


def _connect() -> psycopg.Connection:
    """Open a connection that commits each statement, as the signer's login."""
    words: Any = connection.get_connection_params()
    words = {
        name: words[name]
        for name in ("host", "port", "user", "password", "dbname")
        if name in words
    }
    return psycopg.connect(**words, autocommit=True)
