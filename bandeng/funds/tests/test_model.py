"""The money room against a plain model: dictionaries that know nothing of the database.

Hypothesis asks for acts in any order; each either happens exactly as the model says, or is
refused exactly when the model says, and after every step all that must hold does.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bandeng.funds import actions
from bandeng.funds.actions._ledger import Move, _post
from bandeng.funds.models import Chart, MatchRule, Order, Statement, Transfer
from bandeng.funds.reads import recheck
from bandeng.funds.rules.statements import Line as Told
from bandeng.funds.tests.world import approved, bill, billed, ordered, statement
from bandeng.kit.errors import Refused
from bandeng.places import actions as places_actions
from bandeng.trail.rules import HOUSE

FEE_LIMIT = 5_000
SUMS = st.integers(1, 40).map(lambda n: n * 2_500)
FUNDS = ("fire", "emergency")
WAYS = [("fire", "bank"), ("fire", "bank"), ("emergency", "bank"), ("fire", "emergency")]


@dataclass
class Asked:
    """An order as the model sees it."""

    row: Order
    fund: str
    target: str
    amount: int
    approved: bool = False
    stopped: bool = False
    state: str = "asked"  # held, done, returned


@dataclass
class Paid:
    """A line that came in."""

    line: Any
    amount: int
    returned: bool = False
    matches: dict[Any, int] = field(default_factory=dict)  # allocation → amount

    @property
    def open(self):
        return 0 if self.returned else self.amount - sum(self.matches.values())


class Money(RuleBasedStateMachine):
    world: Any = None
    told_of: Counter[tuple[str, bool]] = Counter()

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.books: Counter[str] = Counter()
        self.held: Counter[str] = Counter()
        self.orders: list[Asked] = []
        self.lines: list[Paid] = []
        self.keys: dict[int, tuple[int, int]] = {}
        self.freeze: Any = None
        self.n = Transfer.objects.count()
        self.year, self.day = 1990, date(2024, 1, 1)
        self.mona: dict[str, Any] = {"by": self.world.people["Mona"], "at": self.world.now}
        self.chart = {a.chart: a for a in self.world.account.ledger_accounts.all()}
        self.names = {
            "bank": self.chart[Chart.BANK], "suspense": self.chart[Chart.SUSPENSE],
            "unexplained": self.chart[Chart.UNEXPLAINED], "fire": self.world.fire,
            "uncollected": self.chart[Chart.UNCOLLECTED], "emergency": self.chart[Chart.EMERGENCY],
        }  # fmt: skip

    @initialize()
    def two_homes_owe_and_one_has_paid(self):
        for home in (0, 1):
            self.bill(home, 500_000)
        self.money_comes_in([400_000, 50_000, 25_000])
        self.matched(self.lines[0], 0, 350_000)

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def happens(self, may, act, by_database=False):
        """Act; it must be refused exactly when it may not be."""
        refusal: Exception | None = None
        made = None
        try:
            with transaction.atomic():
                made = act()
        except Refused as refused:
            refusal = refused
        except DatabaseError as refused:
            refusal = refused
            by_database = by_database or refused
        assert may == (refusal is None), refusal or "it was not refused"
        assert not isinstance(by_database, DatabaseError), by_database
        self.told_of[sys._getframe(1).f_code.co_name, bool(may)] += 1
        return made

    def free(self, fund):
        return self.books[fund] - self.held[fund]

    @rule(home=st.sampled_from([0, 1]), amount=SUMS)
    def bill(self, home, amount):
        self.year += 1
        given = bill(self.world, home=self.world.homes[home], since=date(self.year, 1, 1),
                     until=date(self.year, 12, 31))  # fmt: skip
        billed(self.world, replace(given, amount=amount), file=str(self.year).encode())
        self.names[f"home{home}"] = self.place(home).ledger_account
        self.books[f"home{home}"] += amount
        self.books["uncollected"] += amount
        self.n += 1

    def place(self, home):
        return self.world.account.receivables.get(home=self.world.homes[home])

    def told(self, *entries):
        """Take a statement in; its lines are (amount, memo, payer's account)."""
        self.day += timedelta(days=1)
        opening, lines = self.books["bank"], []
        for n, (amount, memo, payer) in enumerate(entries, start=1):
            balance = opening + sum(e[0] for e in entries[:n])
            lines.append(Told(n=n, on=self.day, at=None, amount=amount, balance_after=balance,
                              memo=memo, counterparty="", counterparty_account=payer))  # fmt: skip
        parsed = replace(
            statement(1, opening=0, on=self.day), opening=opening, lines=tuple(lines),
            closing=lines[-1].balance_after, sha256=str(self.day).encode().ljust(32, b"0"),
        )  # fmt: skip
        return actions.take_statement(
            account=self.world.account, statement=parsed, content=b"raw", file_name="x",
            **self.mona,
        )  # fmt: skip

    @rule(amounts=st.lists(SUMS, min_size=1, max_size=3))
    def money_comes_in(self, amounts):
        taken = self.told(*[(amount, "", f"62{amount}") for amount in amounts])
        for line in taken.lines.order_by("n"):
            self.lines.append(Paid(line, line.amount))
        self.books["bank"] += sum(amounts)
        self.books["suspense"] += sum(amounts)
        self.n += len(amounts)

    @rule(amount=SUMS, memo=st.sampled_from(["手续费", "扣划"]))
    def the_bank_takes(self, amount, memo):
        may = self.books["bank"] - self.held["bank"] >= amount
        if self.books["bank"] < amount:
            return  # no bank writes that
        self.happens(may, lambda: self.told((-amount, memo, "")))
        if may:
            fee = memo == "手续费" and amount <= min(FEE_LIMIT, self.free("fire"))
            self.books["fire" if fee else "unexplained"] += -amount if fee else amount
            self.books["bank"] -= amount
            self.n += 1

    @rule(data=st.data())
    def a_payment_bounces(self, data):
        there = [p for p in self.lines if not p.returned]
        if not there:
            return
        amount = data.draw(st.sampled_from(there)).amount
        if self.books["bank"] < amount:
            return
        paid = [p for p in there if p.amount == amount][-1]
        back = sum(paid.matches.values())
        may = self.books["bank"] - self.held["bank"] >= amount
        self.happens(may, lambda: self.told((-amount, "退汇", f"62{amount}")))
        if not may:
            return
        self.books["bank"] -= amount
        self.n += 1
        if back > self.free("fire"):
            self.books["unexplained"] += amount
            return
        for allocation in list(paid.matches):
            self.taken_back(paid, allocation)
        paid.returned = True
        self.books["suspense"] -= amount

    def taken_back(self, paid, allocation):
        amount = paid.matches.pop(allocation)
        home = self.world.homes.index(allocation.receivable.home)
        self.books.update({"suspense": amount, f"home{home}": amount, "uncollected": amount})
        self.books["fire"] -= amount
        self.n += 2

    @rule(data=st.data(), home=st.sampled_from([0, 1]), amount=SUMS)
    def match(self, data, home, amount):
        paid = data.draw(st.sampled_from(self.lines))
        self.matched(paid, home, data.draw(st.sampled_from([amount, paid.open or amount])))

    def matched(self, paid, home, amount):
        shares = {self.place(home): amount}
        may = amount <= paid.open
        made = self.happens(
            may,
            lambda: actions.match_lines(
                matches=[(paid.line, MatchRule.REFERENCE, shares)], **self.mona
            ),
            by_database=paid.returned,
        )
        if made:
            paid.matches[made[0]] = amount
            self.books["suspense"] -= amount
            self.books[f"home{home}"] -= amount
            self.books["uncollected"] -= amount
            self.books["fire"] += amount
            self.n += 2

    @rule(data=st.data())
    def unmatch(self, data):
        there = [(p, a) for p in self.lines for a in p.matches]
        if not there:
            return
        paid, allocation = data.draw(st.sampled_from(there))
        may = paid.matches[allocation] <= self.free("fire")
        self.happens(may, lambda: actions.unmatch(allocation=allocation, **self.mona))
        if may:
            self.taken_back(paid, allocation)

    @rule(amount=SUMS, how=st.sampled_from(WAYS), far=st.integers(0, 3))
    def ask(self, amount, how, far):
        fund, kind = how
        may = amount <= self.free(fund)

        def act():
            if kind == "bank":
                return ordered(self.world, fund=self.names[fund], amount=amount)
            return actions.order_earmark(
                account=self.world.account, fund=self.names[fund], purpose=self.names[kind],
                amount=amount, reason="x", **self.mona,
            )  # fmt: skip

        order = self.happens(may, act)
        if order:
            self.orders.append(Asked(order, fund, kind, amount))
            if far:
                self.said_yes(self.orders[-1])
            if far > 1:
                self.carried_out(self.orders[-1])

    def one(self, data, *states):
        there = [o for o in self.orders if not states or o.state in states]
        return data.draw(st.sampled_from(there)) if there else None

    @rule(data=st.data())
    def approve(self, data):
        order = self.one(data)
        if order and not order.approved:
            self.said_yes(order)

    def said_yes(self, order):
        approved(self.world, order.row)
        order.approved = True

    @rule(data=st.data())
    def stop(self, data):
        order = self.one(data)
        if order:
            may = order.state == "asked" and not order.stopped
            by = {"by": self.world.people["Judy"], "at": self.world.now}
            self.happens(may, lambda: actions.stop_order(order=order.row, reason="x", **by))
            order.stopped |= may

    @rule(data=st.data())
    def carry_out(self, data):
        order = self.one(data)
        if order:
            self.carried_out(order)

    def carried_out(self, order):
        may = (
            order.approved and not order.stopped and not self.freeze and order.state == "asked"
            and order.amount <= self.free(order.fund)
        )  # fmt: skip
        again = order.state in ("held", "done", "returned")  # the same key, the same answer
        made = self.happens(may or again, lambda: actions.carry_out(order=order.row, **self.mona))
        if may:
            assert made.number == self.n
            self.n += 1
            order.state = "held" if order.target == "bank" else "done"
            books = self.held if order.target == "bank" else self.books
            books[order.fund] += order.amount if books is self.held else -order.amount
            books[order.target] += order.amount

    @rule(data=st.data())
    def the_bank_pays(self, data):
        order = self.one(data, "held")
        if order:
            self.told((-order.amount, order.row.token.hex[:12].upper(), ""))
            order.state = "done"
            self.let_go(order)
            self.books[order.fund] -= order.amount
            self.books["bank"] -= order.amount
            self.n += 1

    @rule(data=st.data())
    def the_bank_sends_back(self, data):
        order = self.one(data)
        if order:
            may = order.state == "held"
            self.happens(may, lambda: actions.return_order(order=order.row, **self.mona))
            if may:
                order.state = "returned"
                self.let_go(order)
                self.n += 1

    def let_go(self, order):
        self.held[order.fund] -= order.amount
        self.held["bank"] -= order.amount

    @rule()
    def freeze_or_thaw(self):
        by = self.mona
        paper: dict[str, Any] = {"document": "x", "content": b"x"}
        if self.freeze:
            actions.end_freeze(freeze=self.freeze, **paper, **by)
            self.freeze = None
        else:
            self.freeze = actions.freeze_account(account=self.world.account, **paper, **by)

    @rule(data=st.data(), keys=st.lists(st.integers(0, 5), min_size=1, max_size=3), amount=SUMS)
    def keys_again(self, data, keys, amount):
        """Batches of keys, new and old: the same again, or with another sum."""
        other = data.draw(st.booleans())
        sums = [self.keys.get(k, (amount, 0))[0] + (other and k in self.keys) for k in keys]
        new = [k for k in keys if k not in self.keys]  # what is known is answered, however often
        may = len(set(new)) == len(new) and not (other and len(new) < len(keys))
        moves = [
            Move(self.names["home0"], self.names["uncollected"], fen, f"k{k}")
            for k, fen in zip(keys, sums, strict=True)
        ]
        numbers = self.happens(may, lambda: _post(moves=moves, at=self.world.now), by_database=True)
        for k, fen, number in zip(keys, sums, numbers or [], strict=bool(numbers)):
            if k not in self.keys:
                assert number == self.n
                self.keys[k] = (fen, number)
                self.books.update({"home0": fen, "uncollected": fen})
                self.n += 1
            assert self.keys[k] == (fen, number)

    @rule(data=st.data())
    def the_same_file_again(self, data):
        there = list(Statement.objects.filter(account=self.world.account))
        if there:
            before = (self.n, len(there))
            self.happens(True, lambda: self.again(data.draw(st.sampled_from(there))))
            assert before == (Transfer.objects.count(), Statement.objects.count())

    def again(self, kept):
        lines = tuple(
            Told(n=x.n, on=x.day, at=None, amount=x.amount, balance_after=x.balance_after)
            for x in kept.lines.order_by("n")
        )
        parsed = replace(
            statement(1), opening=kept.opening, closing=kept.closing, lines=lines,
            since=kept.since_on, until=kept.until_on, sha256=bytes(kept.sha256),
        )  # fmt: skip
        return actions.take_statement(
            account=self.world.account, statement=parsed, content=b"raw", file_name="x",
            **self.mona,
        )  # fmt: skip

    @invariant()
    def the_books_are_the_models(self):
        found = {
            row[0]: row[1:]
            for row in rows(
                "SELECT account_id, normal * (debit - credit), CASE normal WHEN 1 THEN credit_held "
                "ELSE debit_held END FROM funds_balance"
            )
        }
        for name, book in self.names.items():
            assert found[book.pk] == (self.books[name], self.held[name]), name

    @invariant()
    def what_must_hold_holds(self):
        b = self.books
        funds = b["fire"] + b["emergency"]
        assert b["bank"] == b["suspense"] + funds - b["unexplained"]
        assert b["home0"] + b["home1"] == b["uncollected"]
        assert all(self.free(name) >= 0 for name in (*FUNDS, "bank", "suspense"))
        numbers = [n for (n,) in rows("SELECT number FROM funds_transfer ORDER BY number")]
        assert numbers == list(range(self.n))
        assert rows("SELECT * FROM funds_recheck()") == []


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def play(world, examples, steps):
    Money.world = world
    world.homes = [
        world.home,
        places_actions.add_home(building=world.building, entrance="2", number="1503", floor=15,
                                floor_area=8_850, by=HOUSE, at=world.now),
    ]  # fmt: skip
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None,
            suppress_health_check=list(HealthCheck), derandomize=examples < 50, database=None,
            phases=[Phase.generate] + [Phase.shrink] * (examples > 50),
        ),
    )  # fmt: skip
    assert recheck() == []
    assert Money.told_of["matched", True]  # it did not only refuse, nor only agree
    assert Money.told_of["carried_out", True]
    assert any(not may for _act, may in Money.told_of)


@pytest.mark.django_db
def test_the_money_room_does_what_a_plain_model_does(world):
    play(world, examples=10, steps=25)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_money_room_does_what_a_plain_model_does_for_long(world):
    play(world, examples=200, steps=50)
