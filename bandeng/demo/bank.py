"""What the scenario's bank says: payments with the mess of life, in two export formats. Invented."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from bandeng.demo.dues import DuePlan

OWN = "43000000000000000001"
MESS = ("reference",) * 6 + ("room",) * 3 + ("typo", "relative", "bounced", "nothing")
SHARE_PAYING = 0.62  # invented
FIRST_DAY, DAYS = date(2024, 9, 9), 66


@dataclass(frozen=True)
class Payment:
    """One line of the bank's; `amount` signed, in fen."""

    at: datetime
    amount: int
    payer: str
    account: str
    memo: str
    balance: int = 0


def payments(*, dues: list[tuple[DuePlan, str]], dice: Random) -> list[Payment]:
    """Give what homes pay, in the order of time; `dues` with each home's payment reference."""
    paying = [pair for pair in dues if dice.random() < SHARE_PAYING]
    made: list[Payment] = []
    while paying:
        due, reference = paying.pop()
        kind = dice.choice(MESS)
        if kind == "room" and paying and dice.random() < 0.12:
            made.append(_for_two(due, paying.pop()[0], dice))
        else:
            made += _one(due, reference, kind, dice)
    return sorted(made, key=lambda payment: payment.at)


def _one(due: DuePlan, reference: str, kind: str, dice: Random) -> list[Payment]:
    at, account = _moment(dice), f"6217{dice.randint(0, 10**12 - 1):012}"
    home, payer = due.home, due.home.owner
    memo = {
        "reference": reference,
        "room": f"{_room(due)}物业费",
        "typo": f"{reference[:-1]}{(int(reference[-1]) + 3) % 10}",
        "relative": f"代孙女交 {_room(due)}",
        "bounced": reference,
        "nothing": "物业费",
    }[kind]
    if kind == "relative":
        payer = f"{dice.choice('王李张刘陈')}奶奶"
    amount = due.amount
    if kind == "reference" and due.months > 12 and dice.random() < 0.2:
        amount = (home.floor_area * due.rate * 12 + 50) // 100  # one year first
    paid = Payment(at, amount, payer, account, memo)
    if kind != "bounced":
        return [paid]
    back = at + timedelta(days=1, hours=2)
    return [paid, replace(paid, at=back, amount=-amount, memo="退汇 户名不符")]


def _for_two(first: DuePlan, second: DuePlan, dice: Random) -> Payment:
    memo = f"{_room(first)}和{_room(second)}两套物业费"
    account = f"6217{dice.randint(0, 10**12 - 1):012}"
    return Payment(_moment(dice), first.amount + second.amount, first.home.owner, account, memo)


def _room(due: DuePlan) -> str:
    return f"{due.home.building}栋{due.home.entrance}单元{due.home.number}"


def _moment(dice: Random) -> datetime:
    day = FIRST_DAY + timedelta(days=dice.randint(0, DAYS - 1))
    return datetime.combine(
        day, time(dice.randint(8, 20), dice.randint(0, 59), dice.randint(0, 59))
    )


def balanced(*, payments: list[Payment], opening: int) -> list[Payment]:
    """Give the same lines with the balance that each leaves."""
    told = []
    for payment in payments:
        opening += payment.amount
        told.append(replace(payment, balance=opening))
    return told


def as_csv(*, lines: list[Payment]) -> bytes:
    """Write the export with 借/贷 columns, a title and a total, in GB18030."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(["账户明细查询结果(虚构演示)"])
    rows.writerow([f"账号: {OWN}"])
    rows.writerow(["交易时间", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "摘要"])
    for line in lines:
        money_in, money_out = (line.amount, 0) if line.amount > 0 else (0, -line.amount)
        rows.writerow([f"{line.at:%Y-%m-%d %H:%M:%S}", _yuan(money_out), _yuan(money_in),
                       _yuan(line.balance), line.payer, f"\t{line.account}", line.memo])  # fmt: skip
    return out.getvalue().encode("gb18030")


def as_page(*, lines: list[Payment]) -> bytes:
    """Write the ".xls" that is a web page, newest first, one signed column."""
    head = ("交易日期", "交易金额", "账户余额", "对方户名", "对方账号", "附言")
    rows = [
        (f"{line.at:%Y-%m-%d %H:%M:%S}", f"{line.amount / 100:.2f}", f"{line.balance / 100:.2f}",
         line.payer, line.account, line.memo)
        for line in reversed(lines)
    ]  # fmt: skip
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in (head, *rows)
    )
    return f"<html><meta charset='gbk'><body><table>{cells}</table></body></html>".encode("gb18030")


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}" if fen else ""
