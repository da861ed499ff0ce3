"""What one cell says, whatever Excel made of it."""

import re
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

Cell = str | float | int | bool | date | time | timedelta | None

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width to ASCII
_CIRCLED = {0x2460 + n: str(n + 1) for n in range(20)}
_GONE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060\xad"))
_PLAIN = _WIDE | _CIRCLED | _GONE | {0x3000: " ", 0xA0: " ", 0x33A1: "m²"}
_DIGITS = {c: str(n % 10) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "两": "2"}
_TENS = {"十": 10, "百": 100}
CHINESE = "〇零一二两三四五六七八九十百"
NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "空", "不详", "未知", "N/A", "#N/A", "0"}
)
_AREA = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:M²|M2|平方米|平米|平方|平|㎡)?")
_WHOLE = re.compile(r"^([0-9]+)\.0+$")
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+")
_FLOOR = re.compile(r"(?P<under>-|B|负|地下)?F?(?P<n>[0-9]+)[F层楼]?")
AREA_LIMIT = 10_000_000  # 0.01 m², that is ten hectares: no home is larger
EXACT_DIGITS = 15  # Excel keeps no more of a number


class Unclear(ValueError):  # noqa: N818
    """The cell does not say what it should."""


def text_of(*, cell: Cell) -> str:
    """Give a cell's text: half-width, without invisible characters, `1502.0` as `1502`."""
    if isinstance(cell, str):
        return _WHOLE.sub(r"\1", cell.translate(_PLAIN).strip())
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def squeezed(*, text: str) -> str:
    """Give `text` without blanks, in capitals: for words and numbers, not for names."""
    return "".join(text.split()).upper()


def is_nothing(*, text: str) -> bool:
    """Tell whether the cell only says that there is nothing to say."""
    return text.strip().upper() in NOTHING


def lost_digits(*, cell: Cell) -> bool:
    """Tell whether Excel has rounded a long number, so that its end is lost."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return bool(abs(cell) >= 10**EXACT_DIGITS)
    return isinstance(cell, str) and bool(_ROUNDED.fullmatch(squeezed(text=cell)))


@lru_cache(maxsize=4096)
def chinese_number(*, text: str) -> str:
    """Turn 十二, 二十一, 一〇二 or 一百零三 into digits; anything else stays as it is."""
    if not text or any(character not in CHINESE for character in text):
        return text
    if not any(character in _TENS for character in text):
        return "".join(_DIGITS[character] for character in text)
    total, digit = 0, 0
    for character in text:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = int(_DIGITS[character])
    return str(total + digit)


@lru_cache(maxsize=8192, typed=True)
def area_of(*, cell: Cell) -> tuple[int | None, bool]:
    """Read a floor area, with or without its unit.

    Units: 0.01 m².
    Returns: the area (None for an empty cell), and whether it had to be rounded.

    Raises:
        Unclear: no number, or one that no home has.
    """
    text = squeezed(text=text_of(cell=cell)).replace(",", "")
    if is_nothing(text=text):
        return None, False
    found = _AREA.fullmatch(text)
    try:
        exact = Decimal(found[1] if found else "nothing") * 100
    except InvalidOperation:
        raise Unclear(text) from None
    area = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if not 0 < area <= AREA_LIMIT:
        raise Unclear(text)
    return int(area), abs(exact - area) > Decimal("0.0001")


@lru_cache(maxsize=1024)
def floor_of(*, text: str) -> int | None:
    """Read a floor: 15, 15层, 15F, 15/32 (of 32), B1, 负一层.

    Raises:
        Unclear: something else.
    """
    said = re.split(r"[/、,~]", squeezed(text=text))[0].removeprefix("第")
    under = re.match(r"负|地下", said)
    tail = said[under.end() :] if under else said
    numeral = re.match(f"[{CHINESE}]+", tail)
    if numeral:
        tail = chinese_number(text=numeral[0]) + tail[numeral.end() :]
    found = _FLOOR.fullmatch((under[0] if under else "") + tail)
    if is_nothing(text=said) or not said:
        return None
    if not found or int(found["n"]) > 200:
        raise Unclear(text)
    return -int(found["n"]) if found["under"] else int(found["n"])
