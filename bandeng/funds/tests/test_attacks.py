"""What the ledger refuses, each for its own reason, and beside each what it allows."""

import pytest
from django.db import DatabaseError, connection, transaction

from bandeng.funds import actions
from bandeng.funds.actions._ledger import Move, _post
from bandeng.funds.models import Balance, Chart, Line, Order, Phase, Statement, Transfer
from bandeng.funds.tests.world import (
    YUAN,
    approved,
    billed,
    funded,
    matched,
    open_account,
    ordered,
    received,
)

pytestmark = pytest.mark.django_db


def book(world, chart):
    return world.account.ledger_accounts.get(chart=chart)


def carry_out(world, order):
    return actions.carry_out(order=order, by=world.people["Mona"], at=world.now)


def refused(sql, *values, reason):
    with pytest.raises(DatabaseError, match=reason), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql, values)


def post(world, *moves):
    return _post(moves=moves, at=world.now)


def refuses(world, *moves, reason):
    with pytest.raises((DatabaseError, actions.LedgerRefused)) as caught, transaction.atomic():
        post(world, *moves)
    assert reason in f"{caught.value} {caught.value.__cause__ or ''}"


@pytest.fixture
def money(world):
    funded(world)
    return world


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET amount = amount + 1",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "INSERT INTO {} (number) VALUES (0)",
        "SELECT * FROM {} FOR UPDATE",
    ],
)
def test_the_app_cannot_touch_a_transfer(money, sql):
    refused(sql.format("funds_transfer"), reason="permission denied")


@pytest.mark.parametrize("table", ["funds_balance", "funds_head"])
def test_the_app_cannot_touch_a_balance(money, table):
    refused(f"DELETE FROM {table}", reason="permission denied")
    Balance.objects.get(account=money.fire)  # it may read it


@pytest.mark.parametrize(
    "table", ["funds_approval", "funds_order", "funds_policy", "funds_line", "funds_freeze"]
)
def test_what_was_signed_or_read_is_never_changed(money, table):
    refused(f"DELETE FROM {table}", reason="permission denied")
    refused(f"UPDATE {table} SET id = id", reason="permission denied")


def claim(world):
    """What anybody may post: a home is billed."""
    return world.account.receivables.get().ledger_account, book(world, Chart.UNCOLLECTED)


def test_a_transfer_needs_two_accounts_and_a_sum(money):
    home, other = claim(money)
    refuses(money, Move(home, home, 1, "a"), reason="transfer_between_two")
    refuses(money, Move(home, other, 0, "a"), reason="transfer_moves_something")
    refuses(money, Move(home, other, -5, "a"), reason="transfer_moves_something")
    assert post(money, Move(home, other, 5, "a")) == [Transfer.objects.latest("number").number]


def test_the_same_key_gives_the_same_number_or_a_refusal(money):
    debit, credit = claim(money)
    first = post(money, Move(debit, credit, 5, "k"))
    assert post(money, Move(debit, credit, 5, "k")) == first
    batch = post(money, Move(debit, credit, 5, "k"), Move(debit, credit, 7, "l"))
    assert batch == [first[0], first[0] + 1]
    refuses(money, Move(debit, credit, 6, "k"), reason="another request")
    refuses(
        money, Move(debit, credit, 6, "k"), Move(debit, credit, 7, "m"), reason="another request"
    )


def test_numbers_have_no_gap_and_leaves_follow_them(money):
    numbers = list(Transfer.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(len(numbers)))


def test_nothing_leaves_the_bank_directly(money):
    bank = book(money, Chart.BANK)
    refuses(money, Move(money.fire, bank, 5, "x"), reason="approved order only")
    refuses(money, Move(money.fire, bank, 5, "x", Phase.HOLD), reason="approved order only")
    refuses(money, Move(book(money, Chart.UNCOLLECTED), bank, 5, "x"), reason="approved order only")
    refuses(money, Move(money.fire, bank, 51 * YUAN, "x"), reason="approved order only")


def test_money_comes_in_with_a_statement_line(world):
    bank, suspense = book(world, Chart.BANK), book(world, Chart.SUSPENSE)
    refuses(world, Move(bank, suspense, 5, "x"), reason="with a statement line")
    assert received(world, 5).lines.get().booking.amount == 5 * YUAN


def test_a_line_is_booked_once(money):
    bank, suspense = book(money, Chart.BANK), book(money, Chart.SUSPENSE)
    line = Transfer.objects.get(line__isnull=False).line_id
    refuses(money, Move(bank, suspense, 5, "x", line=line), reason="line_id")


def test_an_earmark_goes_nowhere_without_an_order(money):
    emergency = book(money, Chart.EMERGENCY)
    refuses(money, Move(money.fire, emergency, 5, "x"), reason="approved order only")
    order = actions.order_earmark(
        account=money.account, fund=money.fire, purpose=emergency, amount=100 * YUAN,
        reason="应急", by=money.people["Mona"], at=money.now,
    )  # fmt: skip
    refuses(money, Move(money.fire, emergency, 100 * YUAN, "x", order=order.pk), reason="approvals")
    carry_out(money, approved(money, order))
    assert Balance.objects.get(account=emergency).amount == 100 * YUAN


