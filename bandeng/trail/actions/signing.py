"""What the signer writes, with its own login: whose row is which leaf, and what was signed.

It works on a connection of its own that commits each step; no web process calls this.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from bandeng.kit.locks import KEYS
from bandeng.trail import files
from bandeng.trail.keys import signed
from bandeng.trail.rules.merkle import leaf_hash
from bandeng.trail.rules.notes import Checkpoint, PrivateKey
from bandeng.trail.rules.tiles import HASH, WIDTH, Edge, hashes
from bandeng.trail.sources import Source, leaf_sql, sources

LOCK = "signer"
TAKE: LiteralString = f"SELECT pg_try_advisory_lock({KEYS})"
CHUNK = 4096  # rows in memory at a time
FOREVER = (1 << 63) - 1

SNAPSHOT = """
SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint
FROM pg_current_snapshot() s
"""
NEXT_INDEX = "SELECT coalesce(max(index) + 1, 0) FROM trail_leaf"
SAID_LAST = "SELECT size, root FROM trail_checkpoint ORDER BY size DESC LIMIT 1"
LATE = """
SELECT s.{number}, s.{leaf} FROM {table} s
WHERE s.{transaction} >= %s AND s.{transaction} < %s
AND NOT EXISTS (SELECT FROM trail_leaf l WHERE l.source = %s AND l."row" = s.{number})
ORDER BY s.{number}
"""
GAP_FREE = """
SELECT s.{number}, s.{leaf} FROM {table} s
WHERE s.{number} > (SELECT coalesce(max("row"), -1) FROM trail_leaf WHERE source = %s)
ORDER BY s.{number}
"""
COPY_LEAVES = 'COPY trail_leaf (index, source, "row", hash) FROM STDIN'
ROWS = """
SELECT index, source, "row", hash, {leaf} FROM trail_leaf
WHERE index >= %s AND index < %s ORDER BY index
"""


class LogRefused(Exception):  # noqa: N818
    """The signer will not sign; `code` and `facts` say why."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(f"{code} {facts}")
        self.code, self.facts = code, facts


@dataclass
class Progress:
    """All rows written by transactions below `horizon` have their leaf.

    A transaction's number says nothing after a restore into another server: the first
    pass therefore asks for every row, later ones only for numbers in sight.
    """

    horizon: int = 0

    def until(self, ahead: int) -> int:
        """Give the number below which a pass looks."""
        return ahead if self.horizon else FOREVER


@dataclass(frozen=True)
class Row:
    """A leaf, and its row's bytes as they lie there now (None: the row is gone)."""

    index: int
    source: str
    number: int
    hash: bytes
    leaf: bytes | None

    def check(self) -> bytes:
        """Give the row's bytes.

        Raises:
            LogRefused: they are not those that became a leaf.
        """
        if self.leaf is None:
            raise LogRefused("lost_row", source=self.source, row=self.number, index=self.index)
        if leaf_hash(leaf=self.leaf) != self.hash:
            raise LogRefused("changed_row", source=self.source, row=self.number, index=self.index)
        return self.leaf


def take_over(*, connection: psycopg.Connection) -> bool:
    """Try to be the one signer of the installation, for as long as this connection lives."""
    found = connection.execute(TAKE, [LOCK]).fetchone()
    return bool(found and found[0])


def has_signed(*, connection: psycopg.Connection) -> bool:
    """Tell whether the database remembers that something was signed."""
    return connection.execute(SAID_LAST).fetchone() is not None


def assign_leaves(*, connection: psycopg.Connection, progress: Progress) -> int:
    """Give every committed row that has none the next free index, in one snapshot.

    Sources come in their order, so that what an entry allows stands before the transfer
    that it allowed. A row whose transaction is still running waits for the next pass.

    Returns: how many.
    """
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        oldest_running, ahead = _one(cursor, SNAPSHOT)
        first = index = int(_one(cursor, NEXT_INDEX)[0])
        for source in sources():
            index = _assign(connection, source, index, progress.horizon, progress.until(ahead))
    progress.horizon = oldest_running
    return index - first


def _one(cursor: psycopg.Cursor[Any], question: LiteralString) -> Any:
    return cursor.execute(question).fetchone()


def _assign(
    connection: psycopg.Connection, source: Source, index: int, since: int, until: int
) -> int:
    names = ("number", "leaf", "table", "transaction")
    words = {name: sql.Identifier(getattr(source, name)) for name in names}
    question: LiteralString = LATE if source.transaction else GAP_FREE
    asked = (since, until, source.name) if source.transaction else (source.name,)
    with connection.cursor(name="awaiting") as rows:
        rows.itersize = CHUNK
        rows.execute(sql.SQL(question).format(**words), asked)
        while some := list(islice(rows, CHUNK)):
            with connection.cursor().copy(COPY_LEAVES) as copy:
                for number, leaf in some:
                    copy.write_row((index, source.name, number, leaf_hash(leaf=leaf)))
                    index += 1
    return index


def rows_of(*, connection: psycopg.Connection, low: int, high: int) -> Iterator[Row]:
    """Give leaves and rows from index `low` up to, not including, `high`."""
    question = sql.SQL(ROWS).format(leaf=sql.SQL(leaf_sql()))
    with connection.cursor(binary=True) as cursor:
        for start in range(low, high, CHUNK):
            asked = (start, min(start + CHUNK, high))
            for index, source, number, hashed, leaf in cursor.execute(question, asked):
                yield Row(index, source, number, bytes(hashed), leaf and bytes(leaf))


