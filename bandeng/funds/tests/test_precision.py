"""What is booked without a person is right: measured on lines that say what was meant."""

import sys
from collections import Counter
from typing import Any

import pytest

from bandeng.funds.rules.matching import Automatic, Book, Rule, match
from bandeng.funds.tests.labelled import MESS, kinds, labelled
from bandeng.funds.tests.replay import replay

ESTATES, HOMES = 5, 1_572  # as large as the page's
BAR = 0.999


@pytest.fixture(scope="module")
def played():
    made = [labelled(homes=HOMES, seed=seed) for seed in range(ESTATES)]
    return [(estate, replay(estate=estate)) for estate in made]


def total(counters) -> Counter[Any]:
    return sum(counters, Counter[Any]())


def test_automatic_matches_are_right_at_least_999_times_in_1000(played):
    right = total(score.right for _, score in played)
    wrong = [each for _, score in played for each in score.wrong]
    lines = sum(len(estate.lines) for estate, _ in played)
    meant = sum(
        bool(line.homes and line.dues != frozenset()) for e, _ in played for line in e.lines
    )
    precision = right.total() / (right.total() + len(wrong))
    recall = right.total() / meant
    told = f"{lines} lines, precision {precision:.5f}, recall {recall:.3f}, by rule {dict(right)}\n"
    sys.stdout.write(
        told + "".join(f"wrong: {line.kind}, {line.payment.memo}\n" for line, _ in wrong)
    )
    assert lines >= 5_000
    assert precision >= BAR
    assert recall >= 0.75


def test_every_mess_of_life_is_among_the_lines(played):
    told = total(kinds(estate) for estate, _ in played)
    assert len(told) >= len(MESS)
    assert min(told.values()) >= 1


def test_the_queue_shows_the_right_home_first_more_often_than_not(played):
    asked = sum(score.asked for _, score in played)
    assert sum(score.first for _, score in played) / asked > 0.5


def test_no_due_is_paid_more_than_once(played):
    estate = played[0][0]
    held = {due.key: due.open for dues in estate.dues.values() for due in dues}
    book = Book(homes=estate.homes, dues=[d for dues in estate.dues.values() for d in dues])
    payments = [line.payment for line in estate.lines]
    for decision in match(payments=payments, book=book).values():
        if isinstance(decision, Automatic):
            assert (
                sum(a.amount for a in decision.allocations) + decision.rest
                == decision.payment.amount
            )
            for allocation in decision.allocations:
                held[allocation.due] -= allocation.amount
    assert min(held.values()) >= 0


def test_the_same_lines_give_the_same_decisions(played):
    estate = played[0][0]
    payments = [line.payment for line in estate.lines]
    dues = [d for held in estate.dues.values() for d in held]

    def run(homes):
        return match(payments=payments, book=Book(homes=homes, dues=dues))

    assert run(estate.homes) == run(estate.homes[::-1])


def test_each_rule_is_used(played):
    used = total(score.right for _, score in played)
    assert all(used[rule] for rule in Rule)