def test_an_order_moves_exactly_what_it_says_and_once(money):
    bank = book(money, Chart.BANK)
    order = approved(money, ordered(money))
    given = {"phase": Phase.HOLD, "order": order.pk}
    refuses(money, Move(money.fire, bank, 301 * YUAN, "x", **given), reason="does not fit an order")
    refuses(money, Move(money.fire, bank, 300 * YUAN, "x", order=order.pk), reason="held first")
    carry_out(money, order)
    refuses(money, Move(money.fire, bank, 300 * YUAN, "x", **given), reason="order_is_used_once")


def test_a_hold_is_ended_once_and_whole(money):
    bank = book(money, Chart.BANK)
    order = approved(money, ordered(money))
    hold = carry_out(money, order)
    given = {"phase": Phase.VOID, "hold": hold.number, "order": order.pk}
    refuses(money, Move(money.fire, bank, 299 * YUAN, "x", **given), reason="fit its hold")
    actions.return_order(order=order, by=money.people["Mona"], at=money.now)
    refuses(money, Move(money.fire, bank, 300 * YUAN, "x", **given), reason="hold_id")
    assert Balance.objects.get(account=money.fire).held == 0


def test_settling_needs_the_banks_line(money):
    order = approved(money, ordered(money))
    hold = carry_out(money, order)
    given = {"phase": Phase.SETTLE, "hold": hold.number, "order": order.pk}
    move = Move(money.fire, book(money, Chart.BANK), 300 * YUAN, "x", **given)
    refuses(money, move, reason="goes out with a statement line")


def test_two_orders_cannot_hold_the_same_money(money):
    first, second = ordered(money, 12_000), ordered(money, 12_000)
    carry_out(money, approved(money, first, "Nils", "Judy", "Erin"))
    approved(money, second, "Nils", "Judy", "Erin")
    with pytest.raises(actions.LedgerRefused, match="余额不足"):
        carry_out(money, second)


def test_a_reversal_is_the_mirror_and_comes_once(money):
    paid = Transfer.objects.filter(allocation__isnull=False).get()
    wrong = Move(paid.credit, paid.debit, paid.amount - 1, "x", reverses=paid.number)
    refuses(money, wrong, reason="does not reverse what it names")
    allocation = paid.allocation
    actions.unmatch(allocation=allocation, by=money.people["Mona"], at=money.now)
    again = Move(paid.credit, paid.debit, paid.amount, "x", reverses=paid.number)
    refuses(money, again, reason="reverses_id")


def test_money_does_not_cross_from_one_account_to_another(money):
    other = open_account(money, name="另一专户")
    suspense = other.ledger_accounts.get(chart=Chart.SUSPENSE)
    move = Move(book(money, Chart.UNCOLLECTED), suspense, 5, "x")
    refuses(money, move, reason="belong to one account")


def test_a_stopped_order_is_dead(money):
    order = approved(money, ordered(money))
    actions.stop_order(order=order, reason="有误", by=money.people["Judy"], at=money.now)
    with pytest.raises(actions.LedgerRefused, match="叫停"):
        carry_out(money, order)


def test_a_frozen_account_pays_nothing_until_a_document_ends_it(money):
    order, by = approved(money, ordered(money)), money.people["Mona"]
    freeze = actions.freeze_account(
        account=money.account, document="(2024)湘01执1号", content=b"scan", by=by, at=money.now
    )
    with pytest.raises(actions.LedgerRefused, match="法院"):
        carry_out(money, order)
    actions.end_freeze(freeze=freeze, document="解冻", content=b"scan 2", by=by, at=money.now)
    assert carry_out(money, order)


def test_an_order_keeps_within_its_account(money):
    other = open_account(money, name="另一专户")
    with pytest.raises(DatabaseError, match="keeps within its account"), transaction.atomic():
        Order.objects.create(
            account=money.account, policy=other.policy(), kind="payment", debit=money.fire,
            credit=book(money, Chart.BANK), amount=5, terms=bytes(32), maker=money.people["Mona"],
            expires_at=money.now.replace(year=2030), at=money.now, thread=other.thread,
        )  # fmt: skip


def test_the_books_agree_with_the_transfers(money):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM funds_recheck()")
        assert cursor.fetchall() == []
    bank, suspense = book(money, Chart.BANK).balance, book(money, Chart.SUSPENSE).balance
    assert bank.amount == suspense.amount + money.fire.balance.amount == 20_000 * YUAN


def test_a_statement_that_does_not_add_up_is_refused(world):
    day = world.now.date()

    def told(*, closing):
        kept = Statement.objects.create(
            account=world.account, opening=0, closing=closing, since_on=day, until_on=day, count=1,
            profile="x", file_name="x", content=b"x", sha256=bytes(32), at=world.now,
        )  # fmt: skip
        Line.objects.create(statement=kept, n=1, day=day, amount=5, balance_after=5)
        connection.check_constraints()

    with pytest.raises(DatabaseError, match="does not add up"), transaction.atomic():
        told(closing=7)
    told(closing=5)


def test_a_match_gives_no_more_than_the_line_holds(world):
    billed(world)
    line = received(world, 100).lines.get()
    with pytest.raises(actions.MatchRefused):
        matched(world, line, yuan=101)
    assert matched(world, line, yuan=60)
    with pytest.raises(actions.MatchRefused):
        matched(world, line, yuan=41)
    assert matched(world, line, yuan=40)
