"""What one cell says: a sum, a day, a time of day, a number that must keep its digits."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from bandeng.places.rules.calendar import ZONE
from bandeng.places.rules.roster.text import Cell, text_of

LARGEST = 10**15  # fen; ten trillion yuan is no account of a neighbourhood
EXCEL_DAY = date(1899, 12, 30)
SERIALS = range(36_526, 73_051)  # Excel's days of 2000 to 2099
_MARKS = str.maketrans({"￥": "", "¥": "", "`": "", "'": "", "−": "-", "–": "-", "—": "-", " ": ""})
_SUM = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?(-?)")
_WORDS = re.compile(r"CNY|RMB|元|圆|人民币", re.IGNORECASE)
_DAY = re.compile(
    r"\[?(?P<y>20[0-9]{2})(?P<s>[-/.年]?)(?P<m>[0-9]{1,2})(?P=s)?[-/.月]?(?P<d>[0-9]{1,2})日?"
    r"(?:[T\s-]*(?P<time>[0-9].*?))?\]?"
)
_TIME = re.compile(
    r"([0-9]{1,2})[:.时]?([0-9]{2})(?:[:.分]?([0-9]{2})(?:[.,][0-9]+)?秒?)?(?:Z|[+-].*)?"
)


class Unclear(ValueError):  # noqa: N818
    """The cell does not say what it should."""


def money_of(*, cell: Cell) -> int | None:
    """Read a sum: 1,234.56, ￥1234.5, (300.00), 300.00-, ３００; None for an empty cell.

    Units: fen.

    Raises:
        Unclear: no sum, or one with parts of a fen.
    """
    if isinstance(cell, bool | date | time | timedelta):
        raise Unclear(str(cell))
    return _fen(repr(cell) if isinstance(cell, int | float) else text_of(cell=cell))


@lru_cache(maxsize=4096)
def _fen(said: str) -> int | None:
    text = _WORDS.sub("", said.translate(_MARKS)).strip()
    if text in ("", "-", "--", "/"):
        return None
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    try:
        exact = Decimal(text if "E" in text.upper() else _plain(text)) * 100
        fen = int(exact.to_integral_value())
    except (InvalidOperation, OverflowError, ValueError):
        raise Unclear(said) from None
    if abs(exact - fen) > Decimal("0.0001") or abs(fen) > LARGEST:
        raise Unclear(said)
    return fen


def _plain(text: str) -> str:
    found = _SUM.fullmatch(text)
    if not found or (found[1] and found[4]):
        raise ValueError(text)
    return f"{found[1] or found[4]}{found[2].replace(',', '')}.{found[3] or '0'}"


def moment_of(*, cell: Cell) -> tuple[date, time | None]:
    """Read a day, with its time where the cell has one: 2024-09-01, 20240901, 2024年9月1日 8:05.

    Raises:
        Unclear: something else, or a day that no calendar has.
    """
    if isinstance(cell, datetime):
        return cell.date(), cell.time() if cell.time() != time() else None
    if isinstance(cell, date):
        return cell, None
    if isinstance(cell, time | timedelta):
        raise Unclear(str(cell))
    return _moment(text_of(cell=cell).replace("`", "").strip())


@lru_cache(maxsize=4096)
def _moment(said: str) -> tuple[date, time | None]:
    if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", said) and int(float(said)) in SERIALS:
        return _serial(Decimal(said))
    found = _DAY.fullmatch(said)
    if not found or (not found["s"] and not re.match(r"\[?20[0-9]{6}", said)):
        raise Unclear(said)
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        raise Unclear(said) from None
    return day, time_of(cell=found["time"]) if found["time"] else None


def _serial(days: Decimal) -> tuple[date, time | None]:
    moment = datetime.combine(EXCEL_DAY, time()) + timedelta(days=int(days))
    seconds = round((days - int(days)) * 86_400)
    moment += timedelta(seconds=seconds)
    return moment.date(), moment.time() if seconds else None


def time_of(*, cell: Cell) -> time | None:
    """Read a time of day: 12:30:15, 123015, 12时30分; None for an empty cell.

    Raises:
        Unclear: something else.
    """
    if isinstance(cell, time):
        return cell
    if isinstance(cell, timedelta):
        return (datetime(2000, 1, 1) + cell).time()  # noqa: DTZ001
    if isinstance(cell, float) and 0 <= cell < 1:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(cell * 86_400))).time()  # noqa: DTZ001
    said = text_of(cell=cell).replace("`", "").strip().rjust(1)
    if not said.strip():
        return None
    digits = said.zfill(6) if said.isdecimal() and len(said) == 5 else said
    found = _TIME.fullmatch(digits)
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else _no_time(said)
    except ValueError:
        raise Unclear(said) from None


def _no_time(said: str) -> time:
    raise Unclear(said)


def moment_in_utc(*, day: date, clock: time | None) -> datetime | None:
    """Give the moment that a Chinese bank means; None where it tells no time."""
    if clock is None:
        return None
    return datetime.combine(day, clock.replace(tzinfo=None), tzinfo=ZONE).astimezone(UTC)


def number_of(*, cell: Cell) -> str:
    """Give an account's or a booking's number without blanks and without Excel's marks."""
    return re.sub(r"[\s`'\"=]", "", text_of(cell=cell))
