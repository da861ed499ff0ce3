"""Several at once, each with a connection of its own, all committed: one of them is first."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import translation

from bandeng.funds import actions
from bandeng.funds.models import (
    Allocation,
    Balance,
    Chart,
    MatchProposal,
    OrderStop,
    Policy,
    Statement,
    Transfer,
)
from bandeng.funds.reads import recheck
from bandeng.funds.tests.english import english  # noqa: F401  # a fixture
from bandeng.funds.tests.world import (
    YUAN,
    approved,
    funded,
    matched,
    ordered,
    received,
    statement,
    terms,
)
from bandeng.kit.errors import Refused
from config import logins

WRITERS = 6
ONE = "SELECT * FROM funds_post_one('post', %s, %s, %s, NULL, NULL, NULL, NULL, %s, %s)"
MANY = (
    "SELECT transfer, again FROM funds_post(NULL, %s, %s, %s, NULL, NULL, NULL, NULL, %s, %s) "
    "ORDER BY place"
)


@pytest.fixture
def money(own_clone, world):
    funded(world)
    yield world
    told = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(told)
        assert cursor.fetchone() == (0,)
    assert recheck() == []


def at_once(*acts):
    """Do them at the same moment. Returns: each one's result or refusal, in order."""
    ready = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            ready.wait()
            with translation.override("en"):  # of this thread
                return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def outcome(*acts):
    """Do them at once: exactly one may succeed. Returns: its place, and the other's refusal."""
    found = at_once(*acts)
    refused = [each for each in found if isinstance(each, Refused)]
    assert len(refused) == len(acts) - 1, found
    return [isinstance(each, Refused) for each in found].index(False), str(refused[0])


def mona(world) -> dict[str, Any]:
    return {"by": world.people["Mona"], "at": world.now}


def judy(world) -> dict[str, Any]:
    return {"by": world.people["Judy"], "at": world.now}


def test_the_same_keys_from_many_writers_are_each_posted_once(money, server, own_clone):
    home = money.account.receivables.get().ledger_account_id
    uncollected = money.account.ledger_accounts.get(chart=Chart.UNCOLLECTED).pk
    keys = [(f"k{n}", n + 1) for n in range(60)]
    before = Transfer.objects.count()

    def writer(seed):
        dice, answers = random.Random(seed), []
        with logins.connect(server=server, login=logins.APP, database=own_clone) as app:
            mixed = dice.sample(keys, len(keys))
            while mixed:
                some = [mixed.pop() for _ in range(min(dice.choice((1, 1, 7)), len(mixed)))]
                if len(some) == 1:
                    one = (home, uncollected, some[0][1], some[0][0], money.now)
                    rows = app.execute(ONE, one).fetchall()
                else:
                    n = len(some)
                    given = ([home] * n, [uncollected] * n, [fen for _k, fen in some],
                             [k for k, _fen in some], [money.now])  # fmt: skip
                    rows = app.execute(MANY, given).fetchall()
                answers += [(k, *row) for (k, _fen), row in zip(some, rows, strict=True)]
        return answers

    with ThreadPoolExecutor(WRITERS) as threads:
        answers = [each for told in threads.map(writer, range(WRITERS)) for each in told]
    assert len(answers) == WRITERS * len(keys)
    assert sorted(k for k, _n, again in answers if not again) == sorted(k for k, _fen in keys)
    assert len({(k, number) for k, number, _again in answers}) == len(keys)
    numbers = Transfer.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(before + len(keys)))


@pytest.mark.parametrize("_round", range(2))
def test_stopped_or_carried_out_never_both(money, _round):
    order = approved(money, ordered(money, 100))
    first, refusal = outcome(
        lambda: actions.carry_out(order=order, **mona(money)),
        lambda: actions.stop_order(order=order, reason="x", **judy(money)),
    )
    assert refusal == (
        "This order has been stopped." if first else "This order has already been carried out."
    )
    assert order.transfers.exists() != OrderStop.objects.filter(order=order).exists()


def waits(act, *, while_open):
    """Begin `act` while another transaction is open, and end that. Returns: what came of it."""
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            while_open()
            begun = threads.submit(at_once, act)
            time.sleep(0.3)
            assert not begun.done()  # it waits for the lock
        return begun.result()[0]


def test_whoever_comes_second_waits_and_sees_what_the_first_did(money):
    order, other = (approved(money, ordered(money, 100)) for _ in range(2))

    def hold():
        return actions.carry_out(order=order, **mona(money))

    def stop(which=order):
        return actions.stop_order(order=which, reason="x", **judy(money))

    held = waits(stop, while_open=hold)
    assert "already been carried out" in str(held)
    stopped = waits(
        lambda: actions.carry_out(order=other, **mona(money)), while_open=lambda: stop(other)
    )
    assert "has been stopped" in str(stopped)


