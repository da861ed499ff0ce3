"""Sums in the capitals that cannot be changed into others (大写金额), for papers.

Source: 票据法 art. 8 and 支付结算办法, appendix on writing sums; the wording by use.
"""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")


def in_capitals(*, fen: int) -> str:
    """Write a sum: 159300 → 人民币壹仟伍佰玖拾叁元整, 1005 → 人民币壹拾元零伍分.

    Raises:
        ValueError: below zero, or of ten thousand billion yuan and more.
    """
    if not 0 <= fen < 10**18:
        raise ValueError(f"{fen} fen is no sum of a paper")
    yuan, jiao, odd = fen // 100, fen // 10 % 10, fen % 10
    whole = f"{_whole(yuan)}元" if yuan else ""
    if not jiao and not odd:
        return f"人民币{whole or '零元'}整"
    tens = f"{_DIGITS[jiao]}角" if jiao else "零" if whole else ""
    return f"人民币{whole}{tens}{f'{_DIGITS[odd]}分' if odd else '整'}"


def _whole(yuan: int) -> str:
    groups = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    said = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        lower = said and group < 1_000 and not said.endswith("零")
        if group:
            said += ("零" if lower else "") + _group(group) + _GROUPS[place]
        elif lower and any(groups[:place]):
            said += "零"
    return said


def _group(group: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return said
