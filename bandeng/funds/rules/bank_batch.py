"""Approved orders on their way to the bank: the list that its batch transfer takes.

No interface to a bank: a person uploads the list and releases it there with the bank's own keys.
The memo carries the order's short number, by which the next statement's line is recognised
(`outgoing`).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import xlsxwriter

from bandeng.funds.rules.outgoing import SHORT, short_number
from bandeng.funds.rules.statements.cells import number_of
from bandeng.funds.rules.statements.chain import written

_ACCOUNT = re.compile(r"[0-9A-Z-]{6,34}")


class Field(StrEnum):
    """What a column of the list holds."""

    SERIAL = "serial"
    PAYEE = "payee"
    ACCOUNT = "account"
    BANK = "bank"
    BANK_CODE = "bank_code"
    AMOUNT = "amount"
    MEMO = "memo"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Transfer:
    """An order as the bank must carry it out. Units: `amount` in fen."""

    order: UUID
    payee: str
    account: str
    bank: str
    amount: int
    purpose: str
    bank_code: str = ""

    @property
    def short(self) -> str:
        """What of the order's token stands in the memo."""
        return short_number(order=self.order)


@dataclass(frozen=True)
class Profile:
    """A bank's list: its columns in order, and how long a text may be. Units: `most` in bytes."""

    name: str
    columns: tuple[tuple[str, Field], ...]
    excel: bool
    encoding: str = "gb18030"
    totals: bool = False
    most: tuple[tuple[Field, int], ...] = ((Field.PAYEE, 120), (Field.BANK, 120), (Field.MEMO, 60))


def _columns(text: str) -> tuple[tuple[str, Field], ...]:
    pairs = (part.split("=") for part in text.split())
    return tuple((label, Field(field)) for label, field in pairs)


# Column names as lists in use carry them, not published by the banks as a promise: an office
# compares them once with its bank's template and sends one fen first.
PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            "table.csv",
            _columns("序号=serial 收款户名=payee 收款账号=account 开户行=bank 联行号=bank_code 金额=amount 用途=memo"),
            excel=False,
        ),
        Profile(
            "table.xlsx",
            _columns("序号=serial 收款户名=payee 收款账号=account 开户行=bank 联行号=bank_code 金额=amount 用途=memo"),
            excel=True,
            totals=True,
        ),
        Profile(
            "currency.csv",
            _columns("收款人账号=account 收款人名称=payee 收款银行=bank 币种=currency 付款金额=amount 附言=memo"),
            excel=False,
            most=((Field.PAYEE, 76), (Field.BANK, 76), (Field.MEMO, 62)),
        ),
    )
}  # fmt: skip


class Wrong(StrEnum):
    """Why a transfer cannot be put on a list."""

    NAME_MISSING = "name_missing"
    ACCOUNT_UNCLEAR = "account_unclear"
    BANK_MISSING = "bank_missing"
    BANK_CODE_UNCLEAR = "bank_code_unclear"
    AMOUNT_UNCLEAR = "amount_unclear"
    TOO_LONG = "too_long"
    ODD_CHARACTER = "odd_character"
    TWICE = "twice"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with which order."""

    why: Wrong
    order: UUID | None = None
    field: Field | None = None


class BatchRefused(ValueError):  # noqa: N818
    """No list was made; `faults` says why, order by order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.why for fault in self.faults))


@dataclass(frozen=True)
class Batch:
    """The list as a file. Units: `total` in fen."""

    content: bytes
    media_type: str
    suffix: str
    count: int
    total: int
    sha256: bytes


def transfer_list(*, transfers: Sequence[Transfer], profile: Profile, at: datetime) -> Batch:
    """Write the list that a bank's batch transfer takes; the same orders give the same bytes.

    Raises:
        BatchRefused: something the bank would refuse or misread; then there is no list at all.
    """
    faults = [*_faults(transfers, profile)]
    if faults:
        raise BatchRefused(faults)
    rows = [_row(n, transfer, profile) for n, transfer in enumerate(transfers, 1)]
    heads = [label for label, _field in profile.columns]
    total = sum(transfer.amount for transfer in transfers)
    if profile.totals:
        rows.append(_totals(profile, len(transfers), total))
    content = _excel(heads, rows, at) if profile.excel else _csv(heads, rows, profile.encoding)
    kind = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    media, suffix = (f"application/{kind}", "xlsx") if profile.excel else ("text/csv", "csv")
    return Batch(content, media, suffix, len(transfers), total, sha256(content).digest())


