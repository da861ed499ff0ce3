"""Who is told what, in their own language, inside the act that it tells of.

Few and full: a reporter hears of what changes for them, a body of what it is asked, the
office of a danger or a refusal. Whoever acts is not told of it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bandeng.cases.actions._steps import By, _token
from bandeng.cases.models import Case
from bandeng.cases.permissions import HANDLERS
from bandeng.cases.rules.states import Kind
from bandeng.people.models import Assignment, Person, Role
from bandeng.people.reads import responsible_people
from bandeng.places.rules.calendar import local_day
from bandeng.post.actions import tell

Say = Callable[[Case], tuple[str, str]]  # subject and body, in the language then active
WORKERS = frozenset({Role.GRID_WORKER, Role.COMMUNITY_WORKER, Role.OFFICER})


def _tell_reporters(case: Case, say: Say, by: By, at: datetime) -> None:
    """Tell everyone who reported it with an account."""
    reports = case.reports.filter(reporter__isnull=False, withdrawn_at=None)
    people = {one.reporter for one in reports.select_related("reporter") if one.reporter}
    _send(case, people, say, by, at)


def _tell_body(case: Case, say: Say, by: By, at: datetime) -> None:
    """Tell the body's people for the place, or all of them where none is named for it."""
    if case.organisation is None:
        return
    day = local_day(at=at)
    everyone = responsible_people(organisation=case.organisation, roles=HANDLERS, on=day)
    there = responsible_people(
        organisation=case.organisation, roles=HANDLERS, area_code=case.area_code, on=day
    )
    _send(case, set(there or everyone), say, by, at)


def _tell_office(case: Case, say: Say, by: By, at: datetime) -> None:
    """Tell the grid, community and subdistrict workers who answer for the place."""
    code = case.area_code
    prefixes = [code[:length] for length in range(1, len(code) + 1)]
    there = Q(estate=None, area_code__in=prefixes)
    if case.estate_id:
        there |= Q(estate=case.estate_id)
    held = Assignment.objects.valid(on=local_day(at=at)).filter(there, role__in=WORKERS)
    _send(case, set(Person.objects.filter(is_active=True, assignments__in=held)), say, by, at)


def _send(case: Case, people: Iterable[Person], say: Say, by: By, at: datetime) -> None:
    sender = _token(by)
    for person in sorted(people, key=lambda one: one.pk):
        if person.token != sender:
            with translation.override(person.language or settings.LANGUAGE_CODE):
                subject, body = say(case)
            link = case.get_absolute_url()
            tell(recipient=person.token, subject=subject, body=body, link=link, by=sender, at=at)


def _passed_on(case: Case) -> tuple[str, str]:
    danger = case.kind == Kind.HAZARD
    subject = _("DANGER, please act at once: %(title)s") if danger else _("For you: %(title)s")
    body = _("Please accept it or say why it is not yours. It is due on %(due)s.")
    return subject % _about(case), body % _about(case)


def _danger(case: Case) -> tuple[str, str]:
    body = _("A hazard was reported. It stays at the head of the list until it is made safe.")
    return _("DANGER: %(title)s") % _about(case), body


def _refused(case: Case) -> tuple[str, str]:
    body = _("%(body)s refuses it. Please find out who is responsible; the date does not move.")
    return _("Refused: %(title)s") % _about(case), body % _about(case)


def _accepted(case: Case) -> tuple[str, str]:
    body = _("%(body)s has accepted it. It is due on %(due)s.")
    return _("Accepted: %(title)s") % _about(case), body % _about(case)


def _waits(case: Case) -> tuple[str, str]:
    body = _("The work waits. The reason stands on your page.")
    return _("Waiting: %(title)s") % _about(case), body


def _safe(case: Case) -> tuple[str, str]:
    return _("The danger is removed: %(title)s") % _about(case), _("It is safe now.")


def _please_answer(case: Case) -> tuple[str, str]:
    body = _("%(body)s reports the result. Please say on your page whether it is solved.")
    return _("Is it solved? %(title)s") % _about(case), body % _about(case)


def _ended(case: Case) -> tuple[str, str]:
    body = _("It is closed. What was done, and what you can still do, stands on your page.")
    return _("Closed: %(title)s") % _about(case), body


def _again(case: Case) -> tuple[str, str]:
    body = _("It was not solved and comes back to you. It is due on %(due)s.")
    return _("Taken up again: %(title)s") % _about(case), body % _about(case)


def _moved_here(case: Case) -> tuple[str, str]:
    body = _("It was found to lie in your area. It is due on %(due)s.")
    return _("Now with you: %(title)s") % _about(case), body % _about(case)


def _written(case: Case) -> tuple[str, str]:
    return _("A new message: %(title)s") % _about(case), _("Somebody wrote on this case.")


def _about(case: Case) -> dict[str, str]:
    return {
        "title": case.title,
        "due": date_format(localtime(case.due_at), "DATETIME_FORMAT"),
        "body": case.organisation.name if case.organisation else _("The body asked"),
    }
