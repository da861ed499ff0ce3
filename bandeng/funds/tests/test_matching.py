"""Which dues a payment pays: booked only where it is certain, asked where it is not."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandeng.funds.rules.matching import (
    Automatic,
    Book,
    Bounced,
    Due,
    Home,
    Payment,
    Queue,
    Reason,
    Returned,
    Rule,
    Why,
    match,
)
from bandeng.funds.rules.matching.evidence import Place, names_in, places_in
from bandeng.funds.rules.matching.sums import LARGEST, exact, oldest_first, only_choice
from bandeng.funds.rules.references import short_reference

DAY = date(2024, 9, 10)
REFERENCES = [short_reference(number=10_000_000 + 977 * n) for n in range(6)]
HOMES = [
    Home("A", "3栋", "2单元", "1502", ("王小明", "李芳"), REFERENCES[0]),
    Home("B", "3栋", "2单元", "1503", ("刘海燕",), REFERENCES[1]),
    Home("C", "3栋", "1单元", "1502", ("陈国强",), REFERENCES[2]),
    Home("D", "5栋", "1单元", "0301", ("张伟",), REFERENCES[3]),
    Home("E", "5栋", "1单元", "302", ("欧阳雪琴",), REFERENCES[4]),
    Home("F", "5栋", "1单元", "303", ("欧阳雪琴",), REFERENCES[5]),
]
YEARS = {"A": (1_593_00,) * 3, "B": (1_593_00,) * 3, "C": (1_593_00,) * 3, "D": (2_149_20,), "E": (500_00, 700_00),
         "F": (900_00,)}  # fmt: skip
WHOLE = {home: sum(sums) for home, sums in YEARS.items()}


def dues(contested=()):
    return [
        Due(f"{home}{n}", home, sum_, date(2021 + n, 1, 1), home in contested)
        for home, sums in YEARS.items()
        for n, sum_ in enumerate(sums)
    ]


def paying(amount, memo="", *, payer="", account="", key=1, on=DAY):
    return Payment(key, on, amount, payer, account, memo)


def decide(*payments, accounts=None, contested=(), past=()):
    book = Book(homes=HOMES, dues=dues(contested), accounts=accounts)
    found = match(payments=payments, book=book, past=past)
    return [found[payment.key] for payment in payments]


def booked(decision, rule, homes):
    assert isinstance(decision, Automatic), decision
    assert (decision.rule, "".join(sorted(map(str, decision.homes)))) == (rule, homes)
    return {allocation.due: allocation.amount for allocation in decision.allocations}


def asked(decision, why):
    assert isinstance(decision, Queue), decision
    assert decision.why is why
    return decision.candidates


# The reference.


def test_a_reference_and_the_whole_sum_pay_everything_that_is_open():
    (found,) = decide(paying(WHOLE["A"], f"物业费 {REFERENCES[0]}", payer="谁都不是"))
    assert booked(found, Rule.REFERENCE, "A") == {"A0": 1_593_00, "A1": 1_593_00, "A2": 1_593_00}


def test_a_part_pays_the_oldest_first_and_parts_add_up():
    first, second = decide(
        paying(2_000_00, REFERENCES[0]),
        paying(1_000_00, REFERENCES[0], key=2, on=DAY + timedelta(1)),
    )
    assert booked(first, Rule.REFERENCE, "A") == {"A0": 1_593_00, "A1": 407_00}
    assert booked(second, Rule.REFERENCE, "A") == {"A1": 1_000_00}


def test_what_is_too_much_stays_in_suspense():
    (found,) = decide(paying(WHOLE["D"] + 50, REFERENCES[3]))
    booked(found, Rule.REFERENCE, "D")
    assert found.rest == 50


def test_one_payment_with_two_references_pays_both_homes():
    (found,) = decide(paying(WHOLE["A"] + WHOLE["D"], f"{REFERENCES[0]}、{REFERENCES[3]}"))
    assert sum(booked(found, Rule.REFERENCE, "AD").values()) == WHOLE["A"] + WHOLE["D"]


def test_two_references_and_another_sum_is_a_question():
    (found,) = decide(paying(1_000_00, f"{REFERENCES[0]} {REFERENCES[3]}"))
    asked(found, Why.SEVERAL_HOMES)


def test_a_wrong_digit_offers_the_home_that_was_meant():
    wrong = REFERENCES[3][:9] + str((int(REFERENCES[3][9]) + 1) % 10)
    (found,) = decide(paying(WHOLE["D"], wrong))
    assert asked(found, Why.WRONG_REFERENCE)[0].homes == ("D",)


def test_a_wrong_digit_beside_the_owners_name_is_no_obstacle():
    wrong = REFERENCES[1][:9] + str((int(REFERENCES[1][9]) + 1) % 10)
    (found,) = decide(paying(WHOLE["B"], wrong, payer="刘海燕"))
    booked(found, Rule.NAME, "B")


def test_a_reference_that_nobody_was_given_is_a_question():
    (found,) = decide(paying(WHOLE["D"], short_reference(number=99_999_999), payer="刘海燕"))
    asked(found, Why.UNKNOWN_REFERENCE)


def test_a_reference_against_the_room_in_the_same_text_is_a_question():
    (found,) = decide(paying(WHOLE["A"], f"{REFERENCES[0]} 5栋1单元301"))
    asked(found, Why.CONFLICT)


def test_a_neighbours_notice_copied_by_an_owner_is_a_question():
    (found,) = decide(paying(WHOLE["A"], REFERENCES[0], payer="刘海燕"))
    assert {c.homes for c in asked(found, Why.CONFLICT)} == {("A",), ("B",)}


def test_disputed_and_old_dues_are_never_paid_by_a_guess():
    """Only who pays the whole sum pays them; what is left over waits."""
    part, whole = paying(2_000_00, REFERENCES[0]), paying(WHOLE["A"], REFERENCES[0])
    asked(decide(part, contested="A")[0], Why.CONTESTED)
    booked(decide(whole, contested="A")[0], Rule.REFERENCE, "A")


# A known account, a room, a name: only with a sum that fits.


def test_a_known_account_that_says_nothing_pays_where_it_paid_before():
    (found,) = decide(paying(WHOLE["D"], account="62170"), accounts={"62170": {"D"}})
    booked(found, Rule.ACCOUNT, "D")


def test_a_known_account_with_another_sum_is_a_question():
    (found,) = decide(paying(123_45, account="62170"), accounts={"62170": {"D"}})
    asked(found, Why.AMOUNT_UNFIT)


def test_an_account_that_paid_for_two_like_homes_is_a_question():
    (found,) = decide(paying(WHOLE["A"], account="62170"), accounts={"62170": {"A", "B"}})
    asked(found, Why.AMBIGUOUS)


def test_an_agents_account_says_little_but_the_room_it_names_counts():
    known = {"88888": {"A", "B", "C", "D"}}
    named, silent = decide(
        paying(WHOLE["D"], "5栋1单元301室物业费", account="88888"),
        paying(WHOLE["B"], "代付", account="88888", key=2),
        accounts=known,
    )
    booked(named, Rule.ROOM, "D")
    asked(silent, Why.WEAK)


@pytest.mark.parametrize(
    "memo",
    [
        "3栋2单元1502",
        "3-2-1502",
        "三栋二单元1502室物业费",
        "3#2-1502",
        "３栋２单元１５０２",
        "福鑫南郡3号楼2单元1502房 2024年",
    ],
)
def test_a_room_is_read_as_people_write_it(memo):
    (found,) = decide(paying(1_593_00, memo, payer="租客"))
    assert booked(found, Rule.ROOM, "A") == {"A0": 1_593_00}  # of equal years the oldest


def test_two_rooms_in_one_text_are_paid_together():
    (found,) = decide(paying(WHOLE["A"] + WHOLE["B"], "3栋2单元1502、1503"))
    booked(found, Rule.ROOM, "AB")


def test_a_room_without_its_entrance_needs_the_owners_name():
    (unclear,) = decide(paying(WHOLE["C"], "3栋1502"))
    assert {c.homes for c in asked(unclear, Why.AMBIGUOUS)} == {("A",), ("C",)}
    (clear,) = decide(paying(WHOLE["C"], "3栋1502", payer="陈国强"))
    booked(clear, Rule.ROOM, "C")


def test_a_room_that_does_not_exist_is_a_question_even_with_a_name():
    (found,) = decide(paying(WHOLE["B"], "3栋2单元1599", payer="刘海燕"))
    asked(found, Why.ROOM_UNKNOWN)


def test_a_room_against_the_payers_own_home_is_a_question():
    """A slip of the pen: the neighbour's flat owes the same."""
    (found,) = decide(paying(WHOLE["A"], "3栋2单元1502", payer="刘海燕"))
    asked(found, Why.CONFLICT)


