"""Write `working_days.py` anew from the `holidays` package.

`python -m bandeng.places.parameters.generate`; a year enters once its notice is published
and both packages know it (bandeng/places/tests/test_working_days.py).
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

from holidays import country_holidays

FIRST, LAST = 2015, 2026
DAY = timedelta(days=1)
HEADER = '''"""Days that are not as their weekdays say, by year; generated, do not edit.

Source: the State Council's yearly notice on holidays (国务院办公厅关于部分节假日安排的通知),
as the package holidays {version} knows it. The notices' numbers are not verified.
A day is (month-day, whether offices work, name).
"""

SOURCE = "国务院办公厅关于{{year}}年部分节假日安排的通知（文号未核），据 holidays {version}"
YEARS: dict[int, tuple[tuple[str, bool, str], ...]] = {{
'''


def text() -> str:
    """Give the whole file."""
    years = "".join(f"    {year}: (\n{_lines(year)}    ),\n" for year in range(FIRST, LAST + 1))
    return HEADER.format(version=version("holidays")) + years + "}\n"


def _lines(year: int) -> str:
    return "".join(f'        ("{day:%m-%d}", {works}, "{n}"),\n' for day, works, n in _days(year))


def _days(year: int) -> Iterator[tuple[date, bool, str]]:
    """Give the notice's days: holidays with their names, days swapped for them, days made up."""
    known = country_holidays("CN", years=range(year - 1, year + 2), language="zh_CN")
    made_up = _made_up(known)
    days = (date(year, 1, 1) + n * DAY for n in range(366))
    for day in days:
        if day in made_up and day.year == year:
            yield day, True, f"{made_up[day]}调休上班"
        elif day in known and day.year == year:
            yield day, False, _holiday(known, day)


def _made_up(known: dict[date, str]) -> dict[date, str]:
    """Give each make-up day with the holiday that it was worked for."""
    swaps = {day: re.search(r"由 ([0-9-]+) 调休", name) for day, name in known.items()}
    return {date.fromisoformat(m[1]): _plain(known, day) for day, m in swaps.items() if m}


def _holiday(known: dict[date, str], day: date) -> str:
    if "调休" in known[day]:
        return f"{_plain(known, day)}（调休）"
    return _bare(known[day]).replace("; ", "、")


def _plain(known: dict[date, str], day: date) -> str:
    """Name the holiday that a swapped day belongs to: the one with most days around it."""
    around = (known.get(day + n * DAY, "") for n in range(-8, 9))
    names = Counter(_bare(name) for name in around if name and "调休" not in name)
    return names.most_common(1)[0][0]


def _bare(name: str) -> str:
    return re.sub("（.*", "", name)


if __name__ == "__main__":
    Path(__file__).with_name("working_days.py").write_text(text())
