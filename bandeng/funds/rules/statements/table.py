"""Lines out of a table: the header wherever it stands, the rows below, what surrounds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from bandeng.funds.rules.statements import words
from bandeng.funds.rules.statements.cells import (
    Unclear,
    moment_in_utc,
    moment_of,
    money_of,
    number_of,
    time_of,
)
from bandeng.funds.rules.statements.declared import read_declared
from bandeng.funds.rules.statements.model import Code, Found, Kind, Problem, Raw
from bandeng.funds.rules.statements.source import Grid
from bandeng.funds.rules.statements.words import Field, Profile
from bandeng.places.rules.roster.said import letter
from bandeng.places.rules.roster.text import Cell, lost_digits, squeezed, text_of

LOOKED_AT = 60  # rows from the top in which the header is sought
KINDS = (
    (re.compile("手续费|服务费|费率|扣费|收费"), Kind.FEE),
    (re.compile("退款|退回"), Kind.REFUND),
    (re.compile("提现|结算|转账到银行"), Kind.SETTLEMENT),
)
SPECIAL = (Field.AMOUNT, Field.MONEY_IN, Field.MONEY_OUT, Field.OUT_SIGNED)


@dataclass(frozen=True)
class Header:
    """Where a sheet's header stands (from 0) and which columns hold what."""

    grid: Grid
    at: int
    profile: Profile
    columns: dict[Field, tuple[int, ...]]

    @property
    def known(self) -> int:
        """How many columns are understood."""
        return sum(len(columns) for columns in self.columns.values())


def find_header(*, grid: Grid) -> Header | None:
    """Find the row that names at least a day and an amount; the fullest, the first of equals."""
    tried = (_header(grid, at) for at in range(min(LOOKED_AT, len(grid.rows))))
    found = [header for header in tried if header]
    return max(found, key=lambda header: (header.known, -header.at), default=None)


def _header(grid: Grid, at: int) -> Header | None:
    labels = [words.plain_label(label=text_of(cell=cell)) for cell in grid.rows[at]]
    profile = words.profile_of(labels=frozenset(labels))
    meanings = words.meanings(profile=profile.name)
    columns: dict[Field, tuple[int, ...]] = {}
    for index, label in enumerate(labels):
        field = meanings.get(label)
        if field and (field is Field.MEMO or field not in columns):
            columns[field] = (*columns.get(field, ()), index)
    day = {Field.DATE, Field.TIME, Field.BOOKED} & set(columns)
    return Header(grid, at, profile, columns) if day and set(SPECIAL) & set(columns) else None


class Row:
    """One row below the header, asked by field."""

    def __init__(self, header: Header, index: int, found: Found) -> None:
        self.header, self.found, self.number = header, found, index + 1
        self.cells = header.grid.rows[index]
        self.texts = [text_of(cell=cell) for cell in self.cells]

    def cell(self, field: Field) -> Cell:
        """Give the first cell of a field, None where there is none."""
        for index in self.header.columns.get(field, ()):
            if index < len(self.cells):
                return self.cells[index]
        return None

    def text(self, field: Field) -> str:
        """Give the field's text; the memo's columns joined."""
        columns = self.header.columns.get(field, ())
        parts = [self.texts[i].strip("` ") for i in columns if i < len(self.texts)]
        if len(parts) < 2:
            return parts[0] if parts else ""
        return " ".join(part for part in dict.fromkeys(parts) if part)

    def say(self, code: Code, field: Field | None = None, expected: str = "") -> None:
        """Tell something of this row."""
        columns = self.header.columns.get(field, ()) if field else ()
        column, value = (
            (letter(column=columns[0]), self.text(field)) if columns and field else ("", "")
        )
        if not columns:
            value = " ".join(filter(None, self.texts))
        sheet = self.header.grid.name
        self.found.say(Problem(code, sheet, self.number, column, value[:60], expected))

    def money(self, field: Field, code: Code = Code.AMOUNT_UNCLEAR) -> int | None:
        """Read a sum; what is none is told."""
        try:
            return money_of(cell=self.cell(field))
        except Unclear:
            self.say(code, field, "1,234.56")
            return None

    def number_text(self, field: Field) -> str:
        """Read a number that must keep its digits; one that Excel rounded is left out and told."""
        if lost_digits(cell=self.cell(field)):
            self.say(Code.DIGITS_LOST, field)
            return ""
        return number_of(cell=self.cell(field))[:64]


