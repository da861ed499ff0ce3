"""The newspaper's page in the scenario: figures named, stories written and signed, videos placed.

The articles tell the page's facts in our own words; every number in them is a figure.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bandeng.cases.models import Case
from bandeng.funds.models import SupervisedAccount
from bandeng.people.models import Person
from bandeng.places.models import Estate
from bandeng.stories.actions import define_figure, place_video, publish_story, write_story
from bandeng.stories.rules import Words

HERE = Path(__file__).parent
WRITTEN_AT = datetime(2024, 11, 24, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
SIGNED_AT = datetime(2024, 11, 25, 6, tzinfo=ZoneInfo("Asia/Shanghai"))
PAGE_ESTATE = ("福鑫南郡", "Fuxin Nanjun")  # as the articles call it
ORDER = ("bench", "care", "unity", "union", "teaching")

# key: source, subject, Chinese name, English name
FIGURES = {
    "fuxin.buildings": ("places.buildings", "estate", "福鑫南郡楼栋", "Buildings of Fuxin Nanjun"),
    "fuxin.homes": ("places.homes", "estate", "福鑫南郡户数", "Homes of Fuxin Nanjun"),
    "fuxin.stuck_since": ("cases.stuck_since", "stuck", "问题起于", "Stuck since"),
    "fuxin.homes_at_risk": ("cases.homes_at_risk", "stuck", "受影响住户", "Homes at risk"),
    "fuxin.homes_in_arrears": ("funds.homes_in_arrears", "account", "欠费户数", "Homes in arrears"),
    "fuxin.arrears_fen": ("funds.arrears", "account", "欠费金额", "Fees owed"),
    "fuxin.inquiry_opened_on": ("cases.inquiry_opened_on", "", "启动调查", "Inquiry opened"),
    "fuxin.talks_days": ("talks.days", "", "商谈天数", "Days of talks"),
    "fuxin.task_force_on": ("cases.task_force_on", "", "专班成立", "Task force set up"),
    "fuxin.tender_on": ("works.tender_on", "", "启动招标", "Tender started"),
    "fuxin.contract_on": ("works.contract_on", "", "签订施工合同", "Works contract signed"),
    "fuxin.work_resumed_on": ("works.resumed_on", "", "工程复工", "Work resumed"),
    "fuxin.facade_days_to_safe": (
        "cases.days_to_safe", "facade", "外墙隐患排除用时", "Days until the facade was safe",
    ),
    "care.tang_visits_per_month": (
        "care.visits_per_month", "", "一户老夫妻每月上门次数", "Home visits a month to one old couple",
    ),
    "unity.contest_schools": (
        "gatherings.contest_schools", "", "演讲参赛学校", "Schools in the speech contest",
    ),
    "unity.contestants": ("gatherings.contestants", "", "演讲选手", "Speakers in the contest"),
    "unity.works_shown": ("gatherings.works_shown", "", "展出书画", "Works shown"),
    "unity.talks": ("gatherings.talks", "", "宣讲场次", "Talks held"),
    "unity.subdistricts": (
        "gatherings.subdistricts", "", "宣讲覆盖街(镇)", "Subdistricts and towns reached",
    ),
    "unity.communities": (
        "gatherings.communities", "", "宣讲覆盖社区(村)", "Communities and villages reached",
    ),
    "unity.difficulties_solved": (
        "cases.difficulties_solved", "", "协调解决困难", "Difficulties solved",
    ),
    "union.pairs_exchanged": (
        "gatherings.pairs_exchanged", "", "互留联系方式", "Pairs who exchanged contacts",
    ),
    "union.couples": ("gatherings.couples", "", "确定恋爱关系", "Couples"),
    "union.very_satisfied_share": (
        "gatherings.very_satisfied", "", "非常满意占比", "Share of the very satisfied",
    ),
    "teaching.officials_that_day": (
        "gatherings.volunteers_that_day", "", "当日选调生", "Young officials that day",
    ),
    "teaching.children_that_day": (
        "gatherings.children_that_day", "", "当日孩子", "Children that day",
    ),
    "teaching.since": ("gatherings.since", "", "联合会成立", "Federation founded"),
    "teaching.schools": ("gatherings.schools", "", "走进学校", "Schools visited"),
    "teaching.sessions": ("gatherings.sessions", "", "活动场次", "Sessions held"),
    "teaching.person_times": ("gatherings.person_times", "", "帮扶人次", "Pupils helped, person-times"),
    "news.videos_with_codes": ("stories.videos_with_codes", "", "带码短视频", "Videos with a code"),
}  # fmt: skip

# slug: Chinese title, English title, Chinese blurb, English blurb; the titles are the page's
VIDEOS = {
    "made-in-zhuzhou": (
        "制造名城株洲，闯出高质量发展新路子",
        "Zhuzhou, a city that makes things, finds a new road of quality growth",
        "从轨道交通装备、航空发动机到硬质材料，片子走过城里几个国家级和省级产业集群，讲一座靠制造起家的城市怎样往前走。",
        "A town built on manufacturing goes on: from railway equipment to hard materials.",
    ),
    "run-with-zhuzhou": ("与株洲同奔跑", "Running with Zhuzhou", "", ""),
    "a-walk": ("带你去走走", "Come for a walk", "", ""),
}


class Scene(Protocol):
    """What the page needs of the scenario."""

    people: dict[str, Person]
    cases: dict[str, Case]
    estate: Estate
    account: SupervisedAccount


def bounds() -> list[dict[str, Any]]:
    """Give the page's words and bounds for every figure (product.md, the acceptance scenario)."""
    rows: list[dict[str, Any]] = json.loads((HERE / "scenario.json").read_text(encoding="utf-8"))
    return rows


