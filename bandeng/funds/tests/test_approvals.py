"""Who must approve what: m of n by role and sum, each person once, never the maker."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from bandeng.funds.rules.approvals import (
    POLICY,
    Weak,
    needs,
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


def test_weak_rules_are_named():
    assert weaknesses(policy=RULES) == []
    assert weaknesses(policy={"supervisors": {}, "bands": []}) == [(Weak.NO_BANDS, 0, "")]
    shared = {
        "supervisors": {OWNERS: [str(ANNA), str(BEN)], COMPANY: [str(ANNA), str(BEN)]},
        "bands": [{"up_to": 100, "needs": {OWNERS: 2, COMPANY: 1}}],
    }
    assert weaknesses(policy=shared) == [(Weak.SAME_PERSONS, 100, "")]
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
