"""100,000 statement lines against 100,000 dues of one account: read, aligned, matched.

`./run bench match [--json] [--quick]`; `./run bench ledger` prints the same lines. The reference
does the least that any program must: split the same file's rows, find ten digits in each by one
expression, and look them up; it understands nothing else and finds fewer than half.
"""

import argparse
import csv
import io
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bandeng.funds.rules.matching import Automatic, Book, Payment, match
from bandeng.funds.rules.statements import Held, Statement, align, read_statement
from bandeng.funds.rules.statements.chain import written
from bandeng.funds.tests.labelled import labelled
from bandeng.funds.tests.replay import is_right
from bench import frame

HOMES, QUICK = 103_000, 10_300  # one due each; the mess of life makes a few more lines than homes
GOAL = 60.0  # seconds for all of it
BAR = 0.001  # of the automatic matches, how many may be wrong
HEAD = ("交易日期", "收入金额", "支出金额", "余额", "对方户名", "对方账号", "摘要", "流水号")
TEN = re.compile(r"[0-9]{10}")


def as_file(*, payments: list[Payment]) -> bytes:
    """Write the lines as a bank's CSV."""
    out, balance = io.StringIO(), 100_000_000_00
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for n, p in enumerate(payments):
        balance += p.amount
        money = (written(fen=p.amount), "") if p.amount > 0 else ("", written(fen=-p.amount))
        row = (p.on, *money, written(fen=balance), p.payer, p.account, p.memo, f"S{n:09}")
        writer.writerow(row)
    return out.getvalue().encode("gb18030")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Do it once. Returns: seconds and what came out."""
    begun = time.perf_counter()
    found = work()
    return round(time.perf_counter() - begun, 3), found


def least(*, data: bytes, references: dict[str, Any]) -> int:
    """Do the least: split, search ten digits, look up. Returns: how many were found."""
    rows = csv.reader(io.StringIO(data.decode("gb18030")))
    return sum(any(ten in references for ten in TEN.findall(row[6])) for row in rows)


def lines(*, quick: bool) -> Iterator[dict[str, Any]]:
    """Measure reading, aligning and matching; each beside the least that must be done."""
    made = labelled(homes=QUICK if quick else HOMES, seed=7, since=(2023,))
    dues = [due for held in made.dues.values() for due in held]
    data = as_file(payments=[line.payment for line in made.lines])
    used = time.process_time()
    reading, statement = timed(lambda: read_statement(data=data))
    held = [Held(line.on, line.amount, line.balance_after) for line in statement.lines]
    half = held[: len(held) // 2]
    aligning, fit = timed(lambda: align(held=half, new=statement))
    if len(half) + len(fit.after) != len(held):
        raise AssertionError(f"{fit.fit}: {len(fit.after)} of {len(held) - len(half)} are new")
    payments = _payments(statement)
    matching, decided = timed(
        lambda: match(payments=payments, book=Book(homes=made.homes, dues=dues))
    )
    references = {home.reference: home.key for home in made.homes}
    name = f"match {len(payments):,} lines, {len(dues):,} dues"
    whole = round(reading + aligning + matching, 3)
    spent = round(time.process_time() - used, 3)
    bare, _found = timed(lambda: least(data=data, references=references))
    for case, seconds in (
        ("all", whole),
        ("read", reading),
        ("align", aligning),
        ("decide", matching),
    ):
        yield _line(f"{name}: {case}", "s", seconds, bare, "split and look up ten digits", GOAL)
    yield _line(f"{name}: all", "s CPU", spent, bare, "split and look up ten digits", GOAL)
    booked = [d for d in decided.values() if isinstance(d, Automatic)]
    wrong = sum(not is_right(made.lines[int(str(d.payment.key)) - 1], d) for d in booked)
    share = round(wrong / len(booked), 6)
    yield _line(f"{name}: wrong of {len(booked):,} automatic", "share", share, BAR, "bar", BAR)


def _payments(statement: Statement) -> list[Payment]:
    return [
        Payment(
            line.n, line.on, line.amount, line.counterparty, line.counterparty_account, line.memo
        )
        for line in statement.lines
    ]


def _line(
    case: str, unit: str, ours: float, reference: float, name: str, goal: float
) -> dict[str, Any]:
    return {
        "bench": "ledger",
        "case": case,
        "unit": unit,
        "ours": ours,
        "reference": reference,
        "reference_name": name,
        "goal": goal,
    }


def main(words: list[str]) -> int:
    """Print every line. Returns: 0 if all goals are met."""
    parser = argparse.ArgumentParser(prog="./run bench match", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a tenth of the lines")
    asked = parser.parse_args(words)
    met = [frame.report(**told, as_json=asked.json) for told in lines(quick=asked.quick)]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
