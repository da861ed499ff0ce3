"""Search over very many cases in Chinese: words of one, two and more characters.

`./run bench search [--json] [--quick]`: the list of cases, signed in, through the whole stack,
at 1,000,000 cases (`--quick`: 50,000), as an officer who sees all of them. The reference is
the same page with LIKE alone, without the index over pairs of characters.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from bench import frame
from bench.parts.requests import measure, note
from config import logins
from config.installation import Installation
from config.postgres import SUPERUSER

CASES, QUICK = 1_000_000, 50_000
TIMES, PLAIN = 40, 5
GOAL = 50.0  # ms, p95 of the page
SEED = 5
WORDS = {
    "one-character": "灯", "two-frequent": "噪音", "two-rare": "暖气", "three": "搅拌站",
    "four": "高压线杆", "two-words": "路灯 3栋", "none": "飞碟",
}  # fmt: skip
MATTERS = (
    "楼道照明", "路灯不亮", "夜间施工噪音", "装修噪音扰民", "电梯故障", "外墙脱落", "下水道堵塞",
    "垃圾无人清运", "违规停车", "消防通道被占", "井盖破损", "漏水渗水", "水压不足", "物业收费争议",
    "楼上漏水", "树木遮挡", "门禁损坏", "飞线充电", "油烟扰民", "宠物扰民", "停车位纠纷", "公共维修资金",
    "屋顶漏雨", "路面塌陷", "积水内涝", "广场舞噪音", "邻里纠纷", "楼道堆物", "路灯昼夜常亮", "监控损坏",
)  # fmt: skip
SELDOM = (("暖气不热", 0.002), ("搅拌站扬尘", 0.008), ("高压线杆倾斜", 0.0001))


def title(*, rand: random.Random, estate: str, building: str) -> str:
    """Give a summary as offices write them: place, building, unit, matter."""
    matter = rand.choice(MATTERS)
    for word, share in SELDOM:
        if rand.random() < share:
            matter = word
    return f"{estate}{building}栋{rand.randint(1, 4)}单元：{matter}"


def load(*, installation: Installation, cases: int) -> Any:
    """Furnish the house, then copy cases beside an example; the index is built at the end."""
    from bandeng.places.models import Building
    from bench.parts import many_cases as part

    known = part.load(server=installation.server, cases=1)
    rand, case = random.Random(SEED), known.world.case  # noqa: S311
    buildings = list(Building.objects.select_related("estate__area"))
    server: dict[str, Any] = {
        "server": installation.server,
        "login": SUPERUSER,
        "database": logins.DATABASE,
    }
    with logins.connect(**server) as connection, connection.cursor() as cursor:
        cursor.execute(f"SET search_path = {logins.SCHEMA}, public")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SELECT pg_get_indexdef('case_pieces'::regclass)")
        (index,) = cursor.fetchone() or ("",)
        cursor.execute("DROP INDEX case_pieces")
        first = 5_000_000
        threads, rows = part.Rows(example=case.thread), part.Rows(example=case)
        threads.copy(cursor=cursor, rows=(threads.row(id=first + n) for n in range(cases)))

        def told() -> Iterator[list[Any]]:
            for n in range(cases):
                building = rand.choice(buildings)
                estate = building.estate
                yield rows.row(
                    id=first + n, token=UUID(int=first + n), number=f"20200101-{first + n}-1",
                    thread_id=first + n, estate_id=estate.pk, area_code=estate.area.code,
                    building_id=building.pk,
                    title=title(rand=rand, estate=estate.name, building=building.number),
                )  # fmt: skip

        rows.copy(cursor=cursor, rows=told())
        note("the index …")
        cursor.execute(index)
    with logins.connect(**server) as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
    return known


def always(address: str, _turn: int) -> str:
    """Give the same address each turn."""
    return address


def nothing(*, word: str) -> str:  # as `search.asked`
    """Ask the index nothing: LIKE is left alone."""
    return ""


def run(*, installation: Installation, cases: int) -> Iterator[dict[str, Any]]:
    """Load, measure with the index, then without."""
    import django

    django.setup()
    from django.urls import reverse

    from bandeng.kit import search
    from bench.cases import Page, asking, client_of

    note(f"{cases:,} cases …")
    known = load(installation=installation, cases=cases)
    postmaster = int((installation.server.data / "postmaster.pid").read_text().split("\n")[0])
    client, asked = client_of(known=known, person="Erin"), search.asked
    for name, word in WORDS.items():
        address = f"{reverse('cases:list')}?state=all&text={word}"
        ask = asking(client=client, page=Page(name, partial(always, address)))
        ours = measure(ask=ask, times=TIMES, postmaster=postmaster)
        search.asked = nothing
        plain = measure(ask=ask, times=PLAIN, postmaster=postmaster, warm_up=1)
        search.asked = asked
        yield {
            "bench": "search", "case": name, "unit": "p95-ms", "ours": round(ours.p95_ms, 1),
            "reference": round(plain.p95_ms, 1), "reference_name": "LIKE without the index",
            "goal": GOAL,
        }  # fmt: skip


def main(words: list[str]) -> int:
    """Make a house of its own, measure, and leave nothing behind."""
    parser = argparse.ArgumentParser(prog="./run bench search", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="50,000 cases")
    asked = parser.parse_args(words)
    with frame.own_installation() as installation:
        for told in run(installation=installation, cases=QUICK if asked.quick else CASES):
            frame.report(**told, as_json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
