"""A whole file: opened, recognised, read, proved; taken whole or refused whole."""

from hashlib import sha256

from bandeng.funds.rules.statements.camt import read_camt
from bandeng.funds.rules.statements.chain import prove
from bandeng.funds.rules.statements.declared import read_declared
from bandeng.funds.rules.statements.merchant import read_trades
from bandeng.funds.rules.statements.model import Code, Found, Line, Problem, Statement, Unreadable
from bandeng.funds.rules.statements.source import Grid, grids, is_xml
from bandeng.funds.rules.statements.table import Header, find_header, read_rows
from bandeng.funds.rules.statements.words import TRADES


def read_statement(*, data: bytes, swapped: bool = False) -> Statement:
    """Read a statement, whatever the file's name says it is; no row is left out untold.

    `swapped` exchanges in and out, after a person has seen that the balances ask for it
    (`SIDES_SWAPPED`): books kept from the firm's side write 借 for money that came in.

    Raises:
        Unreadable: with every reason at its row; nothing of the file is taken then.
    """
    found = Found()
    if is_xml(data=data):
        read_camt(data=data, found=found)
    else:
        _read_table(data, found)
    if not found.lines and not found.problems:
        found.say(Problem(Code.NO_LINES))
    if len(found.accounts) > 1:
        several = ", ".join(sorted(found.accounts))[:60]
        found.say(Problem(Code.SEVERAL_ACCOUNTS, value=several))
    opening, lines = (0, ()) if found.problems else prove(found=found, swapped=swapped)
    if found.problems:
        raise Unreadable(found.problems)
    return _statement(found, opening, lines, sha256(data).digest())


def _read_table(data: bytes, found: Found) -> None:
    headers: list[Header] = []
    sheets: list[Grid] = []
    for way in grids(data=data):
        here = [header for grid in way if (header := find_header(grid=grid))]
        if sum(header.known for header in here) > sum(header.known for header in headers):
            headers, sheets = here, way
    if not headers:
        raise Unreadable([Problem(Code.NO_HEADER, row=1, expected="交易日期, 金额, 余额")])
    found.profile = headers[0].profile.name
    found.chained = headers[0].profile.chained
    _read_around(headers, sheets, found)
    for header in headers:
        read = read_trades if header.profile.name in TRADES else read_rows
        read(header=header, found=found)


def _read_around(headers: list[Header], sheets: list[Grid], found: Found) -> None:
    """Read what stands above each header and on sheets without lines."""
    for header in headers:
        read_declared(rows=header.grid.rows[: header.at], declared=found.declared)
    for grid in sheets:
        if all(grid is not header.grid for header in headers):
            read_declared(rows=grid.rows[:60], declared=found.declared)


def _statement(found: Found, opening: int, lines: tuple[Line, ...], digest: bytes) -> Statement:
    declared, days = found.declared, [line.on for line in lines]
    account = next(iter(found.accounts), "") or declared.account
    return Statement(
        profile=found.profile,
        account=account,
        since=min(filter(None, (declared.since, min(days)))),
        until=max(filter(None, (declared.until, max(days)))),
        opening=opening,
        closing=lines[-1].balance_after,
        lines=lines,
        sha256=digest,
        notes=tuple(found.notes),
    )
