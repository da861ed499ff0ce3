"""What touches several rooms at once."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from bandeng.cases.actions import erase_report
from bandeng.cases.models import Report
from bandeng.cases.rules.states import OPEN
from bandeng.funds import actions as money
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people import actions as people
from bandeng.people.models import Person


class MattersOpen(Refused):
    """Somebody whose report is still being worked on cannot be forgotten yet."""


@action
def erase_person(*, person: Person, by: UUID, at: datetime) -> Person:
    """Forget a person in every room: what they said about money, what they reported, who they are.

    Raises:
        MattersOpen: a case that they reported is still open.
        bandeng.funds.actions.MoneyBinds: payments still depend on them.
        bandeng.people.actions.persons.StillBound: a role or a home binds them.
    Source: 个人信息保护法 art. 47.
    """
    reports = Report.objects.filter(reporter=person, erased_at=None)
    if reports.filter(withdrawn_at=None, case__state__in=OPEN).exists():
        raise MattersOpen(_("A matter that they reported is still open; let it be closed first."))
    money.forget_in_money(person=person, by=by, at=at)
    for report in reports.select_related("case"):
        erase_report(report=report, by=by, at=at)
    return people.erase_person(person=person, by=by, at=at)