def test_the_owners_name_and_the_whole_sum_are_enough():
    (found,) = decide(paying(WHOLE["B"], "物业费", payer="刘海燕"))
    booked(found, Rule.NAME, "B")


def test_a_name_in_the_text_counts_as_well():
    (found,) = decide(paying(WHOLE["B"], "代刘海燕交物业费", payer="某某"))
    booked(found, Rule.NAME, "B")


def test_a_name_with_one_years_sum_is_a_question():
    (found,) = decide(paying(1_593_00, payer="刘海燕"))
    assert asked(found, Why.CONFLICT)[0].homes == ("B",)


def test_a_name_that_others_may_bear_by_chance_only_points():
    """Where many are called 张 and many 伟, one more 张伟 is nothing special."""
    crowd = [
        Home(n, "9", "1", str(100 + n), (name,))
        for n, name in enumerate(("张芳", "张磊", "王伟", "李伟"))
    ]
    book = Book(homes=[*HOMES, *crowd], dues=dues())
    payment = paying(WHOLE["D"], payer="张伟")
    assert asked(match(payments=[payment], book=book)[1], Why.CONFLICT)[0].homes == ("D",)


def test_an_owner_of_two_homes_may_pay_one_or_both():
    both, one = (decide(paying(s, payer="欧阳雪琴"))[0] for s in (2_100_00, 900_00))
    booked(both, Rule.NAME, "EF")
    booked(one, Rule.NAME, "F")