def rows_below(*, header: Header, found: Found) -> Iterator[Row]:
    """Give the rows that are lines; headings, totals and remarks are told and passed over.

    What these say of the whole file is kept at the end. Never what a line says: its text is the
    payer's, who could write "closing balance: 1.00" there.
    """
    passed: list[list[Cell]] = []
    labels = [text_of(cell=cell) for cell in header.grid.rows[header.at]]
    for index in range(header.at + 1, len(header.grid.rows)):
        row = Row(header, index, found)
        if not any(row.texts):
            continue
        if row.texts[: len(labels)] == labels:
            row.say(Code.HEADER_PASSED)
        elif _passed_over(row):
            passed.append(row.cells)
        else:
            yield row
    read_declared(rows=passed, declared=found.declared)


def _passed_over(row: Row) -> bool:
    if _has_day(row):
        return False
    said = next(filter(None, row.texts))
    sums = [text for field in (*SPECIAL, Field.BALANCE) if (text := row.text(field))]
    if words.TOTAL.match(squeezed(text=said)):
        _keep_total(row, whole=bool(words.WHOLE_TOTAL.match(squeezed(text=said))))
        row.say(Code.TOTAL_PASSED)
    elif _edge(row, "".join(row.texts)):
        row.say(Code.TOTAL_PASSED)
    elif not any(_is_sum(text) for text in sums):
        row.say(Code.TEXT_PASSED)
    else:
        return False
    return True


def _has_day(row: Row) -> bool:
    for field in (Field.BOOKED, Field.DATE, Field.TIME):
        try:
            if row.text(field):
                moment_of(cell=row.cell(field))
                return True
        except Unclear:
            continue
    return False


def _is_sum(text: str) -> bool:
    try:
        return money_of(cell=text) is not None
    except Unclear:
        return False


def _keep_total(row: Row, *, whole: bool) -> None:
    """Keep the sums that stand in a total below all lines."""
    declared = row.found.declared
    out = Field.MONEY_OUT if Field.MONEY_OUT in row.header.columns else Field.OUT_SIGNED
    if whole and _is_sum(row.text(Field.MONEY_IN)) and _is_sum(row.text(out)):
        declared.money_in = row.money(Field.MONEY_IN)
        declared.money_out = abs(row.money(out) or 0)


def _edge(row: Row, said: str) -> bool:
    """Tell whether the row only carries the balance before the first or after the last line."""
    which = (
        "opening" if words.OPENING.search(said) else "closing" if words.CLOSING.search(said) else ""
    )
    balance = row.text(Field.BALANCE)
    if not which or not _is_sum(balance):
        return False
    if which == "closing" or row.found.declared.opening is None:
        setattr(row.found.declared, which, row.money(Field.BALANCE, Code.BALANCE_UNCLEAR))
    return True


def read_rows(*, header: Header, found: Found) -> None:
    """Read every line below a header into `found`."""
    signed = _amounts_are_signed(header)
    for row in rows_below(header=header, found=found):
        when, amount = day_and_time(row=row), _amount(row, signed=signed)
        balance = row.money(Field.BALANCE, Code.BALANCE_UNCLEAR)
        _check_currency(row)
        if own := row.number_text(Field.OWN_ACCOUNT):
            found.accounts.add(own)
        if amount == 0:
            row.say(Code.NO_MOVEMENT)
        elif when and amount is not None:
            found.lines.append(_raw(row, when, amount, balance))


