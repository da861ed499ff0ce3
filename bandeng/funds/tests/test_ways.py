"""Money moves in known ways only: as the application's login, whatever it asks the ledger for."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from bandeng.funds import actions
from bandeng.funds.actions._ledger import Move, _post
from bandeng.funds.models import Chart, Order, OrderKind, Phase, Policy, Statement, Transfer
from bandeng.funds.reads import recheck
from bandeng.funds.tests.english import english  # noqa: F401  # a fixture
from bandeng.funds.tests.test_attacks import book, post, refused, refuses
from bandeng.funds.tests.world import (
    YUAN,
    approved,
    funded,
    matched,
    open_account,
    ordered,
    received,
    statement,
    terms,
)
from bandeng.trail.models import Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(world):
    funded(world)
    world.home_book = world.account.receivables.get().ledger_account
    return world


def by(world):
    return {"by": world.people["Mona"], "at": world.now}


@pytest.mark.parametrize(
    ("debit", "credit", "reason"),
    [
        ("1900", "3101", "not made from nothing"),  # a fund filled by what is not explained
        ("1900", "2900", "not made from nothing"),
        ("3000", "2900", "not made from nothing"),  # a receipt that no bank has seen
        ("3000", "1122", "not made from nothing"),  # a debt forgiven without taking a bill back
        ("1122", "3101", "not made from nothing"),
        ("1122", "2900", "not made from nothing"),
        ("3000", "3101", "set aside at once"),  # a fund filled without anybody's payment
        ("2900", "1122", "set aside at once"),  # a debt paid and the money nowhere
        ("2900", "3101", "approved order only"),
        ("3101", "3000", "approved order only"),
        ("3101", "1900", "approved order only"),
    ],
)
def test_money_is_not_made_from_nothing(money, debit, credit, reason):
    received(money, 50)
    books = {a.chart: a for a in money.account.ledger_accounts.all()}
    refuses(money, Move(books[debit], books[credit], 5, "x"), reason=reason)
    assert post(money, Move(money.home_book, books[Chart.UNCOLLECTED], 5, "x"))


def test_one_accounts_gap_is_not_anothers_surplus(money):
    received(money, 50)
    other = open_account(money, name="另一专户")
    there = {a.chart: a for a in other.ledger_accounts.all()}
    half = Move(book(money, Chart.SUSPENSE), money.home_book, 5, "x")
    fill = Move(there[Chart.UNCOLLECTED], there[Chart.EARMARK], 5, "y")
    refuses(money, half, fill, reason="set aside at once")
    refuses(money, fill, half, reason="set aside at once")
    own = Move(book(money, Chart.UNCOLLECTED), money.fire, 5, "y")
    assert len(post(money, half, own)) == 2


def unbooked(world, amount, account=None):
    """A statement whose line the application has written but not booked."""
    account = account or world.account
    last = account.statements.order_by("-pk").first()
    opening = last.closing if last else 0
    kept = Statement.objects.create(
        account=account, before=last, opening=opening, closing=opening + amount, count=1,
        since_on=date(2024, 3, 1), until_on=date(2024, 3, 1), profile="x", file_name="x",
        content=b"x", sha256=bytes(31) + bytes([amount % 256]), at=world.now,
    )  # fmt: skip
    return kept.lines.create(n=1, day=date(2024, 3, 1), amount=amount, balance_after=kept.closing)


def test_a_line_is_booked_as_the_bank_wrote_it(money):
    bank, suspense = book(money, Chart.BANK), book(money, Chart.SUSPENSE)
    line = unbooked(money, 500).pk
    assert {(f.what, f.number) for f in recheck()} == {
        ("line", line), ("bank", money.account.pk)
    }  # fmt: skip
    refuses(money, Move(bank, suspense, 5_000, "x", line=line), reason="fit its statement line")
    unexplained = book(money, Chart.UNEXPLAINED)
    refuses(money, Move(unexplained, bank, 500, "x", line=line), reason="fit its statement line")
    home = Move(money.home_book, book(money, Chart.UNCOLLECTED), 500, "x", line=line)
    refuses(money, home, reason="fit its statement line")
    refuses(money, Move(bank, money.fire, 500, "x", line=line), reason="comes in to suspense")
    there = unbooked(money, 700, account=open_account(money, name="另一专户")).pk
    refuses(money, Move(bank, suspense, 700, "x", line=there), reason="fit its statement line")
    assert post(money, Move(bank, suspense, 500, "x", line=line))


def test_an_order_about_rules_moves_no_money(money):
    order = actions.order_policy(account=money.account, terms=terms(money), **by(money))
    approved(money, order, "Nils", "Judy", "Erin")
    bank = book(money, Chart.BANK)
    move = Move(money.fire, bank, 5, "x", Phase.HOLD, order=order.pk)
    refuses(money, move, reason="does not fit an order")
    assert isinstance(actions.carry_out(order=order, **by(money)), Policy)


def test_an_order_without_a_sum_cannot_be_made(money):
    good = {
        "account": money.account, "policy": money.account.policy(), "kind": OrderKind.PAYMENT,
        "debit": money.fire, "credit": book(money, Chart.BANK), "terms": bytes(32),
        "maker": money.people["Mona"], "at": money.now, "expires_at": money.now + timedelta(9),
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="order_says_what_moves"), transaction.atomic():
        Order.objects.create(**good, amount=None, thread=Thread.objects.create())
    assert Order.objects.create(**good, amount=5, thread=Thread.objects.create()).pk


def test_what_was_ordered_is_taken_back_by_an_order_only(money):
    emergency = book(money, Chart.EMERGENCY)
    order = actions.order_earmark(
        account=money.account, fund=money.fire, purpose=emergency, amount=500, reason="x",
        **by(money),
    )  # fmt: skip
    done = actions.carry_out(order=approved(money, order), **by(money))
    assert isinstance(done, Transfer)
    back = Move(emergency, money.fire, 500, "x", reverses=done.number)
    refuses(money, back, reason="taken back by an order")
    match = matched(money, received(money, 5).lines.get())[0]
    actions.unmatch(allocation=match, **by(money))  # what nobody ordered may be


def test_an_account_that_is_not_there_is_told(money):
    """Never an answer with a number under which nothing stands."""
    one = "SELECT funds_post_one('post', %s, %s, 5, NULL, NULL, NULL, NULL, 'x', now())"
    many = (
        "SELECT funds_post(NULL, %s::bigint[], %s::bigint[], ARRAY[5, 5]::bigint[], NULL, NULL, "
        "NULL, NULL, ARRAY['x', 'y'], ARRAY[now()])"
    )
    home, other = money.home_book.pk, book(money, Chart.UNCOLLECTED).pk
    refused(one, home, 999, reason="no such account")
    refused(many, [home, 999], [other, other], reason="no such account")
    with connection.cursor() as cursor:
        cursor.execute(many, [[home, home], [other, other]])
    assert Transfer.objects.filter(key__in="xy").count() == 2


def test_one_role_alone_never_makes_the_rules(money):
    rules = b'{"bands":[{"needs":{"owners":1,"deputy":0},"up_to":5}],"fee_limit":0}'
    other = open_account(money, name="另一专户")
    given = {"account": other, "version": 2, "order": None, "at": money.now}
    with pytest.raises(DatabaseError, match="at least two roles"), transaction.atomic():
        Policy.objects.create(**given, document=rules)
    band = actions.Band(5, {next(iter(terms(money).supervisors)): 1})
    with pytest.raises(actions.AccountRefused, match="two roles"):
        actions.order_policy(account=other, terms=terms(money, bands=[band]), **by(money))
    assert other.policies.count() == 1


def take(world, parsed):
    return actions.take_statement(
        account=world.account, statement=parsed, content=b"raw", file_name="x", **by(world)
    )


def test_the_chain_of_statements_closes(money):
    """A gap, an edited file and an earlier beginning are refused; the same file gives the first."""
    first = money.account.statements.get()
    next_day = date(2024, 2, 29)
    good = statement(5, 7, opening=first.closing, on=next_day)
    with pytest.raises(actions.StatementRefused, match="missing"):
        take(money, statement(5, 7, opening=first.closing + 100, on=next_day))
    edited = statement(19_000, 1_000)  # the same sum, other lines
    with pytest.raises(actions.StatementRefused):
        take(money, edited)
    taken = take(money, good)
    again = take(money, good)
    assert (again, taken.before, taken.count) == (taken, first, 2)
    longer = statement(5, 7, 9, opening=first.closing, on=next_day)
    third = take(money, longer)
    assert (third.count, third.lines.get().amount) == (1, 9 * YUAN)  # what overlaps is left out
    assert recheck() == []


def test_a_statement_does_not_begin_a_second_chain(money):
    """Its own predecessor, a beginning with money from nowhere, another account's predecessor."""
    first = money.account.statements.get()
    row = {"account": money.account, "count": 0, "since_on": date(2024, 3, 1), "content": b"x",
           "until_on": date(2024, 3, 1), "profile": "x", "file_name": "x", "at": money.now}  # fmt: skip

    def told(**changes):
        Statement.objects.create(**row | {"sha256": bytes(32)} | changes)
        connection.check_constraints()

    other = open_account(money, name="另一专户")
    for wrong, reason in (
        ({"pk": 900, "before_id": 900, "opening": 5, "closing": 5}, "does not go on"),
        ({"account": other, "opening": 5, "closing": 5}, "begins with nothing"),
        ({"account": other, "before": first, "opening": first.closing,
          "closing": first.closing}, "does not go on"),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match=reason), transaction.atomic():
            told(**wrong)
    told(before=first, opening=first.closing, closing=first.closing)


