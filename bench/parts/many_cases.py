"""A subdistrict with very many cases: some by the product's own actions, the rest by COPY."""

import itertools
import json
import random
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import models

from bandeng.cases.actions import submit_report
from bandeng.cases.models import Case, Handover, Report
from bandeng.cases.rules.numbers import case_number, report_number, secret_hash
from bandeng.cases.rules.states import State
from bandeng.kit.crypto import encrypt
from bandeng.people.models import Person
from bandeng.places import actions as places
from bandeng.places.models import Building, Estate
from bandeng.trail import rules
from bandeng.trail.models import Entry, EntryPrivate, Thread
from bandeng.trail.rules import HOUSE
from config import logins
from config.postgres import SUPERUSER, Server
from tests.world import build

COMMUNITIES, ESTATES, BUILDINGS = 20, 3, 7
OPEN_SHARE = 0.03
ENTRIES = 10  # a case's story
SEED = 2
VERBS = (
    ("case.opened", False), ("report.received", False), ("case.routed", True),
    ("case.accepted", False), ("case.started", True), ("comment.public", True),
    ("comment.internal", True), ("case.result_reported", True), ("case.asked", False),
    ("case.closed", True),
)  # fmt: skip
TEXT = "已联系物业公司，约定周三上午到场查看，处理后电话告知反映人。"
OPEN = (State.ASSIGNED, State.ACCEPTED, State.IN_PROGRESS)


@dataclass(frozen=True)
class Known:
    """What the benchmark asks about."""

    world: SimpleNamespace
    cases: int
    numbers: list[str]  # of cases in different estates
    short: str  # the number of the case with the shortest story


def load(*, server: Server, cases: int) -> Known:
    """Furnish the house as its tests do, then fill it."""
    world: SimpleNamespace = build()  # type: ignore[no-untyped-call]
    buildings = [*_buildings(at=world.now), world.building]
    example = submit_report(
        estate=world.estate, building=world.building, category=world.lamps, text="楼道灯不亮",
        by=world.people["Alice"], at=world.now,
    ).report  # fmt: skip
    numbers = list(_copy(server=server, cases=cases, buildings=buildings, example=example))
    return Known(world, cases, numbers, example.case.number)


def _buildings(*, at: datetime) -> Iterator[Building]:
    by: dict[str, Any] = {"by": HOUSE, "at": at}
    for n in range(11, 11 + COMMUNITIES):
        area = places.add_area(
            code=f"430203003{n:03}", name=f"第{n}社区", since_on=date(2010, 1, 1), **by
        )
        for m in range(ESTATES):
            estate = places.add_estate(name=f"第{n}-{m}小区", area=area, address="", **by)
            for number in range(1, BUILDINGS + 1):
                yield places.add_building(estate=estate, number=str(number), **by)


