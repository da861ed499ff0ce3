"""Plans by instalments: asked for, agreed to with a source, ended."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bandeng.funds.models import Instalment, Plan, Receivable
from bandeng.funds.parameters import house
from bandeng.funds.permissions import can_acknowledge, can_collect
from bandeng.funds.rules import dues as rules
from bandeng.funds.rules.plans import NoPlan, check
from bandeng.funds.standing.asking import plan_course
from bandeng.funds.standing.plans import plannable
from bandeng.funds.standing.sights import DueSight, home_sight
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.kit.units import yuan
from bandeng.people.models import Person
from bandeng.trail.actions import record


class PlanRefused(Refused):
    """The instalments cannot be asked for, agreed to or ended so."""


@action
def ask_plan(
    *,
    receivable: Receivable,
    instalments: Sequence[rules.Instalment],
    asked_on: date,
    reason: str = "",
    paper: bytes = b"",
    by: Person,
    at: datetime,
) -> Plan:
    """Ask to pay what is open and undisputed in parts; asking acknowledges it.

    The owner asks by their own sign-in; whoever collects enters it with what the owner signed.

    Raises:
        PlanRefused: not allowed, a plan stands, or the parts do not pay exactly what is open.
    """
    own = can_acknowledge(person=by, receivable=receivable)
    if not own and not can_collect(person=by, account=receivable.account):
        raise PlanRefused(_("Only the owner, or whoever collects, can ask for instalments."))
    if not own and not paper:
        raise PlanRefused(_("Please add the paper that the household signed."))
    if asked_on > localdate(at):
        raise PlanRefused(_("This day has not come yet."))
    dues, paid = _free(receivable, at)
    _check(instalments, sum(due.open for due in dues), asked_on)
    plan = Plan.objects.create(
        receivable=receivable, total=sum(part.amount for part in instalments), own=own,
        paid_before=paid, asked_on=asked_on, reason=reason, paper=paper or None,
        paper_sha256=sha256(paper).digest() if paper else None, by=by.token, at=at,
    )  # fmt: skip
    plan.dues.set([sight.due for sight in dues])
    Instalment.objects.bulk_create(
        Instalment(plan=plan, n=n, on=part.on, amount=part.amount)
        for n, part in enumerate(instalments, 1)
    )
    _tell(plan, "plan.asked", by, at, total=plan.total, parts=len(instalments))
    return plan


def _free(receivable: Receivable, at: datetime) -> tuple[list[DueSight], int]:
    """Give what a new plan would pay, and what was paid so far; a plan paid in full makes room."""
    Receivable.objects.select_for_update().get(pk=receivable.pk)
    home, on = home_sight(receivable=receivable), localdate(at)
    if home.plan:
        if not home.plan.accepted or plan_course(home=home, plan=home.plan, on=on).left:
            raise PlanRefused(_("There is a plan for this home already: it must end first."))
        Plan.objects.filter(pk=home.plan.pk).update(ended_at=at)
    return plannable(home=home), sum(each.amount for each in home.payments)


def _check(instalments: Sequence[rules.Instalment], total: int, on: date) -> None:
    if not total:
        raise PlanRefused(_("Nothing is open here that could be paid in parts."))
    try:
        check(plan=instalments, total=total, on=on, most=house(name="plan_instalments"))
    except NoPlan as wrong:
        said = {"expected": wrong.expected, "total": f"{yuan(total):,}"}
        if wrong.code == "sum":
            said["expected"] = f"{yuan(int(str(wrong.expected))):,}"
        raise PlanRefused(_sentences()[wrong.code] % said) from wrong


def _sentences() -> dict[str, str]:
    return {
        "number": _("A plan has one to %(expected)s instalments."),
        "nothing": _("Each instalment must be more than nothing."),
        "order": _("The days must follow each other, each later than the one before."),
        "past": _("The first instalment cannot be before %(expected)s."),
        "sum": _("The instalments add up to %(expected)s yuan; %(total)s yuan are open."),
    }


@action
def answer_plan(
    *, plan: Plan, accepted: bool, answered_by: str, source: str, by: Person, at: datetime
) -> Plan:
    """Enter what the creditor's side said to a plan, who said it and where that is written.

    Raises:
        PlanRefused: not allowed, answered or ended already.
    """
    _may(plan, by)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.answered_at or plan.ended_at:
        raise PlanRefused(_("This has already been answered."))
    plan.accepted, plan.answered_by, plan.source, plan.answered_at = (
        accepted, answered_by, source, at,
    )  # fmt: skip
    plan.ended_at = None if accepted else at
    plan.save(update_fields=["accepted", "answered_by", "source", "answered_at", "ended_at"])
    _tell(plan, "plan.accepted" if accepted else "plan.declined", by, at, total=plan.total)
    return plan


@action
def end_plan(*, plan: Plan, reason: str, by: Person, at: datetime) -> Plan:
    """End a plan, with the reason: from then on the whole rest may be asked for again.

    The owner may take back what nobody has answered.

    Raises:
        PlanRefused: not allowed, or ended already.
    """
    taken_back = plan.accepted is None and can_acknowledge(person=by, receivable=plan.receivable)
    if not taken_back:
        _may(plan, by)
    if not Plan.objects.filter(pk=plan.pk, ended_at=None).update(ended_at=at, end_reason=reason):
        raise PlanRefused(_("This plan has already ended."))
    _tell(plan, "plan.ended", by, at, total=plan.total)
    return plan


def _may(plan: Plan, by: Person) -> None:
    if not can_collect(person=by, account=plan.receivable.account):
        raise PlanRefused(_("Only whoever collects for the creditor can do this."))


def _tell(plan: Plan, verb: str, by: Person, at: datetime, /, **public: object) -> None:
    place = plan.receivable
    record(
        thread=place.account.thread, verb=verb, by=by.token, subject=place.token, at=at,
        public={"plan": plan.token} | public,
    )  # fmt: skip
