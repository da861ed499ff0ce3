"""The ledger beside the least that PostgreSQL must do and beside a peer: the same sums, blocks in turn.

Run as `python -m bench.parts.ledger SINGLES BULKS ROUNDS [PEER'S VERSION]`; prints medians as one
line of JSON: entries per second and, against each reference, the ratio by the clock and by the
processor. The peer is django-hordak in a database `hordak` of the same server.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg

from bench.parts import running
from bench.parts.peers import Hordak
from bench.parts.spent import Spent, spent

HOMES = 800
BATCH = 1_000
AT = datetime(2024, 9, 1, tzinfo=UTC)

RAW = """
CREATE SCHEMA raw;
CREATE TABLE raw.account (id int PRIMARY KEY, name text);
INSERT INTO raw.account SELECT g, 'a' || g FROM generate_series(0, 800) g;
CREATE TABLE raw.entry (id bigint PRIMARY KEY, d date NOT NULL, memo text NOT NULL);
CREATE TABLE raw.leg (
    entry_id bigint NOT NULL REFERENCES raw.entry, n smallint NOT NULL,
    account_id int NOT NULL REFERENCES raw.account, amount bigint NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry_id, n)
);
CREATE INDEX ON raw.leg (account_id);
"""
RAW_SINGLE = """
WITH e AS (INSERT INTO raw.entry VALUES (%s, '2024-09-01', 'x') RETURNING id)
INSERT INTO raw.leg VALUES (%s, 0, 800, %s), (%s, 1, %s, %s)
"""
ONE = "SELECT funds_post_one('post', %s, %s, %s, NULL, NULL, NULL, NULL, %s, %s)"
MANY = """
SELECT count(*) FROM funds_post(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[],
    %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[])
"""


def connections() -> tuple[psycopg.Connection, psycopg.Connection]:
    """Give the owner's and the app's connection to the benchmark's database."""
    from config import logins
    from config.postgres import Server, state_directory

    server = Server(state_directory())
    owner, app = (
        logins.connect(server=server, login=login, database=logins.DATABASE)
        for login in (logins.OWNER, logins.APP)
    )
    return owner, app


def accounts(*, owner: psycopg.Connection) -> tuple[int, list[int]]:
    """Make a supervised account with `HOMES` homes in its books. Returns: 3000 and 1122s."""
    import django

    django.setup()
    from bandeng.funds.models import Chart, LedgerAccount, SupervisedAccount, properties
    from bandeng.people.actions import add_organisation
    from bandeng.people.models import OrganisationKind
    from bandeng.places.actions import add_area, add_estate
    from bandeng.trail.models import Thread
    from bandeng.trail.rules import HOUSE

    by: dict[str, Any] = {"by": HOUSE, "at": AT}
    area = add_area(code="430203003001", name="社区", since_on=AT.date(), **by)
    estate = add_estate(name="小区", area=area, address="", **by)
    body = add_organisation(name="公司", kind=OrganisationKind.COLLECTOR, area_code="430203", **by)
    account = SupervisedAccount.objects.create(
        estate=estate, name="专户", holder=body, creditor=body, debtor=body, invoicer=body,
        agreement="bank", bank="银行", bank_number="1", thread=Thread.objects.create(),
    )  # fmt: skip
    made = LedgerAccount.objects.bulk_create(
        LedgerAccount(account=account, code=f"{account.code}/{chart.value}{tail}", **properties(chart))
        for chart, tail in [
            (Chart.UNCOLLECTED, ""),
            *((Chart.RECEIVABLE, f"/{n:064x}") for n in range(HOMES)),
        ]
    )  # fmt: skip
    return made[0].pk, [each.pk for each in made[1:]]


