"""What money that left the bank was, and what came back, as far as the bank's own words tell."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bandeng.funds.rules.statements.cells import number_of
from bandeng.funds.rules.statements.model import Line

FEE_WORDS = ("手续费", "账户管理费", "工本费", "回单费", "网银费", "FEE")
RETURN_WORDS = ("退汇", "退回", "冲正", "退票", "撤销")
SHORT = 12  # hexadecimal digits of an order's token, in capitals


def short_number(*, order: UUID) -> str:
    """Give what a list prints into the memo, so that the bank's line is found again."""
    return order.hex[:SHORT].upper()


@dataclass(frozen=True, slots=True)
class Sent:
    """An order that the bank is to carry out, or has. Units: `amount` in fen.

    `number` is its transfer's in the ledger, `listed` the list on which it went out, if any.
    """

    order: UUID
    number: int
    amount: int
    account: str
    listed: int | None = None

    @property
    def short(self) -> str:
        """What of the order's token stands in the memo."""
        return short_number(order=self.order)


def sent(*, order: UUID, number: int, amount: int, terms: bytes, listed: int | None = None) -> Sent:
    """Give an order with its payee's account, out of its private terms (canonical JSON)."""
    account = json.loads(terms).get("payee_account", "")
    return Sent(order, number, amount, number_of(cell=account), listed)


class By(StrEnum):
    """How a line was recognised."""

    NUMBER = "number"
    ACCOUNT = "account"
    LUMP = "lump"


@dataclass(frozen=True, slots=True)
class Execution:
    """A statement's line that carried out orders: one, or a whole list in one sum."""

    line: Line
    sent: tuple[Sent, ...]
    by: By


def executions(*, lines: Sequence[Line], sent: Sequence[Sent]) -> list[Execution]:
    """Recognise what the bank carried out: by the number in the memo, by account, as one sum.

    The sum always fits. Where orders or lines are alike, nobody is guessed, unless there are as
    many of the one as of the other. A number that stands on two lines was carried out by the first.
    """
    out = [line for line in lines if line.amount < 0]
    found = [*_by_number(out, sent)]
    found += _by_account(_rest(out, found), _left(sent, found))
    return [*found, *_as_one_sum(_rest(out, found), _left(sent, found))]


def _by_number(lines: Sequence[Line], sent: Sequence[Sent]) -> Iterable[Execution]:
    done: set[UUID] = set()
    for line in lines:
        said = line.memo.upper()
        mine = [x for x in sent if x.amount == -line.amount and x.short in said]
        if len(mine) == 1 and mine[0].order not in done:
            done.add(mine[0].order)
            yield Execution(line, (mine[0],), By.NUMBER)


def _by_account(lines: Sequence[Line], sent: Sequence[Sent]) -> Iterable[Execution]:
    alike: dict[tuple[str, int], list[Sent]] = defaultdict(list)
    for each in sent:
        alike[each.account, each.amount].append(each)
    for (account, amount), orders in alike.items():
        paid = [x for x in lines if (x.counterparty_account, -x.amount) == (account, amount)]
        if account and len(paid) == len(orders):
            for line, order in zip(paid, orders, strict=True):
                yield Execution(line, (order,), By.ACCOUNT)


def _as_one_sum(lines: Sequence[Line], sent: Sequence[Sent]) -> Iterable[Execution]:
    """Find the line that is all that is left of one list: one line for one list."""
    lists: dict[int, list[Sent]] = defaultdict(list)
    for each in sent:
        if each.listed is not None:
            lists[each.listed].append(each)
    sums = [sum(x.amount for x in orders) for orders in lists.values()]
    for orders, total in zip(lists.values(), sums, strict=True):
        paid = [line for line in lines if -line.amount == total]
        if len(orders) > 1 and len(paid) == 1 and sums.count(total) == 1:
            yield Execution(paid[0], tuple(orders), By.LUMP)


def came_back(*, line: Line, sent: Sequence[Sent]) -> Sent | None:
    """Tell which order's money the payee's bank sent back (退汇), if only one can be meant."""
    if line.amount <= 0 or not is_return(line=line):
        return None
    meant = [each for each in sent if each.amount == line.amount]
    named = [x for x in meant if x.short in line.memo.upper()] or [
        x for x in meant if x.account and x.account == line.counterparty_account
    ]
    return named[0] if len(named) == 1 else None


def _left(sent: Sequence[Sent], found: Sequence[Execution]) -> list[Sent]:
    done = {each.order for execution in found for each in execution.sent}
    return [each for each in sent if each.order not in done]


def _rest(lines: Sequence[Line], found: Sequence[Execution]) -> list[Line]:
    done = {id(execution.line) for execution in found}
    return [line for line in lines if id(line) not in done]


def is_fee(*, line: Line) -> bool:
    """Tell whether the bank names it a fee of its own."""
    return any(word in f"{line.memo} {line.counterparty}".upper() for word in FEE_WORDS)


def is_return(*, line: Line) -> bool:
    """Tell whether the bank says that it takes something back."""
    return any(word in line.memo for word in RETURN_WORDS)
