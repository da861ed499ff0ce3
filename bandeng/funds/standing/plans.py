"""A home's instalments: what could be planned, how a plan goes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from bandeng.funds.models import Plan, SupervisedAccount
from bandeng.funds.rules.plans import Course
from bandeng.funds.standing.asking import plan_course
from bandeng.funds.standing.sights import DueSight, HomeSight, home_sights


@dataclass(frozen=True)
class PlanSight:
    """A plan with where it stands."""

    plan: Plan
    course: Course

    @property
    def broken(self) -> bool:
        """Tell whether an agreed instalment did not come in time."""
        return bool(self.plan.accepted and not self.plan.ended_at and self.course.behind)


def plannable(*, home: HomeSight) -> list[DueSight]:
    """Give the periods that may be paid in parts: open, and nobody disputes them."""
    return [
        sight
        for sight in home.dues
        if sight.open and not (sight.dispute and sight.dispute.upheld is not False)
    ]


def plan_sight(*, home: HomeSight, on: date) -> PlanSight | None:
    """Give the home's plan that stands, or was asked for, with how it goes."""
    if home.plan is None:
        return None
    return PlanSight(home.plan, plan_course(home=home, plan=home.plan, on=on))


def plans_of(*, account: SupervisedAccount, on: date) -> list[PlanSight]:
    """Give an account's plans that stand or wait: those behind first, then by the next day."""
    standing: QuerySet[Plan] = Plan.objects.filter(receivable__account=account, ended_at=None)
    places = {
        plan.receivable_id: plan.receivable
        for plan in standing.select_related("receivable__home__building", "receivable__account")
    }
    found = [
        sight
        for home in home_sights(receivables=list(places.values()))
        if (sight := plan_sight(home=home, on=on))
    ]
    for sight in found:
        sight.plan.receivable = places[sight.plan.receivable_id]
    return sorted(found, key=_urgent)


def open_instalments(*, account: SupervisedAccount) -> dict[int, tuple[int, ...]]:
    """Give what is open of each agreed plan, by home, in its order; in fen."""
    return {
        sight.plan.receivable_id: tuple(part.open for part in sight.course.parts if part.open)
        for sight in plans_of(account=account, on=localdate())
        if sight.plan.accepted
    }


def _urgent(sight: PlanSight) -> tuple[bool, bool, date]:
    following = sight.course.next
    return (
        sight.plan.accepted is not None,
        not sight.broken,
        following.on if following else date.max,
    )
