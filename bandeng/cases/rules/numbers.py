"""Numbers that can be said on the telephone, and the secret of a status page. Pure."""

import re
from datetime import date
from hashlib import sha256

NUMBER = re.compile(r"^([0-9]{8})-([0-9]{6})-([0-9]{1,6})(?:-([0-9]{1,5}))?$")


def case_number(*, day: date, area_code: str, n: int) -> str:
    """Give the number (事项号) of the n-th case of a day in a community.

    A number that was given and not used leaves a gap; none is given twice.

    Returns: 20240301-003001-12: the day, the subdistrict's and the community's three digits.
    """
    return f"{day:%Y%m%d}-{area_code[6:]}-{n}"


def report_number(*, case: str, n: int) -> str:
    """Give the number (受理号) of the n-th report of a case; it stays when cases are joined."""
    return f"{case}-{n}"


def cleaned(*, number: str) -> str:
    """Undo what typing does to a number: spaces, full-width digits and dashes."""
    plain = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in number)
    return re.sub(r"\s+", "", re.sub("[—–‐−]", "-", plain))


def secret_hash(*, secret: str) -> bytes:
    """Give what is kept of a status page's secret.

    The secret has 256 bits, so that a plain hash cannot be searched through.

    Returns: 32 bytes.
    """
    return sha256(secret.encode()).digest()
