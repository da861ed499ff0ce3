"""The ledger beside the least that PostgreSQL must do: the same sums, one process, blocks in turn.

Run as `python -m bench.parts.ledger SINGLES BULKS ROUNDS`; prints medians as one line of JSON.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg

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

    def rates(self, rounds: int, singles: int, bulks: int) -> dict[str, Any]:
        """Give entries per second, medians of `rounds`, and the medians of their ratios."""
        found: dict[str, list[float]] = {}
        work: dict[str, tuple[Callable[[int], None], int]] = {
            "raw_single": (self.raw_single, singles), "single": (self.single, singles),
            "raw_bulk": (self.raw_bulk, bulks), "bulk": (self.bulk, bulks),
        }  # fmt: skip
        for turn in range(rounds + 1):
            for name, (run, count) in work.items():
                begun = time.perf_counter()
                run(count)
                if turn:  # the first warms up
                    found.setdefault(name, []).append(count / (time.perf_counter() - begun))
        told = {name: statistics.median(rates) for name, rates in found.items()}
        for name in ("single", "bulk"):
            pairs = zip(found[name], found[f"raw_{name}"], strict=True)
            told[f"{name}_ratio"] = statistics.median(ours / raw for ours, raw in pairs)
        return told


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:4]]
    print(json.dumps(Bench().rates(asked[2], asked[0], asked[1])))  # noqa: T201