def test_a_homophone_is_offered_never_booked():
    (found,) = decide(paying(WHOLE["B"], payer="刘海艳"))
    candidate = asked(found, Why.WEAK)[0]
    assert (candidate.homes, Reason.SIMILAR in candidate.reasons) == (("B",), True)


def test_the_amount_alone_never_decides():
    (found,) = decide(paying(WHOLE["D"], "转账", payer="谁都不是"))
    assert asked(found, Why.NO_HINT) == ()


# Several lines together.


def test_paid_twice_is_booked_once_and_asked_once():
    first, second = decide(
        paying(WHOLE["D"], REFERENCES[3], account="62170"),
        paying(WHOLE["D"], REFERENCES[3], account="62170", key=2, on=DAY + timedelta(3)),
    )
    booked(first, Rule.REFERENCE, "D")
    asked(second, Why.DUPLICATE)


def test_a_strong_rule_goes_before_a_weak_one_whatever_came_first():
    weak, strong = decide(
        paying(WHOLE["B"], payer="刘海燕", account="1"),
        paying(WHOLE["B"], REFERENCES[1], account="2", key=2, on=DAY + timedelta(9)),
    )
    booked(strong, Rule.REFERENCE, "B")
    asked(weak, Why.NOTHING_OPEN)


def test_two_payers_of_one_name_for_one_home_are_both_asked():
    for found in decide(
        paying(WHOLE["B"], payer="刘海燕", account="1"),
        paying(WHOLE["B"], payer="刘海燕", account="2", key=2),
    ):
        asked(found, Why.RIVALS)


