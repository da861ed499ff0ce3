"""What a line says: references, rooms, names, and words that make it something else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bandeng.funds.rules.matching.model import Payment
from bandeng.funds.rules.references import Found, cleaned, find_references
from bandeng.places.rules.roster import home_key
from bandeng.places.rules.roster.text import CHINESE, chinese_number

_N = rf"(?:[0-9]{{1,3}}[A-Z]?|[A-Z](?![A-Z])|[{CHINESE}]{{1,4}})"
_H = rf"(?:[0-9]{{3,4}}(?![0-9])|[{CHINESE}]{{3,5}})"
_ROOM = r"(?:室|号房|房|号)?"
_MORE = r"(?P<more>(?:(?:[、,及和与&+/ ]|以及)[0-9]{3,4}(?![0-9]|栋|幢|号楼|#|-|元|年|月)(?:室|号房|房)?)*)"
_FULL = re.compile(
    rf"(?<![0-9A-Z])(?P<b>{_N})(?:号楼|号栋|栋楼|#楼|栋|幢|座|#)-?"
    rf"(?:(?P<e>{_N})(?:单元|门洞|门|梯)-?|(?P<e2>[0-9])-)?(?P<h>{_H}){_ROOM}{_MORE}"
)
_DASHED = re.compile(
    rf"(?<![0-9A-Z-])(?P<b>[0-9]{{1,2}})-(?:(?P<e>[0-9]{{1,2}})-)?(?P<h>[0-9]{{3,4}})(?![0-9-]){_ROOM}{_MORE}"
)
_BARE = re.compile(r"(?<![0-9栋幢座#-])(?P<h>[0-9]{3,4})(?:室|号房|房)")
_DASHES = re.compile(r"[‐-―−_/·~—]+")
_BLANKS = re.compile(r"\s+(?=[^0-9A-Z\s])|(?<=[^0-9A-Z\s])\s+")
_WORDS = re.compile(
    r"物业服务费|物业管理费|物业费|物管费|管理费|服务费|房款|欠费|补缴|缴纳|代缴|代交|代付|代替|替|缴|交|付|代|为"
    r"|给|业主|户主|房主|住户|小区|福鑫南郡|单元|室|栋|幢|号楼|年度|年|月份|月|费用|费|转账|汇款|跨行|网银|手机银行"
    r"|姓名|名字|我是|本人|的|[^\u3400-\u9fff·]+"
)
_BACK = re.compile("退汇|退回|退票|冲正|冲账|抹账|撤销|退款|账号户名不符|户名不符")
_FEE = re.compile("手续费|工本费|账户管理费|年费|短信费|网银服务费|汇划费")
_INTEREST = re.compile("结息|利息|存款息")
_ACQUIRER = re.compile("财付通|支付宝|银联商务|网联清算|拉卡拉|待清算|收单|通联支付")


@dataclass(frozen=True, slots=True)
class Place:
    """A home as a text names it.

    `pair` if 2-1502 may as well name an entrance; `added` if only its number follows another
    home, as 1503 in 3栋1502、1503.
    """

    building: str
    entrance: str
    number: str
    pair: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that one line says."""

    references: Found
    places: tuple[Place, ...]
    bare: tuple[str, ...]
    payer: str
    names: tuple[str, ...]


def said_by(*, payment: Payment) -> Said:
    """Read a line; what stands in the payer's name is read as well, some write the room there."""
    text = _plain(payment.memo)
    places = (*places_in(text=text), *places_in(text=_plain(payment.payer)))
    return Said(
        references=find_references(text=payment.memo),
        places=tuple(dict.fromkeys(places)),
        bare=tuple(dict.fromkeys(found["h"] for found in _BARE.finditer(text))),
        payer=name_of(text=payment.payer),
        names=tuple(names_in(text=payment.memo)),
    )


def places_in(*, text: str) -> Iterator[Place]:
    """Find homes in a text of half-width capitals: 3栋2单元1502、1503, 3-2-1502, 三栋1502室."""
    rest = text
    for found in _FULL.finditer(text):
        rest = rest.replace(found[0], ";", 1)
        yield from _places(found, found["e"] or found["e2"] or "", pair=False)
    for found in _DASHED.finditer(rest):
        yield from _places(found, found["e"] or "", pair=not found["e"])


def _places(found: re.Match[str], entrance: str, *, pair: bool) -> Iterator[Place]:
    more = re.findall(r"[0-9]{3,4}", found["more"])
    for position, number in enumerate((found["h"], *more)):
        building, inside, home = (_number(part) for part in (found["b"], entrance, number))
        _, _, plain = home_key(building="", entrance="", number=chinese_number(text=number))
        yield Place(building, inside, plain if home else number, pair, position > 0)


def is_return(*, payment: Payment) -> bool:
    """Tell whether the line says that money went back."""
    return bool(_BACK.search(payment.memo) or _BACK.search(payment.payer))


def is_fee(*, payment: Payment) -> bool:
    """Tell whether the bank says that it took a fee."""
    return bool(_FEE.search(payment.memo))


def is_interest(*, payment: Payment) -> bool:
    """Tell whether the bank says that it pays interest."""
    return bool(_INTEREST.search(payment.memo))


def is_lump_sum(*, payment: Payment) -> bool:
    """Tell whether the payer is one who settles for many: WeChat, Alipay, a card's acquirer."""
    return bool(_ACQUIRER.search(payment.payer))


@lru_cache(maxsize=65_536)
def name_of(*, text: str) -> str:
    """Give a name as it is compared: without blanks, digits, remarks."""
    plain = re.sub(r"\(.*?\)|（.*?）|先生|女士|[0-9*\s]", "", text.strip())
    return plain.upper()


def names_in(*, text: str) -> Iterator[str]:
    """Give what of a text may be a name: what is left between the usual words."""
    for part in dict.fromkeys(_WORDS.split(text)):
        if part and 2 <= len(part) <= 4:
            yield part


@lru_cache(maxsize=1024)
def _number(text: str) -> str:
    number = chinese_number(text=text)
    return str(int(number)) if number.isdecimal() else number


def _plain(text: str) -> str:
    return _BLANKS.sub("", _DASHES.sub("-", cleaned(text=text)))
