"""A WeChat or Alipay bill of trades, told as an account of money on its way to the bank.

Payers' sums come in whole, refunds and each day's fee go out, all that the bank will show goes
out last: the account is empty before and after.
"""

from collections import Counter
from datetime import date
from itertools import groupby

from bandeng.funds.rules.statements.cells import moment_in_utc
from bandeng.funds.rules.statements.model import Code, Found, Kind, Problem, Raw
from bandeng.funds.rules.statements.table import Header, Row, day_and_time, rows_below
from bandeng.funds.rules.statements.words import CHINESE_YUAN, Field
from bandeng.places.rules.roster.text import squeezed

PAID = frozenset(
    {"SUCCESS", "支付成功", "交易成功", "交易", "付款", "即时到账", "在线支付", "已支付"}
)
BACK = frozenset({"REFUND", "REVOKED", "退款", "已退款", "撤销", "已撤销", "转入退款", "交易退款"})
NEVER = frozenset({"NOTPAY", "CLOSED", "PAYERROR", "未支付", "已关闭", "支付失败", "交易关闭"})


def read_trades(*, header: Header, found: Found) -> None:
    """Read a bill of trades: day by day payments, refunds and the fee; then what the bank gets."""
    found.declared.opening = 0
    fees, trades = Counter[date](), 0
    for row in rows_below(header=header, found=found):
        trades += 1
        _trade(row, found, fees)
    if found.declared.count not in (None, trades):
        said = str(found.declared.count)
        found.say(Problem(Code.COUNT_DIFFERS, header.grid.name, value=said, expected=str(trades)))
    found.declared.count = None
    if found.lines and not found.problems:
        found.lines.sort(key=lambda raw: (raw.on, raw.at.timestamp() if raw.at else 0.0))
        _settle(found, fees)


def _trade(row: Row, found: Found, fees: Counter[date]) -> None:
    """Read one trade into a line, and its fee (fen) into its day's; one may have come back."""
    state = squeezed(text=row.text(Field.STATE))
    if state in NEVER:
        row.say(Code.NOT_BOOKED, Field.STATE)
        return
    if state not in PAID | BACK:
        row.say(Code.STATE_UNCLEAR, Field.STATE, "SUCCESS/REFUND")
        return
    if squeezed(text=row.text(Field.CURRENCY)) not in CHINESE_YUAN:
        row.say(Code.OTHER_CURRENCY, Field.CURRENCY, "CNY")
    came_back = state in BACK
    sum_of = Field.REFUND if came_back and row.money(Field.REFUND) else Field.AMOUNT
    when, amount, fee = day_and_time(row=row), row.money(sum_of), row.money(Field.FEE) or 0
    if amount is None:
        row.say(Code.AMOUNT_MISSING, sum_of, "300.00")
    if when and amount:
        sign, kind = (-1, Kind.REFUND) if came_back else (1, Kind.PAYMENT)
        line = Raw(
            row.number, when[0], moment_in_utc(day=when[0], clock=when[1]), sign * abs(amount), None,
            bank_ref=row.number_text(Field.REF), counterparty_account=row.number_text(Field.ACCOUNT),
            memo=row.text(Field.MEMO)[:400], kind=kind,
        )  # fmt: skip
        found.lines.append(line)
        fees[when[0]] += -abs(fee) if came_back else abs(fee)


def _settle(found: Found, fees: Counter[date]) -> None:
    trades, found.lines = found.lines, []
    for day, of_day in groupby(trades, key=lambda raw: raw.on):
        found.lines += of_day
        _add(found, -fees[day], Kind.FEE)
    _add(found, -sum(raw.amount for raw in found.lines), Kind.SETTLEMENT)


def _add(found: Found, amount: int, kind: Kind) -> None:
    last = found.lines[-1]
    if amount:
        found.lines.append(Raw(last.row, last.on, last.at, amount, None, kind=kind))