def test_money_that_the_bank_takes_back_undoes_its_payment():
    came, went = decide(
        paying(WHOLE["D"], REFERENCES[3], account="62170"),
        paying(-WHOLE["D"], "退汇 户名不符", account="62170", key=2, on=DAY + timedelta(2)),
    )
    assert (came, went) == (Bounced(came.payment, 2), Returned(went.payment, 1))


def test_money_of_an_earlier_statement_comes_back_too():
    earlier = paying(WHOLE["D"], REFERENCES[3], account="62170", key="old")
    (went,) = decide(
        paying(-WHOLE["D"], "冲正", account="62170", on=DAY + timedelta(5)), past=[earlier]
    )
    assert went == Returned(went.payment, "old")


@pytest.mark.parametrize(
    ("payment", "why"),
    [
        (paying(-5_00, "网银手续费"), Why.BANK_FEE),
        (paying(23_45, "结息"), Why.INTEREST),
        (paying(80_000_00, "退汇 账号有误", payer="消防工程公司"), Why.CAME_BACK),
        (paying(-80_000_00, "工程款"), Why.OUTGOING),
        (paying(-1_00, "退汇"), Why.RETURN_UNCLEAR),
        (paying(5_000_00, "结算款", payer="财付通支付科技有限公司"), Why.LUMP_SUM),
    ],
)
def test_what_is_no_households_payment_is_set_apart(payment, why):
    asked(decide(payment)[0], why)


# What a text says.


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("2024-09-03物业费", []),
        ("13812345678", []),
        ("3栋2单元1502 2024年物业费", [Place("3", "2", "1502")]),
        ("第十二栋一单元三〇一", [Place("12", "1", "301")]),
        ("A座1502", [Place("A", "", "1502")]),
        ("2-1502", [Place("2", "", "1502", pair=True)]),
        ("1栋101和2栋202", [Place("1", "", "101"), Place("2", "", "202")]),
    ],
)
def test_places_are_found(text, places):
    assert [*places_in(text=text)] == places


def test_names_are_what_is_left_between_the_usual_words():
    assert [*names_in(text="代王小明交3栋物业费")] == ["王小明"]


# The arithmetic.

sums = st.lists(st.integers(1, 60), min_size=1, max_size=9)


def choices(amount, values):
    return {
        tuple(sorted(choice))
        for n in range(1, len(values) + 1)
        for choice in combinations(values, n)
        if sum(choice) == amount
    }


@settings(max_examples=300)
@given(values=sums, amount=st.integers(1, 300))
def test_only_choice_is_the_one_that_brute_force_finds(values, amount):
    brute = choices(amount, values)
    found = only_choice(amount=amount, values=tuple(sorted(values)))
    assert (found is not None) == (len(brute) == 1)
    assert found is None or tuple(sorted(found)) in brute


@given(values=sums, amount=st.integers(1, 700))
def test_oldest_first_pays_all_it_can_and_never_more(values, amount):
    held = [Due(n, "A", value, DAY + timedelta(n)) for n, value in enumerate(values)]
    allocations, rest = oldest_first(amount=amount, dues=held)
    paid = Counter({a.due: a.amount for a in allocations})
    assert sum(paid.values()) + rest == amount
    assert all(paid[due.key] <= due.open for due in held)
    assert rest == max(0, amount - sum(values))


def test_of_many_dues_only_the_whole_sum_is_recognised():
    held = [Due(n, "A", 2**n, DAY) for n in range(LARGEST + 1)]
    assert len(exact(amount=2 ** (LARGEST + 1) - 1, dues=held)) == LARGEST + 1
    assert exact(amount=5, dues=held) == ()
    assert {a.due for a in exact(amount=5, dues=held[:-1])} == {0, 2}