def test_a_freeze_comes_before_or_after_a_hold_not_between(money):
    paper: dict[str, Any] = {"document": "x", "content": b"x"}

    def freeze():
        return actions.freeze_account(account=money.account, **paper, **mona(money))

    order = approved(money, ordered(money, 100))
    refusal = waits(lambda: actions.carry_out(order=order, **mona(money)), while_open=freeze)
    assert "A court" in str(refusal)
    actions.end_freeze(freeze=money.account.standing_freezes().get(), **paper, **mona(money))
    held, frozen = at_once(lambda: actions.carry_out(order=order, **mona(money)), freeze)
    assert not isinstance(frozen, Refused)
    assert isinstance(held, Transfer) or "A court" in str(held)


def test_an_old_view_of_the_account_moves_nothing(money, server, own_clone):
    """A login that holds an old snapshot open would not see the freeze: it may not move at all."""
    order = approved(money, ordered(money, 100))
    given = (order.debit_id, order.credit_id, order.amount, order.pk, f"order:{order.token}")
    hold = "SELECT funds_post_one('hold', %s, %s, %s, NULL, NULL, %s, NULL, %s, %s)"
    with logins.connect(server=server, login=logins.APP, database=own_clone) as app:
        app.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        app.execute("SELECT count(*) FROM funds_freeze")
        actions.freeze_account(account=money.account, document="x", content=b"x", **mona(money))
        with pytest.raises(psycopg.Error, match="an older view"):
            app.execute(hold, (*given, money.now))
        app.execute("ROLLBACK")
        actions.end_freeze(freeze=money.account.standing_freezes().get(), document="x",
                           content=b"x", **mona(money))  # fmt: skip
        app.execute(hold, (*given, money.now))
    assert order.transfers.exists()


def test_the_same_money_is_held_once(money):
    first, second = (approved(money, ordered(money, 12_000), "Nils", "Judy", "Erin") for _ in "ab")
    _place, refusal = outcome(
        lambda: actions.carry_out(order=first, **mona(money)),
        lambda: actions.carry_out(order=second, **mona(money)),
    )
    assert "not enough money" in refusal
    assert Balance.objects.get(account=money.fire).held == 12_000 * YUAN


def test_one_of_two_new_rules_holds(money):
    asked = [
        actions.order_policy(
            account=money.account, terms=terms(money, fee_limit=limit), **mona(money)
        )
        for limit in (1, 2)
    ]
    for order in asked:
        approved(money, order, "Nils", "Judy", "Erin")
    found = at_once(*[lambda o=o: actions.carry_out(order=o, **mona(money)) for o in asked])
    assert [type(each) for each in found].count(Policy) == 1
    assert Policy.objects.filter(account=money.account).count() == 2


def test_a_line_is_matched_by_one_of_two(money):
    line = received(money, 50).lines.get()
    _first, refusal = outcome(*[lambda: matched(money, line)] * 2)
    assert "no more than the line holds" in refusal
    assert Allocation.objects.filter(line=line).count() == 1


def test_a_proposal_is_confirmed_once(money):
    line = received(money, 50).lines.get()
    actions.propose_match(
        line=line, shares={money.account.receivables.get(): 20 * YUAN}, **mona(money)
    )
    proposal = MatchProposal.objects.get().pk
    by = {"by": money.people["Kate"], "at": money.now}
    _first, refusal = outcome(
        *[
            lambda: actions.confirm_match(
                proposal=MatchProposal.objects.get(pk=proposal), **by
            )
        ] * 2
    )  # fmt: skip
    assert "just been confirmed" in refusal
    assert Allocation.objects.filter(line=line).count() == 1


def test_one_file_taken_in_twice_at_once_is_one_statement(money):
    parsed = statement(5, 7, opening=20_000 * YUAN)

    def take():
        return actions.take_statement(
            account=money.account, statement=parsed, content=b"raw", file_name="x", **mona(money)
        )

    one, two = at_once(take, take)
    assert one == two
    assert Statement.objects.count() == 2


def test_everything_at_once_never_waits_in_a_ring(money):  # noqa: C901
    """Statements, bills, matches, holds, stops and freezes for two seconds; the fixture looks."""
    orders = [approved(money, ordered(money, 10)) for _ in range(8)]
    paper: dict[str, Any] = {"document": "x", "content": b"x"}

    def statements():
        for _ in range(6):
            received(money, 3)

    def bills():
        for n in range(6):
            actions.bill_dues(account=money.account, bills=[], file_name="x",
                              content=str(n).encode(), **mona(money))  # fmt: skip

    def matches():
        for _ in range(6):
            matched(money, received(money, 2).lines.get())

    def holds():
        return [at_once(lambda o=o: actions.carry_out(order=o, **mona(money))) for o in orders]

    def stops():
        return [at_once(lambda o=o: actions.stop_order(order=o, reason="x", **judy(money)))
                for o in reversed(orders)]  # fmt: skip

    def freezes():
        for _ in range(3):
            freeze = actions.freeze_account(account=money.account, **paper, **mona(money))
            actions.end_freeze(freeze=freeze, **paper, **mona(money))

    at_once(statements, bills, matches, holds, stops, freezes)
    for order in orders:
        assert order.transfers.count() + OrderStop.objects.filter(order=order).count() <= 1
    assert received(money, 1).lines.get().booking.amount == YUAN
