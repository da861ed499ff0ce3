"""camt.053, the bank's statement as a message, in any version. Source: ISO 20022.

Versions differ in namespaces and in a level or two between elements; what is asked here by
name, at any depth below its parent, is the same from .001.02 to .001.14.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bandeng.funds.rules.statements.cells import Unclear, money_of
from bandeng.funds.rules.statements.model import Code, Found, Kind, Problem, Raw
from bandeng.funds.rules.statements.source import refuse
from bandeng.places.rules.calendar import ZONE

OPENINGS, CLOSINGS = ("OPBD", "PRCD"), ("CLBD",)
_CHINESE = re.compile(
    rb"<\?xml[^>]*encoding=['\"](?:GB18030|GBK|GB2312)['\"][^>]*\?>", re.IGNORECASE
)
SIGNS = {"CRDT": 1, "DBIT": -1}


def read_camt(*, data: bytes, found: Found) -> None:
    """Read the statements of a message; they must be of one account and follow each other.

    Raises:
        Unreadable: no camt.053, or one with entities or a document type of its own.
    """
    try:
        root = fromstring(_in_utf8(data), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as broken:
        raise refuse(code=Code.BROKEN) from broken
    statements = list(_all(root, "Stmt"))
    if not statements:
        raise refuse(code=Code.UNKNOWN)
    found.profile = "camt.053"
    for number, statement in enumerate(statements):
        _statement(statement, found, first=number == 0)


def _in_utf8(data: bytes) -> bytes:
    """Spell a message in a Chinese encoding anew: the parser knows none of them."""
    said = _CHINESE.match(data)
    if not said:
        return data
    return b'<?xml version="1.0"?>' + data[said.end() :].decode("gb18030").encode()


def _statement(statement: Element, found: Found, *, first: bool) -> None:
    account = _child(statement, "Acct")
    if account is not None and (number := _account(account)):
        found.accounts.add(number)
    opening, closing = _balance(statement, OPENINGS, found), _balance(statement, CLOSINGS, found)
    if first:
        found.declared.opening = opening
    elif None not in (opening, found.declared.closing) and opening != found.declared.closing:
        found.say(Problem(Code.OPENING_DIFFERS, column="OPBD", value=str(opening)))
    found.declared.closing = closing
    for tag, name in (("FrDtTm", "since"), ("ToDtTm", "until")):
        period = _find(statement, "FrToDt")
        said = _text(period, tag) if period is not None else ""
        if said and (moment := _moment(said)) and (name == "until" or first):
            setattr(found.declared, name, moment[0])
    for entry in _children(statement, "Ntry"):
        found.lines += _entry(entry, found)


def _entry(entry: Element, found: Found) -> Iterator[Raw]:
    """Give the entry's line, or one for each payment where it lists them with their sums."""
    row = len(found.lines) + 1
    status = _child(entry, "Sts")
    booked = "" if status is None else (_text(status, "Cd") or (status.text or "")).strip()
    if booked not in ("", "BOOK"):
        found.say(Problem(Code.NOT_BOOKED, row=row, column="Sts", value=booked))
        return
    amount = _amount(entry, found, row)
    when = _moment(_text(_find(entry, "BookgDt"), "Dt") or _text(_find(entry, "BookgDt"), "DtTm"))
    if not when:
        found.say(Problem(Code.DATE_UNCLEAR, row=row, column="BookgDt", expected="2024-09-01"))
    if amount is None or not when:
        return
    details = list(_all(entry, "TxDtls"))
    parts = [_part(detail, entry) for detail in details]
    sums = [part for part in parts if part is not None]
    split = len(details) > 1 and len(sums) == len(details) and sum(sums) == amount
    for detail, share in zip(details, sums, strict=True) if split else [(entry, amount)]:
        yield _raw(entry, detail, row, when, share)


def _raw(
    entry: Element, detail: Element, row: int, when: tuple[date, datetime | None], amount: int
) -> Raw:
    party, account = ("Dbtr", "DbtrAcct") if amount > 0 else ("Cdtr", "CdtrAcct")
    other, theirs = _find(detail, party), _find(detail, account)
    said = [e.text or "" for tag in ("Ref", "Ustrd", "EndToEndId") for e in _all(detail, tag)]
    said = [words for words in said if words != "NOTPROVIDED"] or [_text(entry, "AddtlNtryInf")]
    return Raw(
        row=row,
        on=when[0],
        at=when[1],
        amount=amount,
        balance=None,
        bank_ref=_text(detail, "AcctSvcrRef") or _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef"),
        counterparty=(_text(other, "Nm") if other is not None else "")[:120],
        counterparty_account=_account(theirs) if theirs is not None else "",
        memo=" ".join(dict.fromkeys(filter(None, said)))[:400],
        kind=Kind.BANK,
    )  # fmt: skip


def _amount(entry: Element, found: Found, row: int) -> int | None:
    element, sign = _child(entry, "Amt"), SIGNS.get(_text(entry, "CdtDbtInd"))
    if element is None or sign is None:
        found.say(Problem(Code.AMOUNT_MISSING, row=row, column="Amt", expected="Amt, CdtDbtInd"))
        return None
    if element.get("Ccy", "CNY") != "CNY":
        currency = element.get("Ccy", "")
        found.say(
            Problem(Code.OTHER_CURRENCY, row=row, column="Amt", value=currency, expected="CNY")
        )
    fen = _fen(element)
    if fen is None:
        said = (element.text or "")[:60]
        found.say(
            Problem(Code.AMOUNT_UNCLEAR, row=row, column="Amt", value=said, expected="1234.56")
        )
        return None
    return sign * fen


def _part(detail: Element, entry: Element) -> int | None:
    element = _child(detail, "Amt")
    if element is None:
        element = _find(detail, "TxAmt")
        element = None if element is None else _child(element, "Amt")
    sign = SIGNS.get(_text(detail, "CdtDbtInd") or _text(entry, "CdtDbtInd"), 1)
    fen = None if element is None else _fen(element)
    return None if fen is None else sign * fen


def _balance(statement: Element, codes: tuple[str, ...], found: Found) -> int | None:
    balances = {_text(_find(b, "Tp"), "Cd"): b for b in _children(statement, "Bal")}
    for code in codes:
        if (balance := balances.get(code)) is not None:
            element = _child(balance, "Amt")
            fen = None if element is None else _fen(element)
            if fen is None:
                found.say(Problem(Code.BALANCE_UNCLEAR, column=code, expected="1234.56"))
                return None
            return SIGNS.get(_text(balance, "CdtDbtInd"), 1) * fen
    return None


def _fen(element: Element) -> int | None:
    try:
        return money_of(cell=(element.text or "").strip())
    except Unclear:
        return None


def _moment(said: str) -> tuple[date, datetime | None] | None:
    try:
        if len(said) == 10:
            return date.fromisoformat(said), None
        moment = datetime.fromisoformat(said)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
        return aware.astimezone(ZONE).date(), aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _account(account: Element) -> str:
    held = _child(account, "Id")
    if held is None:
        return ""
    return (_text(held, "IBAN") or _text(_find(held, "Othr"), "Id")).replace(" ", "")[:64]


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _name(child) == name)


def _child(element: Element, name: str) -> Element | None:
    return next(_children(element, name), None)


def _all(element: Element, name: str) -> Iterator[Element]:
    return (each for each in element.iter() if _name(each) == name)


def _find(element: Element, name: str) -> Element | None:
    return next(_all(element, name), None)


def _text(element: Element | None, name: str) -> str:
    found = None if element is None else _find(element, name)
    return "" if found is None or found.text is None else found.text.strip()