def test_a_bounced_payment_is_nobodys(money):
    said = {1: ("", "某人", "6211")}
    line = received(money, 50, said=said).lines.get()
    match = matched(money, line, yuan=30)[0]
    back = received(money, -50, said={1: ("退汇", "某人", "6211")}).lines.get()
    assert back.booking.reverses == line.booking
    assert hasattr(match.paid, "reversal")
    with pytest.raises(actions.MatchRefused, match="no more than the line holds"):
        matched(money, line, yuan=5)
    again = received(money, -50, said={1: ("退汇", "某人", "6211")}).lines.get()
    assert again.booking.debit.chart == Chart.UNEXPLAINED  # it cannot bounce twice


def test_a_statement_is_never_stuck_because_a_fund_is_empty(world):
    """A fee before any home was matched, and a bounce of money that is spent, wait to be explained."""
    received(world, 100)
    fee = received(world, -5, said={1: ("手续费", "", "")}).lines.get()
    assert fee.booking.debit.chart == Chart.UNEXPLAINED
    funded_line = funded(world, 300)
    actions.carry_out(order=approved(world, ordered(world, 290)), **by(world))
    bounced = received(world, -20, said={1: ("退汇", "", "")}).lines.get()
    assert bounced.booking.debit.chart == Chart.UNEXPLAINED
    fee = received(world, -5, said={1: ("手续费", "", "")}).lines.get()
    assert fee.booking.debit.chart == Chart.EARMARK
    assert funded_line.allocations.get().paid.amount == 300 * YUAN
    assert recheck() == []


def test_a_line_gives_no_more_than_it_holds_even_past_the_action(money):
    small = received(money, 5).lines.get()
    received(money, 7)
    match = matched(money, small)[0]
    numbers = _post(
        moves=[
            Move(book(money, Chart.SUSPENSE), money.home_book, 700, "x"),
            Move(book(money, Chart.UNCOLLECTED), money.fire, 700, "y"),
        ],
        at=money.now,
    )
    forged = {"amount": 700, "paid_id": numbers[0], "gained_id": numbers[1], "pk": None}
    for changes, reason in (({}, "more than the line holds"), ({"amount": 1}, "fit its transfers")):
        for name, value in (forged | changes).items():
            setattr(match, name, value)
        with pytest.raises(DatabaseError, match=reason), transaction.atomic():
            match.save(force_insert=True)
