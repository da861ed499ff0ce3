"""Which home a text means: 3栋2单元1502, 3-2-1502, 3#2-1502, 三栋二单元一五〇二, 1502室."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bandeng.places.rules.roster.text import CHINESE, chinese_number, squeezed

_N = rf"(?:[0-9]+[A-Z]?|[A-Z]{{1,2}}[0-9]*|[{CHINESE}]+)"
_SHOP = r"(?:商铺|商业|门面|铺面|店面|店铺|车库|车位|储藏室|杂物间|物业用房)[A-Z]?[0-9]{0,4}"
_H = rf"(?:{_SHOP}|-?[A-Z]{{0,2}}[0-9]{{1,5}}[A-Z]?|[0-9]{{1,2}}[A-Z]{{1,2}}|[{CHINESE}]+|[东西南北中左右前后]{{1,2}})"
_PHASE = rf"(?:(?P<phase>{_N})期)?"
_BUILDING = r"(?:号楼|号栋|栋楼|#楼|栋|幢|座|楼|#)"
_ENTRANCE = r"(?:单元|门洞|门|梯)"
_ROOM = r"(?:室|号房|号|房|户)?"
_REST = (
    rf"(?:(?P<e>{_N}){_ENTRANCE}-?|(?P<e2>{_N})-)?"
    rf"(?:(?P<f>-?{_N})(?:层|楼)-?)?"
    rf"(?P<h>{_H}){_ROOM}$"
)
_FULL = re.compile(rf"{_PHASE}(?P<b>{_N}){_BUILDING}-?{_REST}")
_NUMBERED = re.compile(rf"(?P<b>{_N})号(?:(?P<e>{_N}){_ENTRANCE})?(?P<h>{_H})室?$")  # 12号1502室
_WITHIN = re.compile(
    rf"(?:(?P<e>{_N}){_ENTRANCE}-?)?(?:(?P<f>-?{_N})(?:层|楼)-?)?(?P<h>{_H}){_ROOM}$"
)
_DASHED = re.compile(rf"^[^0-9A-Z#{CHINESE}]*(?P<parts>{_N}(?:-{_H}){{1,3}}){_ROOM}$")
_BUILDING_ALONE = re.compile(rf"^(?P<estate>.*?){_PHASE}第?(?P<b>{_N}){_BUILDING}?$")
_SECTION = re.compile(rf"^.*?{_PHASE}第?(?P<b>{_N})(?!楼){_BUILDING}(?:(?P<e>{_N}){_ENTRANCE})?$")
_REMARK = re.compile(r"(?<=.)\(.*\)$")
_DASHES = re.compile(r"[‐-―−_/\\.·~—]+")
LONGEST = 20  # as the columns of the tables


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text says of a home's place; `first` is a leading part of unknown meaning."""

    number: str
    building: str = ""
    entrance: str = ""
    floor: str = ""
    first: str = ""


@lru_cache(maxsize=8192)
def home_of(*, text: str) -> Parts | None:
    """Read the home that a cell means, as far as it says; None if it means none."""
    said = _REMARK.sub("", _DASHES.sub("-", squeezed(text=text)).replace("第", ""))
    if said.isdecimal() and len(said) <= 5:
        return Parts(number=said)
    for pattern in (_FULL, _NUMBERED):
        if found := pattern.search(said):
            return _parts(found.groupdict())
    if found := _DASHED.match(said):
        return _dashed([_plain(part) for part in found["parts"].split("-") if part])
    found = _WITHIN.match(said)
    return _parts(found.groupdict()) if found else None


@lru_cache(maxsize=1024)
def building_of(*, text: str) -> str:
    """Give a building's number: 3 for 3栋, 三号楼, 03#; a name (综合楼) stays a name."""
    said = _DASHES.sub("-", squeezed(text=text))
    found = _BUILDING_ALONE.match(said)
    if found and (not found["estate"] or said[-1] in "栋幢座楼#"):
        return _building(found.groupdict())
    return said[:LONGEST]


@lru_cache(maxsize=1024)
def entrance_of(*, text: str) -> str:
    """Give an entrance's number: 2 for 2单元, 二门; a name stays a name."""
    said = squeezed(text=text).removeprefix("第")
    return _plain(re.sub(f"{_ENTRANCE}$", "", said))[:LONGEST]


def section_of(*, text: str) -> tuple[str, str] | None:
    """Read a heading between rows, or a sheet's name: 3栋, 福鑫南郡3栋2单元.

    Returns: building and entrance ("" if it names none).
    """
    found = _SECTION.match(squeezed(text=text))
    return (_building(found.groupdict()), _plain(found["e"] or "")) if found else None


def floor_in(*, number: str) -> int | None:
    """Give the floor that a home's number says: 15 of 1502, 3 of 301; others say none."""
    if number.isdecimal() and len(number) in (3, 4) and int(number[:-2]):
        return int(number[:-2])
    return None


def _parts(found: dict[str, str | None]) -> Parts:
    number, floor = _plain(found["h"] or "", zeros=True), _plain(found.get("f") or "")
    if floor and number.isdecimal() and len(number) <= 2:
        number = f"{floor}{number:0>2}"  # 15层02
    elif floor and not any(character.isdigit() for character in number):
        number = f"{floor}楼{number}"  # 5楼东
    entrance = _plain(found.get("e") or found.get("e2") or "")
    return Parts(number, _building(found), entrance, floor)


def _dashed(parts: list[str]) -> Parts | None:
    match parts:
        case [first, number]:
            return Parts(number, first=_plain(first))
        case [building, entrance, number]:
            return Parts(number, _plain(building), _plain(entrance))
        case [building, entrance, floor, number]:
            return Parts(f"{floor}{number:0>2}", _plain(building), _plain(entrance), floor)
    return None


def _building(found: dict[str, str | None]) -> str:
    phase, number = found.get("phase"), _plain(found.get("b") or "")
    return f"{_plain(phase)}期{number}" if phase else number


def _plain(text: str, *, zeros: bool = False) -> str:
    """Give digits for Chinese numerals, without leading zeros unless they are kept."""
    number = chinese_number(text=text)
    return number if zeros or not number.isdecimal() else str(int(number))
