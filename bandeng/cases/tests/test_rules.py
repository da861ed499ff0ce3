"""States, routes, closing, limits and rates: rules as tables and as properties."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.cases.rules import closing, deadlines, numbers, rates, routing, states
from bandeng.cases.rules.closing import Asked, Obstacle
from bandeng.cases.rules.rates import Excluded, Said, Satisfied, Solved
from bandeng.cases.rules.states import CLOSED, OPEN, Clock, State, Type
from bandeng.places.rules.calendar import Calendar, Exceptional, Unit

AT = datetime(2024, 3, 1, 9, tzinfo=UTC)
EVERY = st.sampled_from(list(State))


@given(EVERY, EVERY)
def test_a_move_never_starts_from_an_end_but_by_reopening(old, new):
    if states.can_move(old=old, new=new) and old in CLOSED:
        assert new is State.REOPENED


@given(EVERY)
def test_type_clock_and_label_go_together(state):
    meaning = states.STATES[state]
    assert (meaning.type is Type.CLOSED) == (state in CLOSED)
    assert meaning.type is Type.OPEN or meaning.clock is Clock.STOP


def test_every_state_can_be_reached_and_every_open_one_left():
    reached = {State.RECEIVED}
    while True:
        more = reached | {new for old in reached for new in states.STATES[old].to}
        if more == reached:
            break
        reached = more
    assert reached == set(State)
    assert all(states.STATES[state].to for state in OPEN)


def test_nothing_is_closed_as_solved_without_a_result():
    for old in set(State) - {State.RESULT_REPORTED}:
        assert not states.can_move(old=old, new=State.CLOSED_SOLVED)


RULES = [
    routing.Rule(1, "街道", area_code="430203003"),
    routing.Rule(2, "社区", area_code="430203003001"),
    routing.Rule(3, "物业", estate=7),
    routing.Rule(4, "消防科", category="fire", area_code="4302"),
    routing.Rule(5, "消防科驻点", category="fire", estate=7),
    routing.Rule(6, "应急", category="gas", priority=9),
]


@pytest.mark.parametrize(
    ("category", "area_code", "estate", "body"),
    [
        ("lamps", "430203003001", 7, "物业"),
        ("lamps", "430203003001", 8, "社区"),
        ("lamps", "430203003002", 8, "街道"),
        ("lamps", "430204003002", 8, None),
        ("fire", "430203003001", 8, "消防科"),
        ("fire", "430203003001", 7, "消防科驻点"),
        ("gas", "110101001001", 8, "应急"),
        (None, "430203003001", 7, "物业"),
    ],
)
def test_the_narrowest_rule_wins_and_says_whom_it_beat(category, area_code, estate, body):
    choice = routing.choose(rules=RULES, category=category, area_code=area_code, estate=estate)
    assert (choice and choice.rule.organisation) == body
    if choice and body == "物业":
        assert choice.beaten == ("社区", "街道")
        assert (choice.by_estate, choice.by_category) == (True, False)


@given(st.permutations(RULES))
def test_the_order_in_which_rules_were_written_does_not_matter(rules):
    choice = routing.choose(rules=rules, category="fire", area_code="430203003001", estate=7)
    assert choice and choice.rule.pk == 5  # noqa: PT018


@pytest.mark.parametrize(
    ("asked", "solved", "after_days", "obstacle"),
    [
        (Asked(None, 1, []), True, 0, Obstacle.NOT_ASKED),
        (Asked(AT, 2, [Solved.YES]), True, 6, Obstacle.STILL_WAITING),
        (Asked(AT, 2, [Solved.YES]), True, 7, None),
        (Asked(AT, 2, [Solved.YES], unreachable=1), True, 0, None),
        (Asked(AT, 2, [Solved.YES, Solved.NO]), True, 0, Obstacle.MOST_SAY_NO),
        (Asked(AT, 2, [Solved.YES, Solved.NO]), False, 0, None),
        (Asked(AT, 3, [Solved.YES, Solved.NO, Solved.YES]), True, 0, None),
        (Asked(AT, 3, [Solved.YES, Solved.PARTLY, Solved.PARTLY]), True, 0, Obstacle.MOST_SAY_NO),
        (Asked(AT, 1, []), True, 7, None),
    ],
)
def test_closing_needs_the_people_concerned(asked, solved, after_days, obstacle):
    at = AT + timedelta(days=after_days)
    assert closing.obstacle(asked=asked, solved=solved, at=at, days=7) is obstacle


SAID = st.builds(
    Said,
    excluded=st.sampled_from([None, Excluded.NO_ANSWER, Excluded.WITHDRAWN, Excluded.NOT_REACHED]),
    contacted=st.sampled_from([None, True, False]),
    solved=st.sampled_from([None, *Solved]),
    satisfied=st.sampled_from([None, *Satisfied]),
)


@given(st.dictionaries(SAID, st.integers(1, 50)))
def test_a_rate_loses_nobody_and_is_a_share_or_no_data(reports):
    total = sum(reports.values())
    for rate in rates.three_rates(reports=reports).values():
        assert rate.denominator + sum(rate.excluded.values()) == total
        assert 0 <= rate.numerator <= rate.denominator
        if rate.denominator:
            assert rate.share == Fraction(rate.numerator, rate.denominator)
        else:
            assert rate.share is None


def test_rates_by_hand():
    reports = {
        Said(contacted=True, solved=Solved.YES, satisfied=Satisfied.VERY): 3,
        Said(contacted=False, solved=Solved.PARTLY, satisfied=Satisfied.BASICALLY): 1,
        Said(solved=Solved.NO): 1,
        Said(Excluded.NOT_REACHED): 2,
    }
    found = rates.three_rates(reports=reports)
    assert found["response"].share == Fraction(3, 4)
    assert found["solved"].share == Fraction(3, 5)
    assert found["satisfied"].share == Fraction(3, 4)
    assert found["satisfied"].excluded == {Excluded.NOT_REACHED: 2, Excluded.SILENT: 1}


CALENDAR = Calendar(
    years={2024: "通知", 2025: "通知"},
    exceptions={
        date(2024, 4, 4): Exceptional(False, "清明节"),
        date(2024, 4, 5): Exceptional(False, "清明节"),
        date(2024, 4, 7): Exceptional(True, "补班"),
    },
)


@given(
    st.integers(0, 8000).map(
        lambda hours: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    ),
    st.integers(1, 30),
    st.integers(0, 20),
)
def test_a_holiday_or_a_rest_never_shortens_a_limit(start, n, paused):
    limit = deadlines.Limit(n, Unit.WORKING_DAYS, "清单")
    bare = Calendar(years=CALENDAR.years, exceptions={})
    plain = start + timedelta(days=n)
    due = deadlines.due(calendar=CALENDAR, start=start, limit=limit).end
    later = deadlines.after_pause(calendar=CALENDAR, start=start, limit=limit, paused=paused).end
    assert plain.date() <= deadlines.due(calendar=bare, start=start, limit=limit).last_day
    assert due <= later


def test_the_two_days_of_another_calendar_do_not_touch_ours():
    """The faults measured in another helpdesk: days off shortened limits, and those of others."""
    limit = deadlines.Limit(7, Unit.WORKING_DAYS, "清单")
    start = datetime(2024, 4, 1, 1, tzinfo=UTC)
    none = Calendar(years=CALENDAR.years, exceptions={})
    ours = deadlines.due(calendar=CALENDAR, start=start, limit=limit)
    assert deadlines.due(calendar=none, start=start, limit=limit).last_day == date(2024, 4, 10)
    assert ours.last_day == date(2024, 4, 11)  # two days later for two days off, one made up
    assert [off.day.day for off in ours.skipped] == [4, 5, 6]


@pytest.mark.parametrize(
    "typed",
    ["20240301-003001-12-1", " 20240301 - 003001 - 12 - 1 ", "２０２４０３０１—003001－12–1"],
)
def test_a_number_is_read_however_it_is_typed(typed):
    assert numbers.cleaned(number=typed) == "20240301-003001-12-1"
    assert numbers.NUMBER.match(numbers.cleaned(number=typed))
