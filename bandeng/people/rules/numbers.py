"""Identity numbers, credit codes and phone numbers: read, tidied, checked.

Each function takes what somebody typed and gives the one spelling that is stored.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """What is wrong with a number."""

    LENGTH = "length"
    CHARACTERS = "characters"
    REGION = "region"
    BIRTH = "birth"
    CHECK = "check"
    KIND = "kind"


class WrongNumber(ValueError):  # noqa: N818
    """A number that cannot be what it says it is; `why` tells the form what to say."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class IdentityNumber:
    """What a resident's identity number says about its holder."""

    text: str
    region: str
    birth_on: date
    is_male: bool


# The two first digits of 公民身份号码; a county below them may have been abolished or be
# newer than any list, so it is not looked up.
PROVINCES = frozenset(
    f"{number}"
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71))
    for number in range(first, last + 1)
)
# 港澳台居民居住证 have these as their whole region (国办发〔2018〕81号).
PERMITS = frozenset({"810000", "820000", "830000"})
FOREIGN = "9"  # 外国人永久居留身份证 of 2023: 9, province, nationality, then as everybody's
OLDEST = 150  # years: a birth before that is a slip

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
CREDIT_OFFICES = "123456789ANY"  # who registered: 编制, 外交, …, 中央军委, 农业, 其他
_SEPARATORS = re.compile(r"[\s\-‐-―−·.()（）]+")


def tidied(*, text: str) -> str:
    """Give `text` with half-width characters, without spaces, dashes and brackets."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def identity_number(*, text: str, on: date) -> IdentityNumber:
    """Read a resident's identity number, a residence permit's or a foreigner's.

    `on` is the day on which it was given: nobody was born after it.

    Raises:
        WrongNumber: length, characters, region, birth or check.
    Source: GB 11643-1999; weights and check characters of ISO 7064 MOD 11-2.
    """
    number = tidied(text=text)
    if len(number) != 18:
        raise WrongNumber(Why.LENGTH)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise WrongNumber(Why.CHARACTERS)
    region = number[:6]
    if not (region[:2] in PROVINCES or region in PERMITS or region[0] == FOREIGN):
        raise WrongNumber(Why.REGION)
    birth_on = _birth(number[6:14], on=on)
    total = sum(int(d) * w for d, w in zip(number[:17], ID_WEIGHTS, strict=True))
    if number[17] != ID_CHECKS[total % 11]:
        raise WrongNumber(Why.CHECK)
    return IdentityNumber(number, region, birth_on, is_male=int(number[16]) % 2 == 1)


def credit_code(*, text: str) -> str:
    """Read a unified social credit code.

    Raises:
        WrongNumber: length, characters, kind (who registers), region or check.
    Source: GB 32100-2015, weights 3^i mod 31; offices A, N and Y of its 2021 amendment.
    """
    code = tidied(text=text)
    if len(code) != 18:
        raise WrongNumber(Why.LENGTH)
    if not set(code) <= set(CREDIT_ALPHABET):
        raise WrongNumber(Why.CHARACTERS)
    if code[0] not in CREDIT_OFFICES:
        raise WrongNumber(Why.KIND)
    if not re.fullmatch(r"[0-9]{6}", code[2:8]):
        raise WrongNumber(Why.REGION)
    total = sum(CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    if code[17] != CREDIT_ALPHABET[-total % 31]:
        raise WrongNumber(Why.CHECK)
    return code


def phone_number(*, text: str, mobile: bool = False) -> str:
    """Read a phone number; without a country it is a Chinese one.

    `mobile` asks for one that text messages reach.

    Returns: E.164, for instance +8613812345678.

    Raises:
        WrongNumber: characters, length, or kind (a landline where a mobile is asked for).
    Source: ITU-T E.164; 电信网编号计划 (YD/T 1-prefixed mobile numbers, area codes 2 to 4 digits).
    """
    number = tidied(text=text).replace("+00", "+")
    if not re.fullmatch(r"\+?[0-9]+", number):
        raise WrongNumber(Why.CHARACTERS)
    digits = _with_country(number)
    if not 8 <= len(digits) <= 15:
        raise WrongNumber(Why.LENGTH)
    if digits.startswith("86"):
        _check_chinese(digits[2:], mobile=mobile)
    return f"+{digits}"


def scope_prefix(*, code: str) -> str:
    """Give the beginning of all codes inside an area: 430203003000 holds 430203003….

    Source: the division code's levels: province, city, county, subdistrict, community.
    """
    while len(code) > 2:
        level = {12: 9, 9: 6, 6: 4, 4: 2}.get(len(code))
        if not level or code[level:].strip("0"):
            break
        code = code[:level]
    return code


def _birth(digits: str, *, on: date) -> date:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise WrongNumber(Why.BIRTH) from None
    if born > on or born.year < on.year - OLDEST:
        raise WrongNumber(Why.BIRTH)
    return born


def _with_country(number: str) -> str:
    if number.startswith("+"):
        return number[1:]
    if number.startswith("00"):
        return number[2:]
    if re.fullmatch(r"861[0-9]{10}", number):
        return number
    return "86" + number.removeprefix("0")


def _check_chinese(national: str, *, mobile: bool) -> None:
    if re.fullmatch(r"1[3-9][0-9]{9}", national):
        return
    if national.startswith("1") and not national.startswith("10"):
        raise WrongNumber(Why.LENGTH if len(national) != 11 else Why.KIND)
    if mobile:
        raise WrongNumber(Why.KIND)
    if not re.fullmatch(r"(10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7}", national):
        raise WrongNumber(Why.LENGTH)
