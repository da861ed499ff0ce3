"""Cases at a size that a subdistrict never reaches: list, filter, case page and report.

`./run bench cases [--json] [--quick]`: 100,000 cases with 1,000,000 entries (`--quick`: a
tenth) on a server of its own with the product's settings. Each page goes through the whole
stack in this process, signed in, and is set beside (a) a bare Django view with the same
queries and the same bytes, goal at most twice its processor time, and (b) django-helpdesk
with as many tickets on the same server, goal at most a fifth of its. Processor time is
Django's and PostgreSQL's together.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench import frame
from bench.parts.requests import Cost, measure, note
from config.installation import Installation

if TYPE_CHECKING:
    from django.db.models import Model

    from bench.parts.many_cases import Known

CASES, QUICK = 100_000, 10_000
TIMES = {False: 100, True: 20}
BARE, PEER = "bare Django view", "django-helpdesk 2.6.1"
GOALS = {BARE: 2.0, PEER: 0.2}  # of the reference's

Line = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A page's address, or what is posted, and who asks."""

    name: str
    address: Callable[[int], str]
    person: str = "Erin"
    posted: Callable[[int], dict[str, Any]] | None = None


def pages(*, known: "Known") -> list[Page]:
    """Give what is measured: an officer at work, a resident who reports."""
    from django.urls import reverse  # needs the settings, which need the state directory

    estate = known.world.estate.pk
    lamps = str(known.world.lamps.token)
    report = reverse("cases:report", args=[known.world.building.token])
    return [
        Page("list", lambda turn: reverse("cases:list")),
        Page("filter", lambda turn: f"{reverse('cases:list')}?state=ended&estate={estate}"),
        Page("search", lambda turn: f"{reverse('cases:list')}?state=all&text=第12-1小区"),
        Page(
            "case",
            lambda turn: reverse("cases:detail", args=[known.numbers[turn % len(known.numbers)]]),
        ),
        Page(
            "report",
            lambda turn: report,
            person="Alice",
            posted=lambda turn: {
                "category": lamps, "danger": "no", "text": "三楼的灯坏了一周", "place": "三楼",
                "name": "", "phone": "", "client_id": str(uuid4()),
            },
        ),
    ]  # fmt: skip


def client_of(*, known: "Known", person: str) -> Any:
    """Sign a person in."""
    from django.test import Client

    client = Client(headers={"accept-language": "zh-CN"}, SERVER_NAME="localhost")
    client.force_login(known.world.people[person])
    return client


def asking(*, client: Any, page: Page) -> Callable[[int], int]:
    """Give what is measured: one request, answered as it should be."""
    right = 302 if page.posted else 200

    def ask(turn: int) -> int:
        if page.posted:
            own = f"10.0.{turn // 250}.{turn % 250}"  # from one address few reports are taken
            answer = client.post(page.address(turn), page.posted(turn), REMOTE_ADDR=own)
        else:
            answer = client.get(page.address(turn))
        if answer.status_code != right:
            raise AssertionError(f"{page.name}: {answer.status_code}\n{answer.content.decode()}")
        return len(answer.content)

    return ask


def ours(*, page: Page, known: "Known", times: int, postmaster: int) -> Cost:
    """Measure our own page, and count its queries."""
    from bench.parts.bare import recorded

    ask = asking(client=client_of(known=known, person=page.person), page=page)
    cost = measure(ask=ask, times=times, postmaster=postmaster)
    with recorded() as statements:
        size = ask(0)
    return Cost(cost.cpu_ms, cost.p95_ms, len(statements), size)


def bare(*, page: Page, known: "Known", times: int, postmaster: int) -> Cost:
    """Measure a bare Django view that asks and says the same."""
    from django.test import override_settings

    from bench.parts import bare as part

    client = client_of(known=known, person=page.person)
    with part.recorded() as statements:
        if page.posted:
            client.post(page.address(0), page.posted(0))
            view = part.writing_view(statements=statements, new=rows_of_a_report, changed="title")
        else:
            said = client.get(page.address(0)).content.decode()
    if not page.posted:
        view = part.page_view(page=said, statements=statements)
    plain = Page("bare", lambda turn: "/page/", page.person, page.posted)
    urls = part.Urls(page=view)
    with override_settings(ROOT_URLCONF=urls, MIDDLEWARE=part.MIDDLEWARE):
        ask = asking(client=client_of(known=known, person=page.person), page=plain)
        cost = measure(ask=ask, times=times, postmaster=postmaster)
        with part.recorded() as asked:
            size = ask(0)
    return Cost(cost.cpu_ms, cost.p95_ms, len(asked), size)


@cache
def _written() -> tuple[Any, ...]:
    """Give what our own report wrote last: report, handover, story, and what was told of it."""
    from bandeng.cases.models import Report
    from bandeng.post.models import Delivery
    from bandeng.trail.models import Entry

    report = Report.objects.select_related("case__thread").latest("pk")
    entries = Entry.objects.filter(thread=report.case.thread).select_related("private_part")
    told = Delivery.objects.select_related("message").latest("pk")
    return report, report.case.handovers.get(), list(entries), told


