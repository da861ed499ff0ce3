"""What `./run care` says of costs, broken rules and reasons, in two languages."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bandeng.care.planner.evaluation import Violation
from config.terminal import choose

if TYPE_CHECKING:
    from bandeng.care.planner.explaining import Explanation

PARTS = {
    "travel_time": ("travel, minutes", "路途(分钟)"),
    "total_tardiness": ("lateness, minutes", "迟到合计(分钟)"),
    "highest_tardiness": ("worst lateness, minutes", "最长迟到(分钟)"),
    "total_waiting_time": ("waiting, minutes", "等待合计(分钟)"),
    "max_waiting_time": ("longest waiting, minutes", "最长等待(分钟)"),
    "total_extra_time": ("overtime, minutes", "加班合计(分钟)"),
    "max_idle_time": ("longest idle time, minutes", "最长空闲(分钟)"),
    "caregiver_preferences": ("not a preferred carer", "非首选护理员(次)"),
    "optional_patients": ("visits left out", "未安排(次)"),
    "missed_lunch_break": ("lunches missed", "未能午休(人次)"),
    "qualification": ("without the skill", "不具备技能(次)"),
    "working_time": ("working time, minutes", "工作时间(分钟)"),
    "incompabilities": ("excluded carers", "被排除的护理员(次)"),
    "workload_balance": ("uneven load, minutes", "负荷不均(分钟)"),
    "continuity": ("strange carers", "更换护理员"),
    "spacing": ("days too near or too far", "间隔不当(天)"),
    "drift": ("drift of the hour, minutes", "时间漂移(分钟)"),
    "changed_carer": ("changed carers", "换人(次)"),
    "changed_day": ("changed days", "换日(次)"),
    "changed_minutes": ("changed hours, minutes", "改时(分钟)"),
}
BROKEN = {
    "shift": ("leaves before the shift begins", "早于班次出发"),
    "lunch": ("lunch is too early, too late, too short or not due", "午休时间不合规定"),
    "travel": ("cannot be there by then", "来不及到达"),
    "window": ("begins before the window", "早于可服务时段"),
    "duration": ("is too short", "服务时间不足"),
    "carer": ("the carer may not do this", "该护理员不能承担"),
    "day": ("not on this day", "当天不可安排"),
    "place": ("at a wrong place", "地点不符"),
    "twice": ("is done twice", "重复安排"),
    "half": ("only one of two services is done", "两项服务只安排了一项"),
    "unserved": ("must be made and is not", "必须安排但未安排"),
    "two days": ("its services lie on two days", "两项服务不在同一天"),
    "one carer for both": ("one carer does both services", "两项服务由同一人承担"),
    "simultaneous": ("its services do not begin together", "两项服务未同时开始"),
    "sequential": ("its services are too near or too far apart", "两项服务间隔不符"),
    "locked": ("was locked and is elsewhere", "已锁定但被改动"),
}
FILE = {
    "missing": ("is missing", "缺失"),
    "not an object": ("is not an object", "不是对象"),
    "not a list": ("is not a list", "不是列表"),
    "not a number": ("is not a number", "不是数字"),
    "not a whole number": ("is not a whole number", "不是整数"),
    "too small": ("is too small", "过小"),
    "too large": ("is too large", "过大"),
    "not a name": ("is not a name", "不是名称"),
    "unknown name": ("names nothing known", "所指不存在"),
    "not true or false": ("is not true or false", "不是 true 或 false"),
    "not two numbers": ("is not two numbers", "不是两个数字"),
    "ends before it begins": ("ends before it begins", "结束早于开始"),
    "twice the same id": ("is there twice", "编号重复"),
    "a part of the cost that is not known here": (
        "is a part of the cost that is not known here",
        "不是本程序支持的成本项",
    ),
    "begins before the window before it ends": (
        "begins before the window before it ends",
        "早于上一时段结束",
    ),
    "cannot be a rule": ("may have a price, but cannot be a rule", "只能计价,不能设为硬性规则"),
    "no duration, and its service has no default": (
        "has no duration, nor has its service",
        "未写时长,其服务也无默认时长",
    ),
    "no place to begin at": ("names no place to begin at", "没有出发地点"),
    "no row in the table of distances": (
        "has no row in the table of distances",
        "距离表中没有对应的行",
    ),
    "no window": ("has no window", "没有可服务时段"),
    "not a service of this visit": ("is not a service of this visit", "不是该次上门的服务"),
    "not one or two services": ("is not one or two services", "服务须为一项或两项"),
    "not one carer for each service": (
        "is not one carer for each service",
        "护理员人数与服务项数不符",
    ),
    "not as long as the table is high": ("is not as long as the table is high", "长度与行数不符"),
    "one carer for both services": ("is one carer for both services", "两项服务由同一人承担"),
    "the carer does not work that day": (
        "is of a carer who does not work that day",
        "该护理员当天不上班",
    ),
    "twice the same carer": ("is of a carer who has one already", "同一护理员出现两次"),
    "no such file": ("is not there", "文件不存在"),
    "cannot be read": ("cannot be read", "无法读取"),
    "not JSON": ("is not JSON", "不是有效的 JSON"),
}
REASONS = {
    "window": ("the client's window opens then", "客户可服务时段从此开始"),
    "travel": ("the carer comes from the visit before", "护理员从上一户赶来"),
    "shift": ("the carer's shift begins", "护理员班次开始"),
    "partner": ("both carers begin together or in order", "需与另一名护理员配合"),
    "lunch": ("the carer has lunch before", "护理员午休之后"),
    "waits": ("it could begin sooner", "可以更早开始"),
    "locked": ("it is locked", "已锁定"),
    "skill": ("no such skill", "不具备所需技能"),
    "excluded": ("the client excludes this carer", "客户排除该护理员"),
    "preferred": ("not among the preferred carers", "不在首选护理员之列"),
    "day": ("does not work on a day that fits", "可行日期不上班"),
    "hours": ("the shift and the window do not meet", "班次与可服务时段不重合"),
    "partner only": ("would have to do both services", "须一人同时承担两项服务"),
}


def part_name(part: str) -> str:
    """Name a part of the cost."""
    return choose(*PARTS.get(part, (part, part)))


def broken(one: Violation) -> str:
    """Say which rule is broken, by whom and by how much."""
    rule = choose(*(BROKEN.get(one.rule) or PARTS.get(one.rule) or (one.rule, one.rule)))
    who = " / ".join(name for name in (one.visit, one.carer) if name)
    amount = f" ({one.amount:g})" if one.amount else ""
    return choose(f"BROKEN  {who}: {rule}{amount}", f"违反  {who}:{rule}{amount}")


def file_rule(rule: str) -> str:
    """Say what is wrong with a value."""
    return choose(*FILE.get(rule, (rule, rule)))


def explanation(found: "Explanation") -> Iterator[str]:
    """Tell why a visit is where it is, what else it could be, and what it never can."""
    for stop in found.stands:
        reason = choose(*REASONS[stop.reason])
        yield choose(
            f"{stop.carer}, day {stop.day}, {clock(stop.start)}: {reason}",
            f"{stop.carer},第 {stop.day} 天,{clock(stop.start)}:{reason}",
        )
    if not found.stands:
        yield choose("It is not planned.", "未安排。")
    for other in found.others:
        yield choose(
            f"  or {' + '.join(other.carers)}, day {other.day}, {clock(other.start)}: "
            f"{other.extra:+,.2f}",
            f"  或 {' + '.join(other.carers)},第 {other.day} 天,{clock(other.start)}:"
            f"成本 {other.extra:+,.2f}",
        )
    for carer, rule in found.never:
        reason = choose(*REASONS[rule])
        yield choose(f"  never {carer}: {reason}", f"  不可 {carer}:{reason}")


def clock(minutes: float) -> str:
    """Give minutes of the day as hours and minutes."""
    whole = round(minutes)
    return f"{whole // 60:02d}:{whole % 60:02d}"
