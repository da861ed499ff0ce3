"""What a division's 12-digit code says by itself: its level and what it lies in.

Source: statistical division codes (统计用区划代码): 2 digits province, 4 city, 6 county,
9 subdistrict or town, 12 community or village; the rest is zeros.
"""

from enum import StrEnum


class Level(StrEnum):
    """How large a division is."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    SUBDISTRICT = "subdistrict"
    COMMUNITY = "community"


DIGITS = {
    Level.PROVINCE: 2,
    Level.CITY: 4,
    Level.COUNTY: 6,
    Level.SUBDISTRICT: 9,
    Level.COMMUNITY: 12,
}


def level(*, code: str) -> Level:
    """Give a code's level by its trailing zeros."""
    return next(found for found, digits in DIGITS.items() if not code[digits:].strip("0"))


def prefix(*, code: str) -> str:
    """Give the digits with which every code inside this division begins."""
    return code[: DIGITS[level(code=code)]]


def parents(*, code: str) -> tuple[str, ...]:
    """Give the codes of what a division lies in, the largest first.

    A city without counties has its subdistricts directly (441900003000 in 441900000000).
    """
    shorter = [digits for digits in DIGITS.values() if digits < len(prefix(code=code))]
    codes = dict.fromkeys(code[:digits].ljust(12, "0") for digits in shorter)
    return tuple(found for found in codes if found != code)
