"""The signer: makes committed rows leaves of the log and signs, until it is told to stop.

One process of its own, with its own login and key. What it must not sign, it does not: it
says why and looks again from time to time, so that the rest of the house goes on.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event

import psycopg

from bandeng.trail import files, keys
from bandeng.trail.actions.signing import (
    LogRefused,
    Progress,
    assign_leaves,
    has_signed,
    load_edge,
    publish,
    recheck,
    say,
    take_over,
)
from bandeng.trail.models.log import SignerKind
from bandeng.trail.rules.notes import PrivateKey
from bandeng.trail.rules.tiles import WIDTH, Edge

PAUSE = 0.5  # seconds between two looks at the database
REFUSED_PAUSE = 15.0  # seconds until it looks again whether somebody has set it right
log = logging.getLogger("bandeng.trail")


class Signer:
    """One at a time works; a second one stands by until the first is gone."""

    def __init__(
        self,
        *,
        connect: Callable[[], psycopg.Connection],
        folder: Path,
        key: Path,
        origin: str,
        stop: Event,
    ) -> None:
        self.connect, self.folder, self.key, self.stop = connect, folder, key, stop
        self.origin = origin
        self._connection: psycopg.Connection | None = None
        self.at_work, self.key_is = False, 0
        self._forget()

    def _forget(self) -> None:
        self.progress, self.sweep = Progress(), 0
        self.edge: Edge | None = None
        self.keys: list[PrivateKey] = []

    def run(self) -> None:
        """Work until `stop`; a lost database is waited for."""
        while not self.stop.is_set():
            try:
                self.stop.wait(PAUSE if self.turn() else REFUSED_PAUSE)
            except psycopg.OperationalError as lost:
                log.warning("the database is away: %s", lost)
                self.leave()
                self.stop.wait(PAUSE)
        if self._connection and self.edge is not None:
            say(connection=self._connection, kind=SignerKind.STOPPED)
        self.leave()

    def turn(self) -> bool:
        """Do what there is to do. Returns: False when it refuses to sign, or another works."""
        connection = self._connected()
        if not self.at_work:
            self.at_work = take_over(connection=connection)
        if not self.at_work:
            return False
        try:
            self._work(connection)
        except LogRefused as refusal:
            return self._refuse(connection, refusal)
        except files.Broken as broken:
            return self._refuse(connection, LogRefused("broken_file", name=str(broken)))
        except keys.KeyMissing as missing:
            return self._refuse(connection, LogRefused("key_missing", file=str(missing)))
        return True

    def _work(self, connection: psycopg.Connection) -> None:
        edge = self.edge or self._load(connection)
        if self._key_changed():
            self.keys = keys.load(file=self.key)
        assign_leaves(connection=connection, progress=self.progress)
        publish(connection=connection, folder=self.folder, edge=edge, keys=self.keys)
        recheck(connection=connection, folder=self.folder, edge=edge, number=self.sweep)
        self.sweep = (self.sweep + 1) % (edge.size // WIDTH + 1)
        if self.edge is None:
            say(connection=connection, kind=SignerKind.STARTED)
        self.edge = edge

    def _load(self, connection: psycopg.Connection) -> Edge:
        said = files.last_checkpoint(folder=self.folder)
        if not self.key.exists() and not said and not has_signed(connection=connection):
            keys.make(file=self.key, origin=self.origin)
        self._key_changed()
        self.keys = keys.load(file=self.key)
        if said and said.origin != self.keys[0].name:
            raise LogRefused("other_log", said=said.origin, key=self.keys[0].name)
        return load_edge(connection=connection, folder=self.folder)

    def _key_changed(self) -> bool:
        before, self.key_is = self.key_is, self.key.stat().st_mtime_ns if self.key.exists() else 0
        return before != self.key_is

    def _refuse(self, connection: psycopg.Connection, refusal: LogRefused) -> bool:
        """Tell it once, and begin anew next time: somebody may have set it right."""
        log.error("THE LOG IS NOT SIGNED: %s", refusal)
        say(connection=connection, kind=SignerKind.REFUSED, code=refusal.code, **refusal.facts)
        self._forget()
        return False

    def _connected(self) -> psycopg.Connection:
        if self._connection is None or self._connection.closed:
            self._connection, self.at_work = self.connect(), False
        return self._connection

    def leave(self) -> None:
        """Let another process sign."""
        if self._connection:
            self._connection.close()
        self._connection = None
        self._forget()
