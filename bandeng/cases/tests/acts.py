"""What each action of this room is called with (tests/test_actions.py)."""

from datetime import date

from bandeng.cases import actions
from bandeng.cases.models import Case, Channel, Report
from bandeng.cases.rules.deadlines import Limit
from bandeng.cases.rules.rates import Satisfied, Solved
from bandeng.cases.rules.states import Kind, State
from bandeng.places.rules.calendar import Unit
from bandeng.trail.models import Audience
from bandeng.trail.rules import HOUSE
from bandeng.trail.tests.pictures import photo as picture

TODAY = date(2024, 3, 1)


def acts(world):
    house = {"by": HOUSE, "at": world.now}

    def fresh(category=None):
        """A case of its own, which no other act moves."""
        told = {"estate": world.estate, "category": category or world.lamps, "text": "灯坏了"}
        return Case.objects.get(reports=actions.submit_report(**told, **house).report)

    def worked(*, danger=False):
        case = fresh(world.facade if danger else None)
        return actions.accept_case(case=case, **house)

    def done():
        return actions.report_result(case=worked(), result="已换灯", **house)

    asked = done()
    answered = Report.objects.get(case=asked)
    closing = done()
    actions.answer(report=closing.reports.get(), reached=False, **house)
    closed = actions.close_case(case=_called(actions, done(), house), solved=True, **house)
    new = fresh()
    case = {
        "route_case": {"organisation": world.subdistrict, "reason": "不归物业"},
        "accept_case": {},
        "dispute_case": {"reason": "不是我们的灯", "suggested": world.subdistrict},
        "describe_case": {"title": "楼道灯", "kind": Kind.COMPLAINT, "category": None},
        "comment_case": {"text": "明天来修", "audience": Audience.PUBLIC},
        "add_photos": {"photos": [picture()]},
        "place_case": {"area": world.elsewhere, "place": "农贸市场东门"},
        "name_buildings": {"buildings": [world.building]},
        "set_aside_case": {"explanation": "请找供电公司"},
        "publish_case": {"title": "槐园3栋：楼道照明"},
        "unpublish_case": {"reason": "有误"},
    }
    given = {name: {"case": new, **arguments} for name, arguments in case.items()}
    given |= {
        "add_category": {
            "code": "water", "name_zh": "漏水", "name_en": "Leaks", "kind": Kind.COMPLAINT,
            "limit": Limit(3, Unit.DAYS, "清单"), "since_on": TODAY,
        },
        "end_category": {"category": world.facade, "until_on": TODAY},
        "add_rule": {"organisation": world.community, "category": world.lamps, "since_on": TODAY},
        "end_rule": {"rule": world.rule, "until_on": TODAY},
        "submit_report": {
            "estate": world.estate, "category": world.lamps, "text": "灯坏了", "photos": [picture()],
        },
        "follow_case": {"case": new, "text": "我也是"},
        "enter_report_on_behalf": {
            "estate": world.estate, "text": "来电反映", "channel": Channel.PHONE,
        },
        "start_case": {"case": worked()},
        "wait_case": {"case": worked(), "reason": "等配件"},
        "make_safe": {"case": fresh(world.facade), "note": "已清除", "without_photo": "夜间"},
        "report_result": {"case": worked(), "result": "已换灯"},
        "ask_feedback": {"case": asked},
        "answer": {"report": answered, "solved": Solved.PARTLY, "satisfied": Satisfied.YES},
        "close_case": {"case": closing, "solved": True},
        "reopen_case": {"case": closed, "reason": "又坏了"},
        "merge_case": {"case": fresh(), "into": world.case},
        "withdraw_report": {"report": fresh().reports.get()},
        "unmask_report": {"report": world.report, "reason": "回访"},
        "erase_report": {"report": fresh().reports.get()},
    }  # fmt: skip
    assert closed.state == State.CLOSED_SOLVED
    return {name: {**arguments, "by": HOUSE} for name, arguments in given.items()}


def _called(actions, case, house):
    """The reporter was called and not reached: the case may be closed."""
    actions.answer(report=case.reports.get(), reached=False, **house)
    return case
