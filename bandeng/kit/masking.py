"""Names and numbers as strangers may see them.

Source: GB/T 35273-2020 §7.2 (de-identified display); the house's habit 王*明, 138****1234.
"""

HIDDEN = "*"
COMPOUND = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "令狐",
    ]
)
KEPT_IN_FRONT, KEPT_BEHIND = 3, 4  # of a telephone number


def masked_name(name: str) -> str:
    """Keep the family name and, from three characters on, the last one.

    王明 → 王*, 王小明 → 王*明, 欧阳小明 → 欧阳*明, Alice Smith → A**** S****.
    """
    name = name.strip()
    if len(name) < 2:
        return HIDDEN * len(name)
    if name.isascii():
        return " ".join(word[0] + HIDDEN * (len(word) - 1) for word in name.split())
    family = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    hidden = max(1, len(name) - family - 1)
    return name[:family] + HIDDEN * hidden + name[family + hidden :]


def masked_phone(phone: str) -> str:
    """Keep the first three and the last four digits: 138****1234, +86138****1234.

    A number too short to hide half of keeps its last two digits only.
    """
    phone = "".join(phone.split()).replace("-", "")
    country, rest = (phone[:3], phone[3:]) if phone.startswith("+86") else ("", phone)
    kept = KEPT_IN_FRONT + KEPT_BEHIND
    if len(rest) < kept + 3:
        return country + HIDDEN * max(0, len(rest) - 2) + rest[-2:]
    middle = HIDDEN * (len(rest) - kept)
    return f"{country}{rest[:KEPT_IN_FRONT]}{middle}{rest[-KEPT_BEHIND:]}"
