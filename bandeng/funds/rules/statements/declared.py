"""What a file says of itself around its lines: its account, its days, its balances, its sums."""

import re
from collections.abc import Iterator

from bandeng.funds.rules.statements.cells import Unclear, moment_of, money_of, number_of
from bandeng.funds.rules.statements.model import Declared
from bandeng.funds.rules.statements.words import plain_label
from bandeng.places.rules.roster.text import Cell, text_of

NAMES = {
    "account": "账号 帐号 本方账号 查询账号 账户号码 银行账号 商户号 卡号 账户账号",
    "since": "起始日期 开始日期 起始时间 起始日",
    "until": "截止日期 终止日期 结束日期 截止时间 终止时间 截止日",
    "opening": "期初余额 上期余额 承前余额 期初结余",
    "closing": "期末余额 期末结余 本期余额",
    "money_in": "收入合计 贷方合计 收入总额 贷方总额 贷方发生额合计 贷方总金额 收入总金额 收入金额合计",
    "money_out": "支出合计 借方合计 支出总额 借方总额 借方发生额合计 借方总金额 支出总金额 支出金额合计",
    "count": "总笔数 合计笔数 资金流水总笔数 交易总笔数 总交易单数 明细笔数",
}
_FIELDS = {label: name for name, labels in NAMES.items() for label in labels.split()}
_BETWEEN = re.compile(r"[;；,，]|\s{2,}|(?<=[\]）)])\s+|\s+(?=[\u4e00-\u9fff])")
_SAID = re.compile(r"#*([\u4e00-\u9fff]{2,10})(?:\([^)]*\))?[:：]\s*(.*)")


def read_declared(*, rows: list[list[Cell]], declared: Declared) -> None:
    """Read what stands in rows outside the lines; what is not understood is nothing."""
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else []
        for label, value in _pairs(row, below):
            name = _FIELDS.get(label)
            if name and getattr(declared, name) in (None, ""):
                setattr(declared, name, _value(name, value))


def _pairs(row: list[Cell], below: list[Cell]) -> Iterator[tuple[str, Cell]]:
    """Give what is named, and beside it: in the same cell, the next one, or the one below."""
    for index, cell in enumerate(row):
        text = text_of(cell=cell)
        for part in _BETWEEN.split(text) if text else ():
            if found := _SAID.fullmatch(part.strip()):
                yield found[1], found[2] or _first(row[index + 1 :])
        label = plain_label(label=text)
        if label in _FIELDS:
            yield label, _first(row[index + 1 : index + 2])
            yield label, below[index] if index < len(below) else ""


def _first(cells: list[Cell]) -> Cell:
    return next((cell for cell in cells if cell not in (None, "")), "")


def _value(name: str, cell: Cell) -> object:
    try:
        if name == "account":
            found = re.match(r"[\[(]?([0-9A-Za-z*]{6,40})", number_of(cell=cell))
            return found[1] if found else ""
        if name in ("since", "until"):
            return moment_of(cell=cell)[0]
        if name == "count":
            found = re.match(r"[0-9]{1,7}", number_of(cell=cell))
            return int(found[0]) if found else None
        return money_of(cell=cell)
    except Unclear:
        return None