class Bench:
    """Blocks of raw and of ours, in turn, so that both meet the same machine."""

    def __init__(self) -> None:
        self.owner, self.app = connections()
        self.credit, self.homes = accounts(owner=self.owner)
        self.owner.execute("ANALYZE funds_ledgeraccount, funds_balance")
        self.owner.execute(RAW)  # never analysed empty: a plan for no rows would scan them all
        self.bank, self.payers = running.prepare(connection=self.owner, homes=HOMES)
        self.dice = random.Random(1)  # noqa: S311
        self.n = 0

    def entries(self, count: int) -> list[tuple[int, int, int]]:
        """Give (number, home's place, fen)."""
        self.n += count
        first = self.n - count
        return [
            (first + n, self.dice.randrange(HOMES), self.dice.randrange(100, 900_000))
            for n in range(count)
        ]

    def raw_single(self, count: int) -> None:
        """One statement and commit an entry."""
        for n, home, fen in self.entries(count):
            self.owner.execute(RAW_SINGLE, (n, n, fen, n, home, -fen))

    def single(self, count: int) -> None:
        """Our single path."""
        for n, home, fen in self.entries(count):
            self.app.execute(ONE, (self.homes[home], self.credit, fen, f"s{n}", AT))

    def raw_bulk(self, count: int) -> None:
        """COPY into keyed tables."""
        told = self.entries(count)
        for start in range(0, count, BATCH):
            rows = told[start : start + BATCH]
            with self.owner.transaction(), self.owner.cursor() as cursor:
                with cursor.copy("COPY raw.entry FROM STDIN") as copy:
                    for n, _home, _fen in rows:
                        copy.write_row((n, "2024-09-01", "x"))
                with cursor.copy("COPY raw.leg FROM STDIN") as copy:
                    for n, home, fen in rows:
                        copy.write_row((n, 0, 800, fen))
                        copy.write_row((n, 1, home, -fen))

    def bulk(self, count: int) -> None:
        """Our bulk path."""
        told = self.entries(count)
        for start in range(0, count, BATCH):
            rows = told[start : start + BATCH]
            self.app.execute(
                MANY,
                (
                    None, [self.homes[h] for _n, h, _f in rows], [self.credit] * len(rows),
                    [f for _n, _h, f in rows], None, None, None, None,
                    [f"b{n}" for n, _h, _f in rows], [AT],
                ),
            )  # fmt: skip

    def running_single(self, count: int) -> None:
        """One call and commit an entry."""
        for _n, home, fen in self.entries(count):
            self.owner.execute(running.POST, ([self.payers[home]], [self.bank], [fen], AT))

    def running_bulk(self, count: int) -> None:
        """One call and commit a batch."""
        told = self.entries(count)
        for start in range(0, count, BATCH):
            rows = told[start : start + BATCH]
            payers = [self.payers[home] for _n, home, _fen in rows]
            fen = [fen for _n, _home, fen in rows]
            self.owner.execute(running.POST, (payers, [self.bank] * len(rows), fen, AT))

    def blocks(self, *, singles: int, bulks: int) -> dict[str, Callable[[], Spent]]:
        """Give each kind of block: how it is worked and measured."""

        def block(run: Callable[[int], None], count: int, at: psycopg.Connection) -> Any:
            return lambda: spent(work=lambda: run(count), backend=at.info.backend_pid)

        return {
            "raw single": block(self.raw_single, singles, self.owner),
            "single": block(self.single, singles, self.app),
            "raw bulk": block(self.raw_bulk, bulks, self.owner),
            "bulk": block(self.bulk, bulks, self.app),
            "running single": block(self.running_single, singles, self.owner),
            "running bulk": block(self.running_bulk, bulks, self.owner),
        }


def peer_blocks(*, peer: Hordak, singles: int, bulks: int) -> dict[str, Callable[[], Spent]]:
    """Give the peer's."""
    return {
        "hordak single": lambda: peer.post(kind="single", count=singles),
        "hordak bulk": lambda: peer.post(kind="bulk", count=bulks),
    }


def fsync(*, folder: str) -> float:
    """Give the seconds that a page takes to be safe on the disk of `folder` (a median of 20)."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(8192 * 64))
        os.fsync(file.fileno())
        took = []
        for n in range(20):
            begun = time.perf_counter()
            os.pwrite(file.fileno(), bytes([n]) * 8192, 8192 * n)
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - begun)
    return statistics.median(took)


def rates(
    *, blocks: dict[str, Callable[[], Spent]], counts: dict[str, int], rounds: int
) -> dict[str, Any]:
    """Work every block `rounds` times in turn. Returns: medians, ratios within a round."""
    found: dict[str, list[Spent]] = {name: [] for name in blocks}
    syncs = []
    for turn in range(rounds + 1):
        for name, work in blocks.items():
            took = work()
            if turn:  # the first warms up
                found[name].append(took)
        syncs.append(fsync(folder=os.environ["BANDENG_STATE"]))
    told: dict[str, Any] = {"fsync ms": round(1_000 * statistics.median(syncs), 3)}
    for name, all_ in found.items():
        kind = name.rpartition(" ")[2]
        told[name] = counts[kind] / statistics.median(each.clock for each in all_)
        pairs = list(zip(all_, found[kind], strict=True))
        told[f"{name}, clock"] = statistics.median(other.clock / own.clock for other, own in pairs)
        told[f"{name}, cpu"] = statistics.median(other.cpu / own.cpu for other, own in pairs)
    return told


def main() -> None:
    """Measure and print."""
    singles, bulks, rounds = (int(word) for word in sys.argv[1:4])
    blocks = Bench().blocks(singles=singles, bulks=bulks)
    peer = None
    if version := "".join(sys.argv[4:]):
        from config import logins
        from config.postgres import Server, state_directory

        server = Server(state_directory())
        secret = server.password(login=logins.OWNER)
        asked = {"host": str(server.socket), "user": logins.OWNER, "database": "hordak"}
        peer = Hordak(version=version, database=asked | {"password": secret})
        blocks |= peer_blocks(peer=peer, singles=singles, bulks=bulks)
    counts = {"single": singles, "bulk": bulks}
    print(json.dumps(rates(blocks=blocks, counts=counts, rounds=rounds)))  # noqa: T201
    if peer:
        peer.end()


if __name__ == "__main__":
    main()