def load_edge(*, connection: psycopg.Connection, folder: Path) -> Edge:
    """Give the tree's edge that was signed last, to go on from.

    Raises:
        LogRefused: the database has fewer leaves than were signed, or others.
    """
    said = files.last_checkpoint(folder=folder)
    edge = files.edge(folder=folder, size=said.size if said else 0)
    with connection.cursor() as cursor:
        have, last = int(_one(cursor, NEXT_INDEX)[0]), _one(cursor, SAID_LAST)
    signed_size = max(edge.size, last[0] if last else 0)
    if have < signed_size:
        raise LogRefused("smaller_tree", have=have, signed=signed_size)
    if said and edge.root() != said.root:
        raise LogRefused("broken_file", name=f"{said.size}")
    if last and last[0] <= edge.size:
        _meet(files.tree(folder=folder, size=last[0]).root(), *last)
    recheck(connection=connection, folder=folder, edge=edge, number=max(edge.size - 1, 0) // WIDTH)
    return edge


def _meet(root: bytes, size: int, said: bytes) -> None:
    if root != bytes(said):
        raise LogRefused("other_root", size=size)


def recheck(*, connection: psycopg.Connection, folder: Path, edge: Edge, number: int) -> None:
    """Compare the rows of tile `number` with what was signed.

    Raises:
        LogRefused: a row was rewritten or removed, or a file of the log is not what it was.
    """
    low, high = number * WIDTH, min((number + 1) * WIDTH, edge.size)
    if low >= high:
        return
    tile = files.read(folder=folder, level=0, number=number, width=high - low)
    published = hashes(data=tile[: (high - low) * HASH])
    found = list(rows_of(connection=connection, low=low, high=high))
    if [row.index for row in found] != list(range(low, high)):
        raise LogRefused("smaller_tree", have=low + len(found), signed=edge.size)
    for row, said in zip(found, published, strict=True):
        row.check()
        if row.hash != said:
            raise LogRefused("changed_row", source=row.source, row=row.number, index=row.index)


def publish(
    *, connection: psycopg.Connection, folder: Path, edge: Edge, keys: Sequence[PrivateKey]
) -> Checkpoint | None:
    """Write the files of all leaves since the last time, then sign.

    A crash in between leaves tiles that no checkpoint needs yet; they are written again.
    `edge` has grown when this returns; after an exception it is of no use any more.

    Returns: the new checkpoint, or None when there is nothing new.

    Raises:
        LogRefused: a row is not what became a leaf, or the root is not one signed before.
    """
    with connection.cursor() as cursor:
        have, last = int(_one(cursor, NEXT_INDEX)[0]), _one(cursor, SAID_LAST)
    if have < edge.size:
        raise LogRefused("smaller_tree", have=have, signed=edge.size)
    if have == edge.size and files.last_checkpoint(folder=folder):
        return None
    grown = _grow(rows_of(connection=connection, low=edge.size, high=have), edge, last)
    written = files.write(folder=folder, files=grown)
    if edge.size != have:
        raise LogRefused("smaller_tree", have=edge.size, signed=have)
    written += files.write(folder=folder, files=edge.unfinished())
    files.settle(paths=written)
    found = Checkpoint(keys[0].name, edge.size, edge.root())
    _sign(connection, folder, found, list(keys))
    full = [path for path in written if ".p" not in path.parent.name and path.is_file()]
    files.forget_parts(folder=folder, finished=[str(path.relative_to(folder)) for path in full])
    return found


def _grow(rows: Iterable[Row], edge: Edge, last: Any) -> Iterator[tuple[str, bytes]]:
    for row in rows:
        if row.index != edge.size:
            return
        yield from edge.add(leaf=row.check(), hashed=row.hash)
        if last and last[0] == edge.size:
            _meet(edge.root(), *last)


def _sign(
    connection: psycopg.Connection, folder: Path, found: Checkpoint, keys: list[PrivateKey]
) -> None:
    note = signed(checkpoint=found, keys=keys)
    connection.execute(
        "INSERT INTO trail_checkpoint (size, root, note) VALUES (%s, %s, %s) "
        "ON CONFLICT (size) DO NOTHING",
        (found.size, found.root, note),
    )
    public = "".join(f"{key.public}\n" for key in keys).encode()
    files.settle(paths=files.write(folder=folder, files=[("keys", public)]))
    files.settle(paths=files.write(folder=folder, files=[("checkpoint", note.encode())]))


def say(*, connection: psycopg.Connection, kind: str, code: str = "", **facts: Any) -> None:
    """Note what the signer has to tell, for the health page, unless it said so last."""
    told = json.dumps(facts, sort_keys=True)
    connection.execute(
        "INSERT INTO trail_signernotice (kind, code, facts) "
        "SELECT * FROM (VALUES (%(kind)s::text, %(code)s::text, %(facts)s::jsonb)) said "
        "EXCEPT (SELECT kind, code, facts FROM trail_signernotice ORDER BY id DESC LIMIT 1)",
        {"kind": kind, "code": code, "facts": told},
    )
