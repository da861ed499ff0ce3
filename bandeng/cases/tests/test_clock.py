"""What moves a case's date and what does not, beside the faults of test_peer_faults.py."""

from datetime import date, timedelta
from typing import Any

import pytest

from bandeng.cases import actions
from bandeng.cases.models import Case
from bandeng.cases.rules.deadlines import Limit
from bandeng.cases.rules.states import Kind
from bandeng.places.rules.calendar import Unit
from bandeng.trail.models import Audience
from bandeng.trail.rules import HOUSE

pytestmark = pytest.mark.django_db


def _clock(case):
    return Case.objects.values("due_at", "clock_from", "paused_units", "urgent").get(pk=case.pk)


def test_telling_and_editing_move_neither_date_nor_place_in_the_queue(world):
    """There: "notify only" lowered the priority; elsewhere any edit reset the clock."""
    before = _clock(world.case)
    later: Any = {"by": HOUSE, "at": world.now + timedelta(days=3)}
    case = world.case
    actions.comment_case(case=case, text="再催", audience=Audience.PUBLIC, **later)
    actions.describe_case(
        case=case, title="楼道灯", kind=Kind.COMPLAINT, category=world.lamps, **later
    )
    actions.follow_case(case=case, **later)
    actions.dispute_case(case=case, reason="不归物业", **later)
    actions.route_case(case=case, organisation=world.community, **later)
    actions.accept_case(case=case, **later)
    assert _clock(case) == before
    case = actions.report_result(case=case, result="已修", **later)
    actions.ask_feedback(case=case, by=HOUSE, at=world.now + timedelta(days=5))
    assert _clock(case) == before


def test_another_category_counts_from_the_same_beginning(world):
    later: Any = {"by": HOUSE, "at": world.now + timedelta(days=3)}
    case = actions.describe_case(
        case=world.case, title="外墙", kind=Kind.HAZARD, category=world.facade, **later
    )
    assert case.clock_from == world.now
    assert case.due_at == world.now + timedelta(hours=24)


def test_what_ended_can_be_made_anew_with_the_same_code(world):
    """There: a queue that was removed left something behind, and its name was lost."""
    house: Any = {"by": HOUSE, "at": world.now}
    day = date(2024, 3, 1)
    actions.end_category(category=world.lamps, until_on=day, **house)
    again: Any = {"name_zh": "照明", "name_en": "Lights", "kind": Kind.COMPLAINT, "code": "lamps"}
    limit = Limit(3, Unit.DAYS, "新清单")
    assert actions.add_category(**again, limit=limit, since_on=day, **house).pk != world.lamps.pk
    with pytest.raises(actions.AlreadyThere):
        actions.add_category(**again, limit=limit, since_on=day, **house)
    actions.end_rule(rule=world.rule, until_on=day, **house)
    same: Any = {"organisation": world.community, "estate": world.estate}
    assert actions.add_rule(**same, since_on=day, **house).pk != world.rule.pk
    assert world.case.category.name_zh == "楼道照明"  # what began under the old one keeps it


def test_a_rest_moves_the_date_by_what_was_waited_and_no_more(world):
    """Friday's case waits from Monday to Wednesday: two working days, added at its end."""
    house: Any = {"by": HOUSE, "at": world.now}
    case = actions.accept_case(case=world.case, **house)
    due = case.due_at
    actions.wait_case(case=case, reason="等配件", by=HOUSE, at=world.now + timedelta(days=3))
    case = actions.start_case(case=case, by=HOUSE, at=world.now + timedelta(days=5))
    assert case.paused_units == 2
    assert case.due_at - due == timedelta(days=4)  # 8 March, then over a weekend to the 12th
    assert case.due_explanation["paused"] == 2
