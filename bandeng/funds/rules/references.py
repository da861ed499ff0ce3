"""What a payer writes so that the money finds its home: a reference that notices typing errors.

A home's number at an account becomes ten digits, the last two of them check digits (ISO 7064,
MOD 97-10), and the same ten behind RF and two more check digits, as ISO 11649 has it. Who
writes only the digits is understood; one wrong digit, or two exchanged, is always noticed.
"""

import re
from collections.abc import Container
from dataclasses import dataclass

FIRST, LAST = 10_000_000, 99_999_999  # eight digits, the first no zero: Excel must not eat it
SHORT = 10  # digits
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "〇": "0"})
_GAP = r"[ \t.\-–—_·:/]?"
_RF = re.compile(rf"R{_GAP}F{_GAP}((?:[0-9OIL]{_GAP}){{12}})(?![0-9])")
_RUN = re.compile(r"[0-9]+(?:[ \t.\-–—_·][0-9]+)*")
_ANY_RF = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")


class WrongReference(ValueError):  # noqa: N818
    """It does not have the form, or its check digits do not agree."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says: references that hold, and some that were written with an error."""

    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def short_reference(*, number: int) -> str:
    """Give the reference to type: eight digits and two that check them.

    `number` is the account's own for the home, from 10 000 000 on, in any order.

    Raises:
        ValueError: a number that has not eight digits; a mistake of the program.
    """
    if not FIRST <= number <= LAST:
        raise ValueError(f"{number} has not eight digits")
    return f"{number}{98 - number * 100 % 97:02}"


def creditor_reference(*, number: int) -> str:
    """Give the reference as ISO 11649 has it: RF, two check digits, the ten of the short one.

    Source: ISO 11649; check digits by ISO/IEC 7064 MOD 97-10, letters as 10 to 35.
    """
    short = short_reference(number=number)
    return f"RF{98 - _value(f'{short}RF00') % 97:02}{short}"


def number_of(*, reference: str) -> int:
    """Give the number that a reference carries, whichever way it is written.

    Raises:
        WrongReference: no reference of ours, or with an error in it.
    """
    plain = re.sub(r"[\s\-.]", "", cleaned(text=reference))
    if plain.startswith("RF"):
        if not is_creditor_reference(text=plain):
            raise WrongReference(reference)
        plain = plain[4:]
    if not _is_short(plain):
        raise WrongReference(reference)
    return int(plain[:-2])


def is_creditor_reference(*, text: str) -> bool:
    """Tell whether a text is a creditor reference of anybody's, in its check digits too."""
    return bool(_ANY_RF.fullmatch(text)) and _value(text[4:] + text[:4]) % 97 == 1


def grouped(*, reference: str) -> str:
    """Write a reference as a person reads it aloud: RF18 1000 0001 43, 1000 0001 43."""
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


def cleaned(*, text: str) -> str:
    """Give a text in half-width capitals."""
    return text.translate(_WIDE).upper()


def find_references(*, text: str) -> Found:
    """Find references in what a payer wrote: with blanks, full-width, without RF, with errors.

    A run of digits that is longer (a telephone, an account) holds no reference; ten whose
    check digits disagree are told as wrong, so that a person sees what was meant.

    Returns: short references, each once, in the order of the text.
    """
    said = cleaned(text=text)
    right: dict[str, None] = {}
    wrong: dict[str, None] = {}
    for found in _RF.finditer(said):
        digits = re.sub(r"[^0-9]", "", found[1].translate(_LOOKALIKES))
        if len(digits) == SHORT + 2:
            holds = is_creditor_reference(text=f"RF{digits}") and _is_short(digits[2:])
            (right if holds else wrong)[digits[2:]] = None
    for run in _RUN.finditer(_RF.sub(" ; ", said)):
        for digits in _of_ten(re.split(r"[^0-9]", run[0])):
            (right if _is_short(digits) else wrong)[digits] = None
    return Found(tuple(right), tuple(each for each in wrong if each not in right))


def meant_by(*, wrong: str, issued: Container[str]) -> tuple[str, ...]:
    """Give the issued references that one typing error makes of it: a digit, or two exchanged.

    For a person to choose from; never enough to book by.
    """
    near = {
        wrong[:place] + digit + wrong[place + 1 :]
        for place in range(len(wrong))
        for digit in "0123456789"
    }
    near |= {
        wrong[:place] + wrong[place + 1] + wrong[place] + wrong[place + 2 :]
        for place in range(len(wrong) - 1)
    }
    return tuple(sorted(each for each in near if _is_short(each) and each in issued))


def _of_ten(parts: list[str]) -> list[str]:
    """Give the ten digits that neighbouring groups make: 1000 0001 43, or 12 with RF's own two."""
    found = []
    for first in range(len(parts)):
        joined = ""
        for part in parts[first:]:
            joined += part
            if len(joined) == SHORT:
                found.append(joined)
            elif len(joined) == SHORT + 2 and is_creditor_reference(text=f"RF{joined}"):
                found.append(joined[2:])
            elif len(joined) > SHORT:
                break
    return [each for each in found if each[0] != "0"]


def _is_short(text: str) -> bool:
    return len(text) == SHORT and text.isdecimal() and text[0] != "0" and int(text) % 97 == 1


def _value(text: str) -> int:
    """Give the number that digits and letters make, A as 10 to Z as 35."""
    return int("".join(str(int(character, 36)) for character in text))
