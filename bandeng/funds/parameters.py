"""Numbers of money and law, each with its unit, since when, and its source.

What an article says and what practice makes of it are kept apart; what could not be verified
is off. An office changes a value by adding a dated line, never by editing one.
"""

from datetime import date

CIVIL_CODE = date(2021, 1, 1)

# name: ((in force from, value, unit, source), …), the latest in force counts.
LAW = {
    "limitation": ((date(2017, 10, 1), 3, "years", "民法典第188条（此前为民法总则第188条）"),),
    "longest_limitation": ((date(2017, 10, 1), 20, "years", "民法典第188条第2款"),),
    # A demand counts on the day on which it reaches the debtor. Source: 诉讼时效规定第8条.
    "late_fee_ppm_per_day": (
        (CIVIL_CODE, 0, "ppm/day", "民法典第585条：约定方有；未存条款一律为零"),
    ),
    "late_fee_excess_percent": (
        (CIVIL_CODE, 30, "percent", "民法典合同编通则解释第65条：超过损失30%一般可认定过高"),
    ),
}
# What the office itself sets, by name: value, unit, source.
HOUSE = {
    "limitation_near": (180, "days", "本系统预设：时效届满前提醒，无法定天数"),
    "order_lives": (30, "days", "本系统预设：用款申请逾期须重新提出"),
    "bank_fee_most": (200_00, "fen", "本系统预设：银行收费单笔上限，超过须走用款申请"),
    "upload_kept": (24, "hours", "本系统预设：上传后未入账的文件保存时间（个人信息保护法第19条）"),
    "deposit_days": (15, "days", "本系统预设：现金存入后银行流水最迟出现的天数"),
    "print_chunk": (100, "papers", "本系统预设：后台打印每次页数，一次约一秒"),
    "print_kept": (7, "days", "本系统预设：打印好的文件保存时间（个人信息保护法第19条）"),
    "print_tries": (3, "times", "本系统预设：同一批连续失败几次即停"),
    "plan_instalments": (60, "instalments", "本系统预设：分期最多期数"),
    "statement_largest": (20 * 1024 * 1024, "bytes", "本系统预设"),
    "manual_match_enterers": (2, "persons", "本系统预设：人工认领须两人"),
}


def law(*, name: str, on: date) -> int:
    """Give the value of a rule of law that is in force on a day.

    Raises:
        LookupError: there was none yet.
    """
    for since, value, _unit, _source in sorted(LAW[name], reverse=True):
        if since <= on:
            return value
    raise LookupError(f"{name} on {on}")


def source(*, name: str, on: date) -> str:
    """Give what a rule of law is taken from."""
    return max((line for line in LAW[name] if line[0] <= on), default=LAW[name][0])[3]


def house(*, name: str) -> int:
    """Give a value that the office itself may change."""
    return HOUSE[name][0]