def _row(serial: int, transfer: Transfer, profile: Profile) -> list[str]:
    values = {
        Field.SERIAL: str(serial),
        Field.PAYEE: transfer.payee,
        Field.ACCOUNT: number_of(cell=transfer.account),
        Field.BANK: transfer.bank,
        Field.BANK_CODE: transfer.bank_code,
        Field.AMOUNT: written(fen=transfer.amount),
        Field.MEMO: _memo(transfer, profile),
        Field.CURRENCY: "CNY",
    }
    return [values[field] for _label, field in profile.columns]


def _memo(transfer: Transfer, profile: Profile) -> str:
    """Put the order's number first; the purpose follows as far as there is room."""
    most = dict(profile.most)[Field.MEMO] - SHORT - 1
    purpose = transfer.purpose
    while len(purpose.encode("gb18030")) > most:
        purpose = purpose[:-1]
    return f"{transfer.short} {purpose}".strip()


def _totals(profile: Profile, count: int, total: int) -> list[str]:
    values = {Field.SERIAL: "合计", Field.PAYEE: f"{count}笔", Field.AMOUNT: written(fen=total)}
    return [values.get(field, "") for _label, field in profile.columns]


def _csv(heads: list[str], rows: list[list[str]], encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([heads, *rows])
    return out.getvalue().encode(encoding)


def _excel(heads: list[str], rows: list[list[str]], at: datetime) -> bytes:
    """Write every cell as text: a number would lose the digits of an account."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet("批量转账")
    text = book.add_format({"num_format": "@"})
    for r, row in enumerate([heads, *rows]):
        for c, value in enumerate(row):
            sheet.write_string(r, c, value, text)
    book.close()
    return out.getvalue()


def _faults(transfers: Sequence[Transfer], profile: Profile) -> Iterable[Fault]:
    if not transfers:
        yield Fault(Wrong.EMPTY)
    seen: set[UUID] = set()
    for transfer in transfers:
        if transfer.order in seen:
            yield Fault(Wrong.TWICE, transfer.order)
        seen.add(transfer.order)
        for why, field in (*_missing(transfer), *_misfits(transfer, profile)):
            yield Fault(why, transfer.order, field)


def _missing(transfer: Transfer) -> Iterable[tuple[Wrong, Field]]:
    if not transfer.payee.strip():
        yield Wrong.NAME_MISSING, Field.PAYEE
    if not _ACCOUNT.fullmatch(number_of(cell=transfer.account)):
        yield Wrong.ACCOUNT_UNCLEAR, Field.ACCOUNT
    if not transfer.bank.strip():
        yield Wrong.BANK_MISSING, Field.BANK
    if transfer.bank_code and not re.fullmatch("[0-9]{12}", transfer.bank_code):
        yield Wrong.BANK_CODE_UNCLEAR, Field.BANK_CODE
    if transfer.amount <= 0:
        yield Wrong.AMOUNT_UNCLEAR, Field.AMOUNT


def _misfits(transfer: Transfer, profile: Profile) -> Iterable[tuple[Wrong, Field]]:
    """Tell what a bank would cut off, and what a spreadsheet would take for a formula."""
    texts = {Field.PAYEE: transfer.payee, Field.BANK: transfer.bank, Field.MEMO: transfer.purpose}
    for field, text in texts.items():
        if re.match(r"\s*[=+\-@]", text) or not text.isprintable():
            yield Wrong.ODD_CHARACTER, field
        elif field is not Field.MEMO and len(text.encode("gb18030")) > dict(profile.most)[field]:
            yield Wrong.TOO_LONG, field
