"""What a home owes, how it was reckoned, and until when it can be asked for."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.funds import parameters
from bandeng.funds.rules.dues import (
    Account,
    Act,
    Clause,
    Dispute,
    Entry,
    Event,
    Instalment,
    Kind,
    Period,
    Rate,
    Strength,
    account,
    charge,
    charges,
    instalments,
    is_excessive,
    late_fee,
    limitation,
    managed,
    months_of,
    progress,
    standing,
    years_of,
)

YEAR = Period(date(2023, 1, 1), date(2024, 1, 1))
days = st.dates(date(2015, 1, 1), date(2030, 1, 1))


# Area × rate × months.


def test_a_year_of_88_50_m2_at_1_50_yuan_is_1593_yuan():
    found = charge(area=88_50, rate=150, period=YEAR)
    assert (found.fen, int(found.months), found.is_rounded) == (1_593_00, 12, False)


@pytest.mark.parametrize(("to", "fen"), [(1, 1_593_09), (10, 1_593_10), (100, 1_593_00)])
def test_a_sum_is_rounded_once_half_up_to_the_step_of_the_contract(to, fen):
    found = charge(area=88_505, rate=15, period=YEAR, to=to)
    assert (found.exact, found.fen, found.is_rounded) == (Fraction(1_593_09), fen, to != 1)


def test_half_a_fen_goes_up():
    assert charge(area=5, rate=10, period=Period(date(2023, 1, 1), date(2023, 2, 1))).fen == 1


def test_a_part_of_a_month_counts_by_its_days():
    assert months_of(since=date(2023, 1, 16), until=date(2023, 3, 1)) == Fraction(16, 31) + 1
    assert months_of(since=date(2024, 2, 1), until=date(2024, 2, 16)) == Fraction(15, 29)
    assert months_of(since=date(2024, 2, 1), until=date(2024, 2, 1)) == 0


@given(first=days, second=days, third=days)
def test_two_pieces_of_time_are_as_long_as_the_whole(first, second, third):
    a, b, c = sorted((first, second, third))
    assert months_of(since=a, until=b) + months_of(since=b, until=c) == months_of(since=a, until=c)


@given(area=st.integers(1, 100_000), rate=st.integers(0, 2_000), to=st.sampled_from([1, 10, 100]))
def test_rounding_is_never_off_by_more_than_half_a_step(area, rate, to):
    found = charge(area=area, rate=rate, period=YEAR, to=to)
    assert abs(found.exact - found.fen) <= Fraction(to, 2)
    assert found.fen % to == 0


# Only where and while the company managed.


def test_nothing_is_owed_before_the_company_came_or_after_it_left():
    terms = [(date(2023, 4, 1), date(2023, 7, 1)), (date(2023, 10, 1), None)]
    parts = managed(period=YEAR, terms=terms)
    assert [(p.since.month, p.until.month, int(p.months)) for p in parts] == [(4, 7, 3), (10, 1, 3)]
    assert managed(period=YEAR, terms=[]) == []


def test_terms_that_meet_or_overlap_are_one():
    terms = [
        (date(2022, 1, 1), date(2023, 6, 1)),
        (date(2023, 3, 1), date(2023, 9, 1)),
        (date(2023, 9, 1), None),
    ]
    assert managed(period=YEAR, terms=terms) == [YEAR]


def test_a_new_rate_makes_a_line_of_its_own():
    rates = [Rate(date(2020, 1, 1), date(2023, 7, 1), 150), Rate(date(2023, 7, 1), None, 180)]
    found = charges(area=100_00, rates=rates, period=YEAR, terms=[(date(2020, 1, 1), None)])
    assert [(c.rate, int(c.months), c.fen) for c in found] == [(150, 6, 900_00), (180, 6, 1_080_00)]


def test_bills_are_made_out_by_the_year():
    parts = [*years_of(period=Period(date(2021, 11, 1), date(2023, 2, 1)))]
    assert [p.months for p in parts] == [2, 12, 1]


# Until when.

DUE = date(2021, 6, 30)


def ends(*events, due_on=DUE):
    years = parameters.law(name="limitation", on=due_on)
    longest = parameters.law(name="longest_limitation", on=due_on)
    return limitation(due_on=due_on, events=events, years=years, longest=longest)


def test_three_years_and_the_last_day_is_the_corresponding_one():
    assert ends().ends_on == date(2024, 6, 30)
    assert ends(due_on=date(2020, 2, 29)).ends_on == date(2023, 2, 28)


@pytest.mark.parametrize("act", [Act.DEMAND, Act.PART_PAYMENT, Act.ACKNOWLEDGED, Act.PLAN])
def test_a_demand_a_part_payment_or_an_acknowledgement_starts_them_anew(act):
    found = ends(Event(date(2023, 9, 1), act))
    assert (found.ends_on, len(found.counted)) == (date(2026, 9, 1), 1)


def test_each_act_counts_from_the_last():
    found = ends(Event(date(2026, 8, 1), Act.DEMAND), Event(date(2023, 9, 1), Act.DEMAND))
    assert found.ends_on == date(2029, 8, 1)


def test_a_demand_that_comes_a_day_late_counts_no_more_but_a_promise_does():
    late = Event(date(2024, 7, 1), Act.DEMAND)
    assert ends(late).too_late == (late,)
    assert ends(Event(date(2024, 6, 30), Act.DEMAND)).too_late == ()
    assert ends(late, Event(date(2025, 1, 1), Act.AGREED)).ends_on == date(2028, 1, 1)


def test_a_suit_interrupts_until_it_is_over():
    found = ends(Event(date(2024, 1, 1), Act.SUIT, ended_on=date(2025, 2, 1)))
    assert found.ends_on == date(2028, 2, 1)


def test_twenty_years_are_the_most():
    acts = [Event(date(2022 + 2 * n, 1, 1), Act.DEMAND) for n in range(12)]
    assert ends(*acts).ends_on == date(2041, 6, 30)


@given(acts=st.lists(st.builds(Event, days, st.sampled_from(Act)), max_size=6))
def test_an_act_never_makes_a_claim_weaker(acts):
    assert ends(*acts).ends_on >= ends().ends_on
    assert {*ends(*acts).counted, *ends(*acts).too_late} == {a for a in acts if a.on > DUE}


@pytest.mark.parametrize(
    ("on", "strength"),
    [
        (date(2023, 1, 1), Strength.WITHIN),
        (date(2024, 3, 1), Strength.NEAR),
        (date(2024, 6, 30), Strength.NEAR),
        (date(2024, 7, 1), Strength.OVER),
    ],
)
def test_a_claim_is_warned_of_in_time(on, strength):
    near = parameters.house(name="limitation_near")
    assert standing(ends_on=date(2024, 6, 30), on=on, near=near).strength is strength


@pytest.mark.parametrize(
    ("dispute", "strength", "contested"),
    [
        (Dispute("漏水未修"), Strength.DISPUTED, True),
        (Dispute("漏水未修", "人民调解委员会", upheld=True), Strength.REJECTED, True),
        (Dispute("漏水未修", "法院", upheld=False), Strength.CONFIRMED, False),
    ],
)
def test_an_objection_says_who_decided(dispute, strength, contested):
    found = standing(ends_on=date(2024, 6, 30), on=date(2023, 1, 1), near=180, dispute=dispute)
    assert (found.strength, found.contested) == (strength, contested)
    assert found.decided_by == dispute.decided_by


# Paying in parts, paying late.


def test_a_plan_ends_on_the_fen():
    plan = instalments(total=1_000_01, parts=3, first_on=date(2024, 11, 30))
    assert plan == [
        Instalment(date(2024, 11, 30), 333_35),
        Instalment(date(2024, 12, 30), 333_33),
        Instalment(date(2025, 1, 30), 333_33),
    ]
    february = instalments(total=400, parts=4, first_on=date(2024, 11, 30))[3]
    assert february.on == date(2025, 2, 28)


@given(total=st.integers(1, 10**9), parts=st.integers(1, 60), paid=st.integers(0, 10**9))
def test_a_plan_is_the_sum_and_progress_is_true(total, parts, paid):
    plan = instalments(total=total, parts=parts, first_on=date(2024, 1, 31))
    assert sum(part.amount for part in plan) == total
    last = progress(plan=plan, paid=paid, on=date(2040, 1, 1))
    assert (last.due, last.behind) == (total, max(0, total - paid))
    assert (last.following is None) == (paid >= total)


def test_progress_tells_what_is_missing_and_what_is_next():
    plan = instalments(total=300_00, parts=3, first_on=date(2024, 9, 1))
    found = progress(plan=plan, paid=150_00, on=date(2024, 10, 1))
    assert (found.due, found.behind, found.following) == (200_00, 50_00, plan[1])


def test_without_a_stored_clause_nothing_is_added():
    assert late_fee(sum_=1_593_00, clause=None, due_on=DUE, on=date(2024, 1, 1)) == 0
    assert parameters.law(name="late_fee_ppm_per_day", on=date(2024, 1, 1)) == 0


def test_a_clause_adds_simple_interest_by_the_day_after_its_grace():
    clause = Clause(500, 30, "逾期每日按万分之五", date(2019, 1, 1))
    assert late_fee(sum_=1_593_00, clause=clause, due_on=DUE, on=DUE + timedelta(30)) == 0
    assert late_fee(sum_=1_593_00, clause=clause, due_on=DUE, on=DUE + timedelta(130)) == 79_65
    assert is_excessive(fee=131, loss=100, percent=30)
    assert not is_excessive(fee=130, loss=100, percent=30)


# The statement of account.

ENTRIES = [
    Entry(date(2022, 1, 1), Kind.CHARGE, 1_593_00, "2022"),
    Entry(date(2022, 5, 1), Kind.PAYMENT, 1_000_00),
    Entry(date(2023, 1, 1), Kind.CHARGE, 1_593_00, "2023"),
    Entry(date(2023, 2, 1), Kind.PAYMENT, 593_00),
    Entry(date(2023, 2, 5), Kind.REVERSAL, 593_00),
    Entry(date(2023, 3, 1), Kind.WAIVER, 93_00),
]


def test_an_account_shows_each_step():
    found = account(entries=reversed(ENTRIES), since=date(2023, 1, 1), until=date(2024, 1, 1))
    assert [owed for _, owed in found.entries] == [2_186_00, 1_593_00, 2_186_00, 2_093_00]
    assert found == Account(593_00, found.entries, 1_593_00, 0, 93_00, 2_093_00)


@given(
    entries=st.lists(
        st.builds(Entry, days, st.sampled_from(Kind), st.integers(1, 10**8)), max_size=20
    ),
    cut=st.tuples(days, days),
)
def test_an_account_always_adds_up_and_goes_on_where_the_last_one_ended(entries, cut):
    since, until = sorted(cut)
    found = account(entries=entries, since=since, until=until)
    assert found.opening + found.charged - found.paid - found.waived == found.closing
    later = account(entries=entries, since=until, until=date(2031, 1, 1))
    assert later.opening == found.closing


def test_a_rule_of_law_says_since_when_and_where_it_stands():
    assert "188" in parameters.source(name="limitation", on=date(2024, 1, 1))
    with pytest.raises(LookupError):
        parameters.law(name="limitation", on=date(2000, 1, 1))
