"""The long-stuck case: every old report since the beginning, and the hazard on the way."""

from datetime import date, datetime, timedelta

from bandeng.cases.actions import (
    accept_case,
    answer,
    comment_case,
    enter_report_on_behalf,
    follow_case,
    make_safe,
    name_buildings,
    publish_case,
    report_result,
    start_case,
    wait_case,
)
from bandeng.cases.models import AnswerChannel, Channel
from bandeng.cases.rules.rates import Satisfied, Solved
from bandeng.cases.rules.states import Kind
from bandeng.demo.build.stage import SHANGHAI, Stage, clock, photo
from bandeng.trail.models import Audience

OLD_REPORTS = 58  # invented: "dozens"
BEGINS, LAST = clock(2024, 8, 5), date(2024, 7, 26)
TITLE = "{}消防设施缺失，工程停工多年"
TEXTS = (
    "消防栓打开没有水，物业说管道一直没有接通。",
    "楼道里的烟感从来没有响过，住得不踏实。",
    "消防泵房锁着，里面设备都没装完。",
    "消防门坏了，地下室堆满东西，没有人管。",
    "开发商打官司，消防工程停在那里好多年了。",
    "因为消防没有验收，不动产证一直办不下来。",
    "问过好几次，都说要等开发商的官司有结果。",
    "老人住高层，万一失火怎么办，请尽快解决。",
)
PAPER_TRAIL = (Channel.PAPER, Channel.PHONE, Channel.WALK_IN, Channel.MEETING)


def tell_the_stuck_case(*, stage: Stage) -> None:
    """Enter what lay in old registers, then what the subdistrict did in 2024."""
    worker, officer = stage.people["worker"], stage.people["officer"]
    days = _old_days(stage)
    first, *others = days
    opened = enter_report_on_behalf(
        estate=stage.estate, category=stage.categories["fire"], kind=Kind.LONG_STUCK,
        text=TEXTS[0], channel=Channel.PAPER, reported_at=first, by=worker, at=BEGINS,
    )  # fmt: skip
    case = opened.report.case
    for number, reported_at in enumerate(others, start=1):
        enter_report_on_behalf(
            follows=case, text=stage.dice.choice(TEXTS), channel=stage.dice.choice(PAPER_TRAIL),
            reported_at=reported_at, by=worker, at=BEGINS + timedelta(minutes=number),
        )  # fmt: skip
    inhabited = [stage.buildings[str(number)] for number in sorted(stage.plan.inhabited)]
    name_buildings(case=case, buildings=inhabited, by=officer, at=clock(2024, 8, 6, 15))
    accept_case(case=case, by=officer, at=clock(2024, 8, 6, 16))
    start_case(case=case, by=officer, at=clock(2024, 8, 7))
    follow_case(case=case, text="我家也是，盼着早点拿到证。", by=stage.people["zhan"],
                at=clock(2024, 8, 20, 20))  # fmt: skip
    title = TITLE.format(stage.plan.name)
    publish_case(case=case, title=title, by=stage.people["director"], at=clock(2024, 9, 3))
    wait_case(
        case=case, reason="等待资金到位和招标结果；消防主管部门意见：先完善已住人楼栋。",
        by=officer, at=clock(2024, 9, 27, 17),
    )  # fmt: skip
    comment_case(
        case=case, audience=Audience.PUBLIC, text="施工合同已签订，消防工程复工。",
        by=officer, at=clock(2024, 11, 11, 10),
    )  # fmt: skip
    stage.cases["stuck"] = case


def tell_the_facade(*, stage: Stage) -> None:
    """Mr Zhu reports a falling facade at a consultation; it is safe the same evening."""
    worker, officer, zhu = (stage.people[key] for key in ("worker", "officer", "zhu"))
    said = enter_report_on_behalf(
        estate=stage.estate, building=stage.buildings["3"], category=stage.categories["facade"],
        text="三栋外墙瓷砖往下掉，下面是孩子们走的路。", place="三栋北侧", name=zhu.name,
        channel=Channel.MEETING, reporter=zhu, by=worker, at=clock(2024, 10, 18, 19, 40),
    )  # fmt: skip
    case = said.report.case
    accept_case(case=case, by=officer, at=clock(2024, 10, 18, 19, 50))
    start_case(case=case, by=officer, at=clock(2024, 10, 18, 20))
    make_safe(
        case=case, note="松动瓷砖已铲除，拉好警戒；费用由工作人员先行垫付。",
        photo=photo(tint=(96, 74, 60)), by=officer, at=clock(2024, 10, 18, 22, 30),
    )  # fmt: skip
    report_result(
        case=case, result="外墙松动部分已全部铲除并修补，警戒解除。",
        photos=(photo(tint=(70, 98, 84)),), by=officer, at=clock(2024, 10, 21, 17),
    )  # fmt: skip
    answer(
        report=said.report, solved=Solved.YES, satisfied=Satisfied.VERY, contacted=True,
        channel=AnswerChannel.LINK, by=said.report, at=clock(2024, 10, 22, 8),
    )  # fmt: skip
    stage.cases["facade"] = case


def _old_days(stage: Stage) -> list[datetime]:
    """Give when the old registers say it was reported: the first in the year it began."""
    since = stage.plan.stuck_since
    first = date(since, 9, 14)
    span = (LAST - first).days
    days = sorted(
        first + timedelta(days=stage.dice.randint(1, span)) for _ in range(OLD_REPORTS - 1)
    )
    return [clock(day.year, day.month, day.day, 10).astimezone(SHANGHAI) for day in (first, *days)]
