"""Who must approve what: m of n by role and sum, each person once, never the maker."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.funds.rules.approvals import (
    POLICY,
    Given,
    Ignored,
    Order,
    Strength,
    Weak,
    needs,
    quorum,
    weaknesses,
)

ANNA, BEN, CHEN, DING, MAKER, CLERK = (UUID(int=n) for n in range(1, 7))
OWNERS, BODY, COMPANY = "owners", "body", "company"
AT = datetime(2024, 11, 5, 2, tzinfo=UTC)
RULES = {
    "supervisors": {
        OWNERS: [str(ANNA), str(BEN), str(MAKER)],
        BODY: [str(CHEN)],
        COMPANY: [str(DING), str(ANNA)],
    },
    "bands": [
        {"up_to": 10_000_00, "needs": {OWNERS: 1, BODY: 1}},
        {"up_to": 1_000_000_00, "needs": {OWNERS: 2, BODY: 1, COMPANY: 0}},
    ],
}  # fmt: skip


def order(**changes):
    told: dict[str, Any] = {
        "order": UUID(int=77), "kind": "payment", "account": "fuxin", "policy": UUID(int=9), "maker": MAKER,
        "amount": 480_000_00, "debit": "fuxin/3101", "credit": "fuxin/1002", "terms": b"\x01" * 32,
        "expires_at": AT + timedelta(days=14),
    }  # fmt: skip
    return Order(**told | changes)


ORDER = order()


def yes(person, role, *, at=AT, strength=Strength.PASSKEY, digest=ORDER.digest, **entered):
    return Given(person, role, strength, digest, at, **entered)


def why_not(approval, *others):
    found = quorum(policy=RULES, order=ORDER, given=[*others, approval])
    return next(why for each, why in found.ignored if each is approval)


@pytest.mark.parametrize(
    ("amount", "kind", "wanted"),
    [
        (1, "payment", {OWNERS: 1, BODY: 1}),
        (10_000_00, "payment", {OWNERS: 1, BODY: 1}),
        (10_000_01, "payment", {OWNERS: 2, BODY: 1}),
        (1_000_000_01, "payment", {}),
        (None, POLICY, {OWNERS: 2, BODY: 1}),
    ],
)
def test_the_sum_decides_who_must_approve_and_new_rules_need_the_most(amount, kind, wanted):
    assert needs(policy=RULES, kind=kind, amount=amount) == wanted


def test_enough_of_each_role_make_it_complete():
    given_ = [yes(ANNA, OWNERS), yes(BEN, OWNERS), yes(CHEN, BODY)]
    assert quorum(policy=RULES, order=ORDER, given=given_).complete
    found = quorum(policy=RULES, order=ORDER, given=given_[1:])
    assert (found.complete, found.missing) == (False, {OWNERS: 1})


def test_many_of_one_role_do_not_stand_in_for_another():
    given_ = [yes(ANNA, OWNERS), yes(BEN, OWNERS)]
    assert quorum(policy=RULES, order=ORDER, given=given_).missing == {BODY: 1}


def test_a_sum_that_nobody_may_approve_is_never_complete():
    dear = order(amount=1_000_000_01)
    found = quorum(policy=RULES, order=dear, given=[])
    assert (found.possible, found.complete) == (False, False)


def test_what_does_not_count_says_why():
    assert why_not(yes(MAKER, OWNERS)) is Ignored.MAKER
    assert why_not(yes(BEN, BODY)) is Ignored.NOT_IN_ROLE
    assert why_not(yes(UUID(int=99), OWNERS)) is Ignored.NOT_IN_ROLE
    assert why_not(yes(BEN, OWNERS, digest=order(amount=1).digest)) is Ignored.OTHER_ORDER
    assert why_not(yes(BEN, OWNERS, at=ORDER.expires_at)) is Ignored.EXPIRED


def test_one_person_counts_once_in_one_role():
    first, second = yes(ANNA, OWNERS), yes(ANNA, COMPANY, at=AT + timedelta(hours=1))
    assert why_not(second, first) is Ignored.TWICE


def test_a_paper_takes_two_who_enter_it():
    paper = {"strength": Strength.PAPER}
    assert why_not(yes(BEN, OWNERS, **paper)) is Ignored.ONE_ENTERER
    assert (
        why_not(yes(BEN, OWNERS, **paper, entered_by=CLERK, checked_by=CLERK))
        is Ignored.ONE_ENTERER
    )
    assert (
        why_not(yes(BEN, OWNERS, **paper, entered_by=CLERK, checked_by=BEN)) is Ignored.ONE_ENTERER
    )
    two = yes(BEN, OWNERS, **paper, entered_by=CLERK, checked_by=CHEN)
    assert quorum(policy=RULES, order=ORDER, given=[two]).counted == (two,)


# What is signed.


def test_the_order_has_one_spelling_with_every_field():
    told = json.loads(ORDER.document)
    assert list(told) == sorted(told)
    assert told["expires_at"] == "2024-11-19T02:00:00.000000Z"
    assert ORDER.digest == sha256(ORDER.document).digest()


@pytest.mark.parametrize(
    "change",
    [
        {"order": UUID(int=78)}, {"kind": "earmark"}, {"account": "other"}, {"policy": UUID(int=8)}, {"maker": ANNA},
        {"amount": 480_000_01}, {"debit": "fuxin/3102"}, {"credit": None}, {"terms": b"\x02" * 32},
        {"expires_at": AT + timedelta(days=15)},
    ],
    ids=str,
)  # fmt: skip
def test_every_field_changes_the_digest(change):
    assert order(**change).digest != ORDER.digest


def test_a_moment_is_one_moment_wherever_it_is_written():
    beijing = (AT + timedelta(days=14)).astimezone()
    assert order(expires_at=beijing).digest == ORDER.digest


people = st.sampled_from([ANNA, BEN, CHEN, DING, MAKER])
approvals = st.lists(
    st.builds(
        yes,
        people,
        st.sampled_from([OWNERS, BODY, COMPANY]),
        at=st.integers(0, 99).map(lambda n: AT + timedelta(minutes=n)),
    ),
    max_size=12,
)


@given(given_=approvals)
def test_nobody_counts_twice_and_more_approvals_never_make_it_less(given_):
    found = quorum(policy=RULES, order=ORDER, given=given_)
    assert len({each.person for each in found.counted}) == len(found.counted)
    assert len(found.counted) + len(found.ignored) == len(given_)
    assert MAKER not in {each.person for each in found.counted}
    later = yes(CHEN, BODY, at=AT + timedelta(days=1))
    more = quorum(policy=RULES, order=ORDER, given=[*given_, later])
    assert sum(more.missing.values()) <= sum(found.missing.values())


@given(given_=approvals, shuffled=st.randoms())
def test_the_order_in_which_they_are_read_does_not_matter(given_, shuffled):
    again = list(given_)
    shuffled.shuffle(again)
    one, other = (quorum(policy=RULES, order=ORDER, given=each) for each in (given_, again))
    assert len(one.counted) == len(other.counted)


def test_weak_rules_are_named():
    assert weaknesses(policy=RULES) == []
    assert weaknesses(policy={"supervisors": {}, "bands": []}) == [(Weak.NO_BANDS, 0, "")]
    weak = {
        "supervisors": {OWNERS: [str(ANNA), str(ANNA)], BODY: [str(CHEN)]},
        "bands": [
            {"up_to": 100, "needs": {OWNERS: 2, BODY: 1}},
            {"up_to": 200, "needs": {BODY: 1}},
            {"up_to": 200, "needs": {OWNERS: 1, BODY: 1}},
        ],
    }
    assert set(weaknesses(policy=weak)) == {
        (Weak.TOO_FEW, 100, OWNERS),
        (Weak.ONE_ROLE, 200, ""),
        (Weak.DEARER_NEEDS_LESS, 200, ""),
        (Weak.SAME_SUM_TWICE, 200, ""),
    }
