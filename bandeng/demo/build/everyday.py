"""The everyday: small reports of one autumn, and a few of the last days, so that lists live."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bandeng.cases.actions import (
    accept_case,
    answer,
    close_case,
    dispute_case,
    follow_case,
    make_safe,
    reopen_case,
    report_result,
    route_case,
    start_case,
    submit_report,
)
from bandeng.cases.models import AnswerChannel, Case, Channel, Report
from bandeng.cases.rules.rates import Satisfied, Solved
from bandeng.cases.rules.states import Kind
from bandeng.demo.build.stage import Stage, clock, photo
from bandeng.people.models import Person
from bandeng.trail.rules import HOUSE

AUTUMN = clock(2024, 9, 2, 8)
REPORTS = 28  # invented
SAID = {
    "lift": ("电梯门关不严，晃得厉害。", "电梯停在半层，按铃没有人接。"),
    "leak": ("楼顶漏水，雨天顺着墙往下流。", "地下车库一直滴水，地面很滑。"),
    "rubbish": ("垃圾桶满了三天没有清。", "楼道堆了旧家具，婴儿车过不去。"),
    "light": ("单元门口的灯坏了，晚上看不见台阶。", "北门到三栋的路灯都不亮。"),
    "noise": ("楼上晚上十一点以后还在装修。", "广场音响声音太大，孩子没法写作业。"),
    "parking": ("消防通道上停满了车。", "车位被别人占了，说不通。"),
    "help": ("刚搬来，不知道孩子上学怎么办手续。", "老人一个人住，想请人帮忙买菜。"),
    "other": ("小区没有地方晾被子，能不能想个办法？",),
}
HANDLERS = {"property": "property", "community": "worker", "subdistrict": "officer"}
DONE = "已到现场处理完毕，并当面告知。"


def tell_the_everyday(*, stage: Stage) -> None:
    """Tell one autumn of small reports, most of them solved."""
    endings = (_solved, _solved, _solved, _partly, _unsolved, _refused_then_solved, _asked_in_vain)
    codes = sorted(SAID)
    for number in range(REPORTS):
        at = AUTUMN + timedelta(days=2 * number, hours=stage.dice.randint(0, 11))
        told = _report(stage, codes[number % len(codes)], at)
        endings[number % len(endings)](stage, told, at + timedelta(hours=20))


def tell_the_last_days(*, stage: Stage, now: datetime) -> None:
    """Tell what came in just before the demo was built: it waits for whoever looks."""
    waiting: tuple[tuple[str, int, Callable[..., None]], ...] = (
        ("lift", 3, _nothing), ("rubbish", 20, _nothing), ("leak", 50, _taken),
        ("noise", 28, _refused), ("light", 90, _done_but_unanswered), ("help", 26, _taken),
    )  # fmt: skip
    for code, hours, goes_on in waiting:
        at = now - timedelta(hours=hours)
        told = _report(stage, code, at)
        goes_on(stage, told, at + timedelta(hours=1))
    follow_case(case=told.case, text="我也有这个情况。", by=HOUSE, at=now - timedelta(hours=2))


def _report(stage: Stage, code: str, at: datetime) -> Report:
    building = stage.buildings[str(stage.dice.choice(sorted(stage.plan.inhabited)))]
    told = submit_report(
        estate=stage.estate, building=building, category=stage.categories.get(code),
        text=stage.dice.choice(SAID[code]), channel=stage.dice.choice((Channel.QR, Channel.WEB)),
        by=HOUSE, at=at,
    )  # fmt: skip
    return told.report


def _handler(stage: Stage, case: Case) -> Person:
    key = next(k for k, body in stage.organisations.items() if body.pk == case.organisation_id)
    return stage.people[HANDLERS[key]]


def _work(stage: Stage, case: Case, at: datetime) -> datetime:
    case.refresh_from_db()
    by = _handler(stage, case)
    accept_case(case=case, by=by, at=at)
    start_case(case=case, by=by, at=at + timedelta(hours=1))
    if case.kind == Kind.HAZARD:
        make_safe(case=case, note="已停用并围挡。", photo=photo(tint=(52, 86, 120)), by=by,
                  at=at + timedelta(hours=2))  # fmt: skip
    report_result(case=case, result=DONE, by=by, at=at + timedelta(hours=26))
    return at + timedelta(hours=30)


def _solved(stage: Stage, told: Report, at: datetime) -> None:
    at = _work(stage, told.case, at)
    _say(told, Solved.YES, stage.dice.choice((Satisfied.VERY, Satisfied.YES)), at)


def _partly(stage: Stage, told: Report, at: datetime) -> None:
    at = _work(stage, told.case, at)
    _say(told, Solved.PARTLY, Satisfied.BASICALLY, at)
    _close(stage, told.case, False, "其余部分需要大修，已列入下一年计划。", at + timedelta(days=1))


def _unsolved(stage: Stage, told: Report, at: datetime) -> None:
    at = _work(stage, told.case, at)
    _say(told, Solved.NO, Satisfied.NO, at)
    reopen_case(case=told.case, reason="问题还在。", by=told, at=at + timedelta(hours=1))
    at = _work(stage, told.case, at + timedelta(days=1))
    _say(told, Solved.YES, Satisfied.YES, at)


def _refused_then_solved(stage: Stage, told: Report, at: datetime) -> None:
    _refused(stage, told, at)
    route_case(case=told.case, organisation=stage.organisations["subdistrict"], reason="街道协调处理。",
               by=stage.people["officer"], at=at + timedelta(hours=2))  # fmt: skip
    _solved(stage, told, at + timedelta(hours=3))


def _asked_in_vain(stage: Stage, told: Report, at: datetime) -> None:
    at = _work(stage, told.case, at)
    _close(stage, told.case, True, "", at + timedelta(days=8))


def _refused(stage: Stage, told: Report, at: datetime) -> None:
    told.case.refresh_from_db()
    dispute_case(case=told.case, reason="不在本单位服务范围内。", by=_handler(stage, told.case), at=at,
                 suggested=stage.organisations["subdistrict"])  # fmt: skip


def _taken(stage: Stage, told: Report, at: datetime) -> None:
    accept_case(case=told.case, by=_handler(stage, told.case), at=at)


def _done_but_unanswered(stage: Stage, told: Report, at: datetime) -> None:
    _work(stage, told.case, at)


def _nothing(stage: Stage, told: Report, at: datetime) -> None:
    """Leave it to whoever signs in."""


def _close(stage: Stage, case: Case, solved: bool, why: str, at: datetime) -> None:
    close_case(case=case, solved=solved, explanation=why, by=stage.people["officer"], at=at)


def _say(told: Report, solved: Solved, satisfied: Satisfied, at: datetime) -> None:
    answer(report=told, solved=solved, satisfied=satisfied, contacted=True,
           channel=AnswerChannel.LINK, by=told, at=at)  # fmt: skip
