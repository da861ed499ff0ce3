"""Sentences for what the rules find: they know only codes."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models import Cash
from bandeng.funds.reads.statements import Became
from bandeng.funds.rules.dues import Strength
from bandeng.funds.rules.dues_file import Code as DuesCode
from bandeng.funds.rules.dues_file import Issue
from bandeng.funds.rules.matching import Reason, Why
from bandeng.funds.rules.statements import Code, Judgement, Problem, Waits
from bandeng.funds.standing.asking import Waits as First
from bandeng.kit.templatetags.kit import money

STRENGTHS = {
    Strength.WITHIN: (_("may be claimed in court"), "none"),
    Strength.NEAR: (_("limitation is near"), "warn"),
    Strength.OVER: (_("limitation may have run out"), "none"),
    Strength.DISPUTED: (_("disputed, not decided yet"), "warn"),
    Strength.CONFIRMED: (_("was disputed, stands"), "info"),
    Strength.REJECTED: (_("fell away"), "ok"),
}
NO_NOTICE = {
    First.UNSIGNED: _("statement of account not signed"),
    First.CLAIM: _("says it has paid"),
    First.ASKED: _("asks for instalments"),
    First.KEPT: _("pays by instalments, in time"),
    First.CASH: _("cash on its way to the bank"),
    First.NOTHING: _("disputed or fallen away"),
}
WHY = {
    Why.NO_HINT: _("Nothing in it points at a home."),
    Why.AMOUNT_UNFIT: _("The home is clear, but the sum is that of no period."),
    Why.AMBIGUOUS: _("It may be for several homes."),
    Why.CONFLICT: _("What it says points at different homes."),
    Why.RIVALS: _("Another payment claims the same period with equal right."),
    Why.WEAK: _("The hints are too weak to book by."),
    Why.ROOM_UNKNOWN: _("It names a room that is not in the books."),
    Why.WRONG_REFERENCE: _("The reference has a typing error."),
    Why.UNKNOWN_REFERENCE: _("The reference was never issued."),
    Why.CONTESTED: _("What it would pay is disputed or past its limitation."),
    Why.NOTHING_OPEN: _("The home owes nothing any more."),
    Why.DUPLICATE: _("The same came from the same account shortly before."),
    Why.SEVERAL_HOMES: _(
        "One payment names several homes, and the sum does not say how much for which."
    ),
    Why.RETURN_UNCLEAR: _("The bank took something back, but it is not clear which payment."),
    Why.CAME_BACK: _("An outgoing payment came back."),
    Why.OUTGOING: _("Money that left the account."),
    Why.BANK_FEE: _("A fee of the bank."),
    Why.INTEREST: _("Interest of the bank."),
    Why.LUMP_SUM: _("A payment service's lump sum for many payers: its bill says whose it is."),
}
WAITS = {
    Waits.NOT_ARRIVED: _(
        "What was paid on %(day)s, less refunds and fee, is %(sum)s; the bank statements taken in "
        "show no such sum of this service within a week. Take the next bank statement in."
    ),
    Waits.UNCLEAR: _(
        "Several sums at the bank fit it in different ways. Take the bill of a longer time in."
    ),
    Waits.KNOWN: _("All lines of this file are in the books already."),
    Waits.PART_KNOWN: _("Of %(day)s only a part is in the books: take a bill of whole days."),
    Waits.REFUND_UNKNOWN: _(
        "The refund of %(sum)s on %(day)s is of a payment that is not in the books: take the bill "
        "of that payment's time in first."
    ),
}
SPENT = _(
    "Its sums are at the bank, but what a refund takes back has been spent. Please tell the "
    "supervisors."
)


def waits(*, found: Judgement) -> str:
    """Say why a bill is not booked yet; where nothing stands against it, a refund does."""
    if found.waits is None:
        return str(SPENT)
    day = date_format(found.on, "DATE_FORMAT") if found.on else ""
    return str(WAITS[found.waits]) % {"day": day, "sum": money(found.amount)}


FILE_REFUSED = _("This file has problems; nothing was taken.")
BEGUN = _("A part of it was matched by hand; the rest waits.")
BOUNCED = _("The bank took it back: it pays nothing.")
REASONS = {
    Reason.REFERENCE: _("the reference"),
    Reason.ACCOUNT: _("this account has paid for it before"),
    Reason.AGENT: _("this account pays for several homes"),
    Reason.ROOM: _("building and room in the text"),
    Reason.NAME: _("the payer is an owner"),
    Reason.NAMED: _("an owner is named in the text"),
    Reason.PAIR: _("entrance and room, without the building"),
    Reason.TYPO: _("the reference, with one typing error"),
    Reason.SIMILAR: _("a similar name"),
    Reason.BARE: _("the room number alone"),
    Reason.FITS: _("the sum is exactly that of open periods"),
    Reason.PART: _("the sum pays a part"),
    Reason.OVER: _("the sum is more than is owed"),
}
PROBLEMS = {
    Code.EMPTY: _("The file is empty."),
    Code.PASSWORD: _("The file has a password: please save it without one."),
    Code.BROKEN: _("The file is damaged: Excel or WPS may be able to save it anew."),
    Code.UNKNOWN: _("This is no table: please give Excel, CSV or camt.053."),
    Code.TOO_LARGE: _("The file is larger than any statement."),
    Code.NO_HEADER: _("No row names the columns; expected for instance: %(expected)s."),
    Code.DATE_UNCLEAR: _("“%(value)s” is no date."),
    Code.AMOUNT_UNCLEAR: _("“%(value)s” is no sum."),
    Code.AMOUNT_MISSING: _("The sum is missing."),
    Code.BALANCE_UNCLEAR: _("“%(value)s” is no balance."),
    Code.SIDE_UNCLEAR: _("“%(value)s” does not say whether the money came or went."),
    Code.BOTH_SIDES: _("Sums stand under both received and paid: %(value)s."),
    Code.STATE_UNCLEAR: _("“%(value)s” does not say whether it was carried out."),
    Code.OTHER_CURRENCY: _("Another currency than yuan: %(value)s."),
    Code.SEVERAL_ACCOUNTS: _("Lines of several accounts: %(value)s."),
    Code.NO_BALANCE: _("The balance after it is missing."),
    Code.BALANCE_BROKEN: _(
        "The balance is %(value)s; by the lines before it would be %(expected)s."
    ),
    Code.SIDES_SWAPPED: _("The balances close only if received and paid are exchanged."),
    Code.OPENING_DIFFERS: _(
        "The opening balance is %(value)s; by the lines it would be %(expected)s."
    ),
    Code.CLOSING_DIFFERS: _(
        "The closing balance is %(value)s; by the lines it would be %(expected)s."
    ),
    Code.TOTAL_DIFFERS: _("The total is %(value)s; by the lines it would be %(expected)s."),
    Code.COUNT_DIFFERS: _("The file says %(value)s lines, but has %(expected)s."),
    Code.NO_LINES: _("There are no lines in it."),
    Code.TOTAL_PASSED: _("A row of totals was passed over."),
    Code.TEXT_PASSED: _("A row of text was passed over: %(value)s."),
    Code.HEADER_PASSED: _("The names of the columns stand here again."),
    Code.NO_MOVEMENT: _("Nothing moved in this row."),
    Code.NOT_BOOKED: _("Not carried out by the bank, so not counted: %(value)s."),
    Code.DIGITS_LOST: _("Excel has lost the last digits of a number: %(value)s."),
}


def problem(*, found: Problem) -> tuple[str, str]:
    """Say what was found in a file: where, and what."""
    said = {"value": found.value, "expected": found.expected}
    return place(sheet=found.sheet, row=found.row, column=found.column), str(
        PROBLEMS[found.code]
    ) % said


def place(*, sheet: str, row: int, column: str) -> str:
    """Say where in a file something is."""
    if not row:
        return sheet
    where = gettext("row %(row)s") % {"row": row}
    if column:
        where = gettext("%(row)s, column %(column)s") % {"row": where, "column": column}
    return f"{sheet} {where}".strip()


BECAME = {
    Became.MATCHED: (_("matched"), "ok"),
    Became.PART: (_("matched in part"), "warn"),
    Became.WAITING: (_("not yet matched"), "warn"),
    Became.CAME_BACK: (_("taken back by the bank"), "none"),
    Became.LUMP: (_("lump sum, explained by its bill"), "ok"),
    Became.ORDER: (_("payment order"), "ok"),
    Became.BOUNCED: (_("an order's money came back"), "warn"),
    Became.RETURNED: (_("a receipt that the bank takes back"), "info"),
    Became.REFUND: (_("refunded"), "none"),
    Became.FEE: (_("fee of the bank"), "none"),
    Became.UNEXPLAINED: (_("not explained"), "red"),
}
DUES_ISSUES = {
    DuesCode.NO_HEADER: _(
        "No row names the columns. Needed: home (or building and home), period (or from and to), "
        "area, rate, sum, day on which it was due."
    ),
    DuesCode.NO_ROWS: _("There are no dues in it."),
    DuesCode.HOME_UNCLEAR: _("“%(value)s” does not say which home."),
    DuesCode.PERIOD_UNCLEAR: _("“%(value)s” is no period."),
    DuesCode.PERIOD_BACKWARDS: _("The period ends before it begins."),
    DuesCode.MONTHS_DIFFER: _(
        "%(value)s months; the period has %(expected)s. Say why as a remark."
    ),
    DuesCode.MONTHS_PART: _(
        "%(value)s: the period has %(expected)s months. Parts of months count by days only where "
        "the company's management began or ended on that day; else say as a remark how they count."
    ),
    DuesCode.AREA_UNCLEAR: _("“%(value)s” is no floor area."),
    DuesCode.RATE_UNCLEAR: _("“%(value)s” is no rate in yuan and fen."),
    DuesCode.SUM_UNCLEAR: _("“%(value)s” is no sum."),
    DuesCode.SUM_DIFFERS: _(
        "%(value)s yuan; area × rate × months is %(expected)s. Say why as a remark."
    ),
    DuesCode.DAY_UNCLEAR: _("“%(value)s” is no date."),
    DuesCode.DUE_BEFORE: _("%(value)s lies before the period begins (%(expected)s)."),
    DuesCode.HOME_UNKNOWN: _("%(value)s: there is no such home in the roster."),
    DuesCode.HOME_SEVERAL: _("%(value)s: several homes fit; please name the entrance."),
    DuesCode.NOT_MANAGED: _(
        "%(value)s: it is not entered that the creditor looked after this building all the time. "
        "Owed would be, by days, only for its time: %(expected)s yuan."
    ),
    DuesCode.TWICE: _("%(value)s: billed for the same time in row %(expected)s."),
    DuesCode.BILLED: _("%(value)s: billed already for %(expected)s."),
}


CASH = {
    "void": (_("void"), "none"),
    "drawer": (_("not banked yet"), "warn"),
    "under_way": (_("banked, not confirmed"), "info"),
    "settled": (_("in the books"), "ok"),
}


def cash_state(*, cash: Cash) -> tuple[Any, str]:
    """Say where the money of a receipt is, and in which colour."""
    if cash.voided_at:
        return CASH["void"]
    if cash.deposit is None:
        return CASH["drawer"]
    return CASH["settled" if cash.deposit.line_id else "under_way"]


def issue(*, found: Issue) -> tuple[str, str]:
    """Say what is wrong with a list of dues: where, and what."""
    said = {"value": found.value, "expected": found.expected}
    where = place(sheet=found.sheet, row=found.row, column=found.column)
    return where, str(DUES_ISSUES[found.code]) % said