def _raw(row: Row, when: tuple[date, time | None], amount: int, balance: int | None) -> Raw:
    name, account = Field.NAME, Field.ACCOUNT
    if Field.PAYER_ACCOUNT in row.header.columns:
        name = Field.PAYER_NAME if amount > 0 else Field.PAYEE_NAME
        account = Field.PAYER_ACCOUNT if amount > 0 else Field.PAYEE_ACCOUNT
    return Raw(
        row=row.number,
        on=when[0],
        at=moment_in_utc(day=when[0], clock=when[1]),
        amount=amount,
        balance=balance,
        bank_ref=row.number_text(Field.REF),
        counterparty=row.text(name)[:120],
        counterparty_account=row.number_text(account),
        memo=row.text(Field.MEMO)[:400],
        kind=kind_of(row=row),
    )


def kind_of(*, row: Row) -> Kind:
    """Say what a merchant's line is; a bank's is a bank's."""
    if Field.KIND not in row.header.columns:
        return Kind.BANK
    said = row.text(Field.KIND) + row.text(Field.MEMO)
    return next((kind for sign, kind in KINDS if sign.search(said)), Kind.PAYMENT)


def day_and_time(*, row: Row) -> tuple[date, time | None] | None:
    """Read the day of booking, and the time of day where some column tells it."""
    first: tuple[date, time | None] | None = None
    clock: time | None = None
    for field in (Field.BOOKED, Field.DATE, Field.TIME):
        if not row.text(field):
            continue
        try:
            if field is Field.TIME and first:
                clock = _clock(row) or clock
                continue
            day, at = moment_of(cell=row.cell(field))
        except Unclear:
            row.say(Code.DATE_UNCLEAR, field, "2024-09-01")
            return None
        first, clock = first or (day, at), at or clock
    if not first:
        row.say(Code.DATE_UNCLEAR, expected="2024-09-01")
    return (first[0], clock) if first else None


def _clock(row: Row) -> time | None:
    """Read the column of times, whether it repeats the day or not."""
    try:
        return moment_of(cell=row.cell(Field.TIME))[1]
    except Unclear:
        return time_of(cell=row.cell(Field.TIME))


def _amount(row: Row, *, signed: bool) -> int | None:
    if Field.MONEY_IN in row.header.columns or Field.MONEY_OUT in row.header.columns:
        return _of_two_columns(row)
    amount = row.money(Field.AMOUNT)
    if amount is None:
        if not row.text(Field.AMOUNT):
            row.say(Code.AMOUNT_MISSING, Field.AMOUNT, "1,234.56")
        return None
    if signed or Field.SIDE not in row.header.columns:
        return amount
    side = squeezed(text=row.text(Field.SIDE)).split("/")[0].split("(")[0]
    if side not in words.IN | words.OUT:
        row.say(Code.SIDE_UNCLEAR, Field.SIDE, "借/贷")
        return None
    return amount if side in words.IN else -amount


def _of_two_columns(row: Row) -> int | None:
    before = len(row.found.problems)
    money_in, out = row.money(Field.MONEY_IN), row.money(Field.MONEY_OUT)
    signed_out = row.money(Field.OUT_SIGNED)
    if len(row.found.problems) > before:
        return None
    if money_in and (out or signed_out):
        row.say(Code.BOTH_SIDES, Field.MONEY_IN)
        return None
    if money_in is None and out is None and signed_out is None:
        row.say(Code.AMOUNT_MISSING, Field.MONEY_IN, "1,234.56")
        return None
    return (money_in or 0) - (out or 0) + (signed_out or 0)


def _amounts_are_signed(header: Header) -> bool:
    """Tell whether the amounts of payments out carry their minus beside the word for out."""
    if Field.SIDE not in header.columns or Field.AMOUNT not in header.columns:
        return False
    quiet = Found()
    rows = [Row(header, n, quiet) for n in range(header.at + 1, len(header.grid.rows))]
    out = [r for r in rows if squeezed(text=r.text(Field.SIDE)).split("/")[0] in words.OUT]
    amounts = [row.money(Field.AMOUNT) for row in out]
    return bool(amounts) and all(amount is not None and amount < 0 for amount in amounts)


def _check_currency(row: Row) -> None:
    said = squeezed(text=row.text(Field.CURRENCY).replace("`", ""))
    if said not in words.CHINESE_YUAN:
        row.say(Code.OTHER_CURRENCY, Field.CURRENCY, "CNY")
