"""Who may see a case, and who may do what with it.

Three sides: the office (grid, community, subdistrict) answers for a place, a handler works
for the body that is asked, a reporter follows their own. Whoever closes a case or asks how
it went does not work for the body that handled it.
"""

from collections.abc import Collection

from django.db.models import Q

from bandeng.cases.models import FORMER, Case, CaseQuerySet, Handover, Report
from bandeng.cases.rules.states import AT_WORK, OPEN, Kind, State
from bandeng.people.models import Person, Role
from bandeng.people.permissions import OFFICE, covers, is_administrator, roles, scope_q

READERS = OFFICE | {Role.AUDITOR}
LEADERS = frozenset({Role.OFFICER, Role.DIRECTOR})
HANDLERS = OFFICE | {Role.HANDLER}
HANDED_OVER = (State.ASSIGNED, State.REOPENED)


def visible_cases(*, person: Person) -> CaseQuerySet:
    """Give the cases that `person` may see: reported by them, in their scope, or handed to them.

    The list and the single page ask the same question. What the person reported is a short
    list and asked first, so that the database can answer the rest by index.
    """
    seen = scope_q(person=person, roles=READERS, field="area_code", estate="estate")
    bodies = {one.organisation_id for one in roles(person=person, roles=HANDLERS)}
    if bodies:
        seen |= Q(organisation__in=bodies)
    handled = {one.organisation_id for one in roles(person=person, roles={Role.HANDLER})}
    if handled:
        former = Handover.objects.filter(organisation__in=handled, state__in=FORMER)
        seen |= Q(pk__in=former.values("case"))
    mine = Report.objects.filter(reporter=person, withdrawn_at=None)
    own = list(mine.values_list("case", flat=True))
    if own:
        seen |= Q(pk__in=own)
    return Case.objects.filter(seen)


def in_scope(*, person: Person, case: Case, among: Collection[str] = OFFICE) -> bool:
    """Tell whether the case lies where `person` answers for, in one of these roles."""
    return covers(person=person, area_code=case.area_code, estate=case.estate, roles=among)


def works_for_handler(*, person: Person, case: Case) -> bool:
    """Tell whether `person` works for the body that has the case now."""
    held = roles(person=person, roles=HANDLERS)
    return case.organisation_id is not None and case.organisation_id in {
        one.organisation_id for one in held
    }


def sees_reports(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may read what was reported, masked: not a body that had it before."""
    return in_scope(person=person, case=case, among=READERS) or works_for_handler(
        person=person, case=case
    )


def sees_internal(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may read internal notes."""
    return sees_reports(person=person, case=case)


def can_unmask(*, person: Person, report: Report) -> bool:
    """Tell whether `person` may see the reporter's name and phone; the body only if allowed."""
    if in_scope(person=person, case=report.case):
        return True
    return report.tell_handler and works_for_handler(person=person, case=report.case)


def can_enter(*, person: Person) -> bool:
    """Tell whether `person` may enter a report on somebody's behalf."""
    return bool(roles(person=person, roles=OFFICE))


def can_route(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may say who is to handle the case."""
    movable = case.state in OPEN and case.state not in (State.WAITING, State.RESULT_REPORTED)
    return movable and in_scope(person=person, case=case)


def can_accept(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may accept or refuse the case for the body asked."""
    return case.state in HANDED_OVER and works_for_handler(person=person, case=case)


def can_start(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may say that work begins, or goes on after waiting."""
    standing = case.state in (State.ACCEPTED, State.WAITING)
    return standing and (
        works_for_handler(person=person, case=case)
        or (case.state == State.WAITING and in_scope(person=person, case=case))
    )


def can_wait(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may let the clock rest: the office, never the handling body."""
    at_work = case.state in (State.ACCEPTED, State.IN_PROGRESS)
    return at_work and _independent(person=person, case=case)


def can_make_safe(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may say that the danger is gone."""
    dangerous = case.kind == Kind.HAZARD and case.made_safe_at is None and case.state in OPEN
    return dangerous and (
        works_for_handler(person=person, case=case) or in_scope(person=person, case=case)
    )


def can_report_result(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may report what was done."""
    ready = case.state in (State.ACCEPTED, State.IN_PROGRESS)
    return ready and works_for_handler(person=person, case=case)


def can_ask(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may ask the people concerned again."""
    return case.state == State.RESULT_REPORTED and _independent(person=person, case=case)


def can_answer_for(*, person: Person, report: Report) -> bool:
    """Tell whether `person` may enter a reporter's answer after a call.

    Neither the handling body nor whoever entered the report answers for the reporter.
    """
    asked = report.case.state in (State.RESULT_REPORTED, State.CLOSED_SOLVED, State.CLOSED_UNSOLVED)
    return (
        asked
        and report.entered_by_id != person.pk
        and _independent(person=person, case=report.case)
    )


def can_close(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may close the case: the office, but not who handled it."""
    return case.state == State.RESULT_REPORTED and _independent(person=person, case=case)


def can_reopen(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may have the case taken up again."""
    done = (State.RESULT_REPORTED, State.CLOSED_SOLVED, State.CLOSED_UNSOLVED, State.OUT_OF_SCOPE)
    return case.state in done and in_scope(person=person, case=case)


def can_set_aside(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may close the case as outside what may be handled here."""
    return case.state in OPEN and in_scope(person=person, case=case, among=LEADERS)


def can_describe(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may correct the summary, the category or the buildings."""
    return case.state in OPEN and in_scope(person=person, case=case)


def can_merge(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may join the case to another one."""
    return case.state in OPEN and in_scope(person=person, case=case)


def can_publish(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may sign for publishing the case."""
    return case.published_at is None and in_scope(person=person, case=case, among=LEADERS)


def can_unpublish(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may take the case out of the public list."""
    return case.published_at is not None and in_scope(person=person, case=case, among=LEADERS)


def can_note(*, person: Person, case: Case) -> bool:
    """Tell whether `person` may comment and add photos."""
    return in_scope(person=person, case=case) or works_for_handler(person=person, case=case)


def sees_rates(*, person: Person) -> bool:
    """Tell whether `person` may see the rates of the cases in their scope."""
    return bool(roles(person=person, roles=READERS))


def can_set_up(*, person: Person) -> bool:
    """Tell whether `person` may say what can be reported and whom it goes to."""
    return bool(roles(person=person, roles=LEADERS)) or is_administrator(person=person)


def is_at_work(*, case: Case) -> bool:
    """Tell whether a body has taken the case and not yet reported a result."""
    return case.state in AT_WORK


def _independent(*, person: Person, case: Case) -> bool:
    return in_scope(person=person, case=case) and not works_for_handler(person=person, case=case)