def article(*, slug: str, language: str, estate: str = "") -> Words:
    """Read one article; on another estate than the page's, it is told of that one."""
    text = (HERE / "articles" / f"{slug}.{language}.md").read_text(encoding="utf-8")
    _nothing, head, body = text.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
    words = {name: _of(estate, value) for name, value in (fields | {"body": body.strip()}).items()}
    return Words(**words)


def build_page(*, stage: Scene) -> None:
    """Name the figures, let the correspondent write and the editor sign."""
    by: dict[str, Any] = {"by": stage.people["correspondent"], "at": WRITTEN_AT}
    estate = stage.estate.name.removesuffix("小区")
    for key, source, subject, chinese, english in _figures(stage):
        define_figure(
            key=key, source=source, subject=subject,
            label_zh=_of(estate, chinese), label_en=_of(estate, english), **by,
        )  # fmt: skip
    for rank, slug in enumerate(ORDER, start=1):
        zh, en = (article(slug=slug, language=spoken, estate=estate) for spoken in ("zh", "en"))
        story = write_story(slug=slug, rank=rank, zh=zh, en=en, **by)
        publish_story(story=story, by=stage.people["editor"], at=SIGNED_AT)
    for rank, (slug, (chinese, english, about, about_english)) in enumerate(VIDEOS.items(), 1):
        place_video(
            slug=slug, rank=rank, title_zh=f"《{chinese}》", title_en=english,
            blurb_zh=about, blurb_en=about_english, **by,
        )  # fmt: skip


def _figures(stage: Scene) -> Iterator[tuple[str, str, Any, str, str]]:
    subjects = {"": None, "estate": stage.estate.token, "account": stage.account.token}
    subjects |= {name: case.token for name, case in stage.cases.items()}
    for key, (source, subject, chinese, english) in FIGURES.items():
        yield key, source, subjects[subject], chinese, english


def _of(estate: str, text: str) -> str:
    if not estate:
        return text
    for name in PAGE_ESTATE if estate != PAGE_ESTATE[0] else ():
        text = text.replace(name, estate)
    return text