class Rows:
    """Rows of one table, each like an example but for what is given."""

    def __init__(self, *, example: models.Model, skip: tuple[str, ...] = ()) -> None:
        fields = example._meta.concrete_fields
        self.fields = [
            f for f in fields if not isinstance(f, models.GeneratedField) and f.name not in skip
        ]
        self.table = example._meta.db_table
        self.columns = ", ".join(f'"{f.column}"' for f in self.fields)
        self.values = {f.attname: getattr(example, f.attname) for f in self.fields}

    def row(self, **given: Any) -> list[Any]:
        """Give one row in the table's order."""
        row = self.values | given
        return [
            json.dumps(row[f.attname]) if isinstance(f, models.JSONField) else row[f.attname]
            for f in self.fields
        ]

    def copy(self, *, cursor: psycopg.Cursor, rows: Iterable[list[Any]]) -> None:
        """Write them all."""
        with cursor.copy(f"COPY {self.table} ({self.columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@dataclass(frozen=True)
class Fact:
    """What the rows of one case in all tables agree on."""

    pk: int
    number: str
    token: UUID
    reporter: UUID
    building: Building
    opened_at: datetime
    open: bool
    state: str
    kind: str


def _facts(*, cases: int, first: int, buildings: list[Building], until: datetime) -> list[Fact]:
    rand = random.Random(SEED)  # noqa: S311
    counters: dict[tuple[str, date], Iterator[int]] = {}
    found = []
    for pk in range(first, first + cases):
        building = rand.choice(buildings)
        running = rand.random() < OPEN_SHARE
        days = rand.uniform(1, 20) if running else rand.uniform(20, 3000)
        opened_at = until - timedelta(days=days)
        code, day = building.estate.area.code, opened_at.date()
        n = next(counters.setdefault((code, day), itertools.count(1001)))
        state = rand.choice(OPEN) if running else State.CLOSED_SOLVED
        found.append(
            Fact(
                pk=pk,
                number=case_number(day=day, area_code=code, n=n),
                token=uuid4(),
                reporter=uuid4(),
                building=building,
                opened_at=opened_at,
                open=running,
                state=state.value,
                kind="complaint",
            )
        )
    return found


def _copy(
    *, server: Server, cases: int, buildings: list[Building], example: Report
) -> Iterator[str]:
    """Write all rows as the superuser: foreign keys are not asked a million times."""
    case = example.case
    first = 1_000_000
    facts = _facts(cases=cases, first=first, buildings=buildings, until=case.opened_at)
    connection = logins.connect(server=server, login=SUPERUSER, database=logins.DATABASE)
    with connection, connection.transaction(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL search_path = {logins.SCHEMA}, public")
        cursor.execute("SET LOCAL session_replication_role = replica")
        _copy_cases(cursor=cursor, facts=facts, case=case, example=example)
        _copy_entries(cursor=cursor, facts=facts)
        for model in (Thread, Case, Report, Handover, Entry):
            table = model._meta.db_table
            behind = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            cursor.execute(behind)
    connection = logins.connect(server=server, login=SUPERUSER, database=logins.DATABASE)
    with connection:
        connection.execute("VACUUM ANALYZE")
    seen: set[int] = set()
    for fact in facts:
        if fact.building.estate_id not in seen and fact.open:
            seen.add(fact.building.estate_id)
            yield fact.number


def _copy_cases(*, cursor: psycopg.Cursor, facts: list[Fact], case: Case, example: Report) -> None:
    threads = Rows(example=case.thread)
    threads.copy(cursor=cursor, rows=(threads.row(id=fact.pk) for fact in facts))
    rows = Rows(example=case)
    rows.copy(cursor=cursor, rows=(rows.row(**_case(fact)) for fact in facts))
    reports = Rows(example=example, skip=("recorded_at",))
    hidden = encrypt(text=TEXT, context="cases_report.text")
    given = ({"name": None, "phone": None, "phone_key": None, "place": None} for _ in facts)
    reports.copy(
        cursor=cursor,
        rows=(
            reports.row(**_report(fact), text=hidden, **empty)
            for fact, empty in zip(facts, given, strict=True)
        ),
    )
    handovers = Rows(example=case.handovers.get())
    handovers.copy(
        cursor=cursor,
        rows=(handovers.row(id=fact.pk, case_id=fact.pk, at=fact.opened_at) for fact in facts),
    )


def _case(fact: Fact) -> dict[str, Any]:
    estate: Estate = fact.building.estate
    closed_at = None if fact.open else fact.opened_at + timedelta(days=4)
    return {
        "id": fact.pk,
        "token": fact.token,
        "number": fact.number,
        "title": f"{estate.name}{fact.building.number}栋：楼道照明",
        "area_code": estate.area.code,
        "estate_id": estate.pk,
        "building_id": fact.building.pk,
        "state": fact.state,
        "opened_at": fact.opened_at,
        "clock_from": fact.opened_at,
        "due_at": fact.opened_at + timedelta(days=7),
        "closed_at": closed_at,
        "result": "" if fact.open else TEXT,
        "result_at": closed_at,
        "thread_id": fact.pk,
        "followers": 1,
        "numbered": 1,
    }


def _report(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.pk,
        "token": fact.reporter,
        "number": report_number(case=fact.number, n=1),
        "secret_hash": secret_hash(secret=str(fact.reporter)),
        "case_id": fact.pk,
        "reporter_id": None,
        "client_id": None,
        "at": fact.opened_at,
    }


def _copy_entries(*, cursor: psycopg.Cursor, facts: list[Fact]) -> None:
    """Write every case's story: public bytes, commitments and private parts as they must be."""
    staff = Person.objects.get(name="Bob").token
    example = Entry.objects.first()
    kept = EntryPrivate.objects.first()
    if example is None or kept is None:
        raise LookupError("the house is furnished by actions, and every action tells")
    entries = Rows(example=example, skip=("recorded_at", "transaction"))
    privates = Rows(example=kept)
    texts = {True: rules.canonical(value={"text": TEXT}), False: rules.canonical(value={})}
    salts = [secrets.token_bytes(32) for _ in range(1000)]

    def public() -> Iterator[list[Any]]:
        for fact in facts:
            for n, (verb, told) in enumerate(VERBS):
                at = fact.opened_at + timedelta(hours=6 * n)
                commitment = sha256(salts[fact.pk % 1000] + texts[told]).digest()
                bytes_ = rules.public_part(
                    verb=verb, actor=staff, subject=fact.token, at=at, commitment=commitment,
                    facts={"number": fact.number},
                )  # fmt: skip
                yield entries.row(
                    id=fact.pk * ENTRIES + n, thread_id=fact.pk, verb=verb, actor=staff,
                    subject=fact.token, at=at, public=bytes_, commitment=commitment,
                )  # fmt: skip

    entries.copy(cursor=cursor, rows=public())
    privates.copy(
        cursor=cursor,
        rows=(
            privates.row(
                entry_id=fact.pk * ENTRIES + n, salt=salts[fact.pk % 1000], private=texts[told]
            )
            for fact in facts
            for n, (_verb, told) in enumerate(VERBS)
        ),
    )
