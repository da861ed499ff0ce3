"""Four faults measured in a widely used helpdesk, none of which may be ours.

There, holidays shortened a limit, those of one queue touched another's, a mere notice changed
a ticket's priority, and a queue that was removed could not be made again.
"""

from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bandeng.cases.actions import add_category, add_rule, end_category, end_rule, submit_report
from bandeng.cases.models import Case, Category, RoutingRule
from bandeng.cases.rules.deadlines import Limit, due
from bandeng.cases.rules.states import Kind
from bandeng.places.actions import set_day
from bandeng.places.rules.calendar import Calendar, Exceptional, Unit
from bandeng.post.actions import tell
from bandeng.trail.models import Entry
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2024, 3, 4)  # NOW is the Friday before
BY: dict[str, Any] = {"by": HOUSE, "at": NOW}


def _report(world, category):
    return submit_report(estate=world.estate, category=category, text="灯不亮", **BY).report.case


def _due_on(case):
    return case.due_at.astimezone(SHANGHAI).date()


def _category(code, n, unit):
    return add_category(
        code=code, name_zh="其他", name_en="Other", kind=Kind.COMPLAINT,
        limit=Limit(n, unit, "街道办事清单"), since_on=date(2020, 1, 1), **BY,
    )  # fmt: skip


def _two_days_off():
    for day in (MONDAY + timedelta(1), MONDAY + timedelta(2)):
        set_day(day=day, works=False, name="停工日", **BY)


def test_days_off_lengthen_a_limit_by_exactly_themselves(world):
    before = _report(world, world.lamps)
    _two_days_off()
    after = _report(world, world.lamps)
    assert (_due_on(before), _due_on(after)) == (date(2024, 3, 8), date(2024, 3, 12))
    skipped = [off["name"] for off in after.due_explanation["skipped"]]
    assert skipped.count("停工日") == 2


@given(st.integers(1, 30), st.sets(st.integers(1, 60)), st.integers(0, 6600))
def test_no_day_off_ever_shortens_a_limit(n, off, hours):
    start = datetime(2024, 1, 1, tzinfo=SHANGHAI) + timedelta(hours=hours)
    limit, years = Limit(n, Unit.WORKING_DAYS, "街道办事清单"), {2024: "通知"}
    days = {start.date() + timedelta(each): Exceptional(False, "停工日") for each in off}
    without = due(calendar=Calendar(years=years, exceptions={}), start=start, limit=limit)
    less = due(calendar=Calendar(years=years, exceptions=days), start=start, limit=limit)
    assert less.end >= without.end


def test_days_off_touch_no_limit_that_does_not_count_working_days(world):
    calendar_days = _category("other", 9, Unit.DAYS)
    before = [_report(world, category).due_at for category in (calendar_days, world.facade)]
    _two_days_off()
    after = [_report(world, category).due_at for category in (calendar_days, world.facade)]
    assert after == before


def test_another_categorys_limit_is_its_own(world):
    before = _report(world, world.lamps).due_at
    _category("slow", 60, Unit.WORKING_DAYS)
    end_category(category=world.facade, until_on=MONDAY, **BY)
    assert _report(world, world.lamps).due_at == before


def test_looking_at_an_overdue_case_and_telling_of_it_changes_nothing_of_it(client, world):
    def everything():
        return list(Case.objects.order_by("pk").values()), Entry.objects.count()

    assert world.case.due_at < NOW + timedelta(days=30)  # long over by the real clock
    before = everything()
    client.force_login(world.people["Bob"])
    assert client.get(reverse("cases:list"), {"overdue": "on"}).status_code == 200
    assert client.get(world.case.get_absolute_url()).status_code == 200
    tell(recipient=world.people["Bob"].token, subject="逾期提醒", body=world.case.number, **BY)
    call_command("relay", "--once", stdout=StringIO())
    assert everything() == before


def test_what_has_ended_can_be_made_again_under_the_same_name(world):
    end_category(category=world.lamps, until_on=MONDAY, **BY)
    end_rule(rule=world.rule, until_on=MONDAY, **BY)
    again = add_category(
        code=world.lamps.code, name_zh="楼道照明", name_en="Stairway lights", kind=Kind.COMPLAINT,
        limit=world.lamps.limit, since_on=MONDAY, **BY,
    )  # fmt: skip
    rule = add_rule(organisation=world.company, estate=world.estate, since_on=MONDAY, **BY)
    later: dict[str, Any] = {"by": HOUSE, "at": NOW + timedelta(days=7)}
    case = submit_report(estate=world.estate, category=again, text="灯不亮", **later).report.case
    assert (case.handovers.get().rule, case.category) == (rule, again)
    assert world.case.category.pk != again.pk


@pytest.mark.parametrize("model", [Category, RoutingRule])
def test_nothing_is_removed_behind_the_back_of_what_depends_on_it(world, model):
    before = set(model.objects.values_list("pk", flat=True))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)
    assert set(model.objects.values_list("pk", flat=True)) == before
