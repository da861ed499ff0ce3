"""Who hears of what, in the act that it tells of."""

import pytest

from bandeng.cases import actions
from bandeng.cases.models import Case
from bandeng.cases.rules.rates import Solved
from bandeng.post.models import Message
from bandeng.trail.models import Audience
from bandeng.trail.rules import HOUSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(people):
    """Give what each person was told since the last time, by name."""
    seen = [0]

    def told():
        names = {person.token: name for name, person in people.items()}
        new = Message.objects.filter(pk__gt=seen[0], recipient__in=names).order_by("pk")
        seen[0] = max((one.pk for one in new), default=seen[0])
        return sorted((names[one.recipient], one.subject.split("：")[0]) for one in new)

    told()
    return told


def test_each_hears_what_concerns_them_and_nobody_of_their_own_acts(world, people, heard):
    at = {"at": world.now}
    frank, erin, bob = ({"by": people[name], **at} for name in ("Frank", "Erin", "Bob"))
    danger = {"estate": world.estate, "category": world.facade, "text": "掉砖"}
    actions.submit_report(**danger, by=people["Charlie"], **at)
    assert [one for one in heard() if one[0] in people][:3] == [
        ("Bob", "险情"),
        ("Erin", "险情"),
        ("Frank", "险情，请立即处置"),
    ]
    actions.dispute_case(case=world.case, reason="不是我们的", **frank)
    assert {name for name, _what in heard()} >= {"Bob", "Erin"}
    actions.route_case(case=world.case, organisation=world.company, **bob)
    assert heard() == [("Frank", "新派单")]
    case = actions.accept_case(case=world.case, **frank)
    assert heard() == [("Alice", "已签收")]
    actions.comment_case(case=case, text="内部", audience=Audience.INTERNAL, **frank)
    assert heard() == []
    actions.report_result(case=case, result="已换灯", **frank)
    assert heard() == [("Alice", "请评价")]
    report = world.report
    actions.answer(report=report, solved=Solved.NO, by=report, **at)
    actions.reopen_case(case=case, reason="又灭了", by=report, **at)
    assert heard() == [("Frank", "重办")]
    actions.comment_case(
        case=Case.objects.get(pk=case.pk), text="快点", audience=Audience.PUBLIC, by=report, **at
    )
    assert heard() == [("Frank", "新留言")]
    actions.set_aside_case(case=case, explanation="请找供电公司", **erin)
    assert heard() == [("Alice", "已办结")]


def test_the_words_are_the_readers(world, people):
    alice = people["Alice"]
    alice.language = "en"
    alice.save(update_fields=["language"])
    actions.accept_case(case=world.case, by=HOUSE, at=world.now)
    message = Message.objects.latest("pk")
    assert message.subject.startswith("Accepted: 槐园3栋")
    assert message.link == f"/cases/{world.case.number}/"
