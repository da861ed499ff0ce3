"""Whom a case goes to, and what that body says."""

from datetime import datetime
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from bandeng.cases.actions._notices import (
    _accepted,
    _passed_on,
    _refused,
    _tell_body,
    _tell_office,
    _tell_reporters,
)
from bandeng.cases.actions._steps import By, WrongState, _check_move, _locked, _move, _tell, _token
from bandeng.cases.models import Case, Handover, HandoverState, RoutingRule
from bandeng.cases.models.case import STANDING
from bandeng.cases.rules import routing
from bandeng.cases.rules.states import State
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Organisation
from bandeng.places.rules.calendar import local_day


class SameBody(Refused):
    """The case is already there, or that body has just refused it."""


@action
def route_case(
    *, case: Case, organisation: Organisation, reason: str = "", by: By, at: datetime
) -> Handover:
    """Pass the case to a body; whoever had it before sees where it went.

    Raises:
        WrongState: nothing can be passed on now.
        SameBody: this body has it.
    """
    case = _locked(case)
    _check_move(case, State.ASSIGNED)
    if case.organisation_id == organisation.pk and case.state != State.DISPUTED:
        raise SameBody(_("The case is already with this body."))
    return _pass_on(case, organisation, by, at, reason=reason)


@action
def accept_case(*, case: Case, by: By, at: datetime) -> Case:
    """Take the case on for the body that was asked."""
    case = _locked(case)
    _move(case, State.ACCEPTED)
    _decide(case, HandoverState.ACCEPTED, by, at)
    _tell(case, "case.accepted", by, at, names=_body(case))
    _tell_reporters(case, _accepted, by, at)
    return case


@action
def dispute_case(
    *, case: Case, reason: str, suggested: Organisation | None = None, by: By, at: datetime
) -> Case:
    """Refuse the case for the body that was asked, saying why and, if known, who should have it.

    The clock runs on: a quarrel about who is responsible is not the reporter's.
    """
    case = _locked(case)
    _move(case, State.DISPUTED)
    _decide(case, HandoverState.DISPUTED, by, at, reason=reason, suggested=suggested)
    names = _body(case) | ({"suggested": suggested.name} if suggested else {})
    _tell(case, "case.disputed", by, at, names=names, private={"reason": reason})
    _tell_office(case, _refused, by, at)
    return case


def _route_by_rule(case: Case, by: By, at: datetime) -> Handover | None:
    """Pass a new case to the body that the rules name, if they name one."""
    day, code = local_day(at=at), case.area_code
    rules = RoutingRule.objects.filter(
        Q(category=None) | Q(category=case.category_id),
        Q(estate=None) | Q(estate=case.estate_id),
        area_code__in=[code[:length] for length in range(len(code) + 1)],
        period__contains=day,
    ).select_related("organisation", "category")
    known = {rule.pk: rule for rule in rules}
    choice = routing.choose(
        rules=[_as_rule(rule) for rule in known.values()],
        category=case.category.code if case.category else None,
        area_code=code,
        estate=case.estate_id,
    )
    if choice is None:
        return None
    rule = known[choice.rule.pk]
    return _pass_on(case, rule.organisation, by, at, rule=rule, why=choice.explain())


def _pass_on(
    case: Case,
    organisation: Organisation,
    by: By,
    at: datetime,
    *,
    rule: RoutingRule | None = None,
    why: dict[str, Any] | None = None,
    reason: str = "",
) -> Handover:
    former = case.organisation.name if case.organisation else ""
    if case.organisation:
        _release(case, at)
    _move(case, State.ASSIGNED, organisation=organisation)
    handover = _offer(case, organisation, by, at, rule=rule, why=why, reason=reason)
    names = {"organisation": organisation.name, "from": former}
    _tell(case, "case.routed", by, at, public={"by_rule": rule is not None}, names=names,
          private={"reason": reason})  # fmt: skip
    _tell_body(case, _passed_on, by, at)
    return handover


def _as_rule(rule: RoutingRule) -> routing.Rule:
    return routing.Rule(
        pk=rule.pk,
        organisation=rule.organisation.name,
        category=rule.category.code if rule.category else None,
        area_code=rule.area_code,
        estate=rule.estate_id,
        priority=rule.priority,
    )


def _release(case: Case, at: datetime) -> None:
    """Let the body that has the case, or was asked, be done with it."""
    standing = Handover.objects.filter(case=case, state__in=STANDING)
    standing.update(state=HandoverState.ENDED, decided_at=Coalesce("decided_at", Value(at)))


def _offer(
    case: Case,
    organisation: Organisation,
    by: By,
    at: datetime,
    *,
    rule: RoutingRule | None = None,
    why: dict[str, Any] | None = None,
    reason: str = "",
) -> Handover:
    """Ask a body to take the case."""
    return Handover.objects.create(
        case=case,
        organisation=organisation,
        rule=rule,
        why=why or {},
        by=_token(by),
        at=at,
        reason=reason,
    )


def _decide(
    case: Case,
    state: HandoverState,
    by: By,
    at: datetime,
    *,
    reason: str = "",
    suggested: Organisation | None = None,
) -> None:
    offered = Handover.objects.filter(case=case, state=HandoverState.OFFERED)
    fields = {"reason": reason, "suggested": suggested} if reason else {}
    decided = offered.update(state=state, decided_by=_token(by), decided_at=at, **fields)
    if decided != 1:
        raise WrongState(_("Nobody was asked to take this case."))


def _body(case: Case) -> dict[str, str]:
    return {"organisation": case.organisation.name if case.organisation else ""}