def rows_of_a_report() -> "list[Model]":
    """Give rows like those that our own report wrote, with fresh keys, unsaved."""
    report, handover, entries, told = _written()
    case, report, handover = copy(report.case), copy(report), copy(handover)
    rows = list(_fresh(case=case, report=report, handover=handover, entries=entries))
    message, delivery = copy(told.message), copy(told)
    message.pk, message.token, delivery.pk, delivery.message = None, uuid4(), None, message
    return [*rows, message, delivery]


def _fresh(*, case: Any, report: Any, handover: Any, entries: Any) -> "Iterator[Model]":
    from bandeng.trail.models import Entry, EntryPrivate, Thread

    thread, number = Thread(), uuid4().hex
    case.pk, case.token, case.number, case.thread = None, uuid4(), number[:20], thread
    report.pk, report.token, report.number, report.case = None, uuid4(), number, case
    report.client_id, report.secret_hash = uuid4(), uuid4().bytes * 2
    handover.pk, handover.case = None, case
    yield from (thread, case, report, handover)
    for entry in entries:
        kept = entry.private_part
        line = Entry(
            thread=thread, verb=entry.verb, actor=entry.actor, subject=entry.subject, at=entry.at,
            public=entry.public, commitment=entry.commitment,
        )  # fmt: skip
        yield line
        yield EntryPrivate(entry=line, salt=kept.salt, private=kept.private)


def query_lines(*, known: "Known", costs: dict[str, Cost]) -> Iterator[Line]:
    """Compare the queries of full pages with those of pages that have almost nothing to show."""
    from django.urls import reverse

    from bench.parts.bare import recorded

    client = client_of(known=known, person="Erin")
    short = {
        "list": f"{reverse('cases:list')}?state=all&text={known.short}",
        "case": reverse("cases:detail", args=[known.short]),
    }
    for name, address in short.items():
        with recorded() as statements:
            client.get(address)
        yield line(name, "queries", costs[name].queries, len(statements), "one row", 1.0)


def run(*, installation: Installation, quick: bool, peer: bool) -> Iterator[Line]:
    """Load, measure, compare."""
    import django

    django.setup()
    from bench.parts import helpdesk_peer, many_cases

    count, times = (QUICK if quick else CASES), TIMES[quick]
    note(f"{count:,} cases with {count * many_cases.ENTRIES:,} entries …")
    known = many_cases.load(server=installation.server, cases=count)
    postmaster = int((installation.server.data / "postmaster.pid").read_text().split("\n")[0])
    common: dict[str, Any] = {"known": known, "times": times, "postmaster": postmaster}
    costs = {}
    for page in pages(known=known):
        note(f"{page.name} …")
        costs[page.name] = mine = ours(page=page, **common)
        yield from compared(case=page.name, mine=mine, other=bare(page=page, **common), name=BARE)
    yield from query_lines(known=known, costs=costs)
    if not peer:
        return
    note(f"{PEER} with as many tickets …")
    peers = helpdesk_peer.costs(
        installation=installation, tickets=count, entries=many_cases.ENTRIES, times=times,
        postmaster=postmaster,
    )  # fmt: skip
    for name, other in peers.items():
        yield from compared(case=name, mine=costs[name], other=other, name=PEER)


def line(case: str, unit: str, mine: float, other: float, name: str, goal: float) -> Line:
    """Give one figure beside its reference; `goal` is a share of the reference."""
    return {
        "bench": "cases",
        "case": case,
        "unit": unit,
        "ours": round(mine, 2),
        "reference": round(other, 2),
        "reference_name": name,
        "goal": round(goal * other, 2),
    }


def compared(*, case: str, mine: Cost, other: Cost, name: str) -> Iterator[Line]:
    """Give the lines of one page beside one reference."""
    if name == BARE:
        yield line(case, "queries", mine.queries, other.queries, name, 1.0)
        yield line(case, "bytes", mine.size, other.size, name, 1.0)
    goal = GOALS[name]
    yield line(case, "cpu-ms", mine.cpu_ms, other.cpu_ms, name, goal)
    yield line(case, "p95-ms", mine.p95_ms, other.p95_ms, name, goal)


def main(words: list[str]) -> int:
    """Make a house of its own, measure, and leave nothing behind."""
    parser = argparse.ArgumentParser(prog="./run bench cases", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a tenth of the data")
    parser.add_argument("--no-peer", action="store_true", help="needs no package registry")
    asked = parser.parse_args(words)
    with frame.own_installation() as installation:
        lines = run(installation=installation, quick=asked.quick, peer=not asked.no_peer)
        for told in lines:
            frame.report(**told, as_json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
