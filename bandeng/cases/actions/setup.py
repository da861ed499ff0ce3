"""What can be reported, how long it may take, whom it goes to."""

from datetime import date, datetime
from typing import TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from bandeng.cases.actions._steps import By, _token
from bandeng.cases.models import Category, RoutingRule
from bandeng.cases.rules.deadlines import Limit
from bandeng.cases.rules.states import Kind
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Organisation
from bandeng.places.models import Estate
from bandeng.trail.actions import record
from bandeng.trail.models import Thread

Ending = TypeVar("Ending", Category, RoutingRule)


class AlreadyThere(Refused):
    """One that says something else is valid in the same period."""


class AlreadyEnded(Refused):
    """It has ended, or would end before it began."""


@action
def add_category(
    *,
    code: str,
    name_zh: str,
    name_en: str,
    kind: Kind,
    limit: Limit,
    since_on: date,
    order: int = 100,
    by: By,
    at: datetime,
) -> Category:
    """Let something be reported, from a day on, with its limit and its source.

    Raises:
        AlreadyThere: a category of this code is valid then.
    """
    if Category.objects.filter(code=code, period__overlap=DateRange(since_on, None)).exists():
        raise AlreadyThere(_("There is already a category with this code at that time."))
    category = Category.objects.create(
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        kind=kind,
        limit_n=limit.n,
        limit_unit=limit.unit,
        limit_source=limit.source,
        order=order,
        period=DateRange(since_on, None),
        thread=Thread.objects.create(),
    )
    record(
        thread=category.thread,
        verb="category.added",
        by=_token(by),
        subject=category.token,
        at=at,
        public={"code": code, "n": limit.n, "unit": limit.unit},
        names={"source": limit.source},
    )
    return category


@action
def end_category(*, category: Category, until_on: date, by: By, at: datetime) -> Category:
    """Let a category end; `until_on` is the first day on which it is no longer offered."""
    _end(category, until_on)
    record(
        thread=category.thread,
        verb="category.ended",
        by=_token(by),
        subject=category.token,
        at=at,
        public={"until": until_on.isoformat()},
    )
    return category


@action
def add_rule(
    *,
    organisation: Organisation,
    since_on: date,
    category: Category | None = None,
    area_code: str = "",
    estate: Estate | None = None,
    priority: int = 0,
    by: By,
    at: datetime,
) -> RoutingRule:
    """Say whom cases of a category in an estate or area go to, from a day on.

    Raises:
        AlreadyThere: another rule says so for exactly the same cases.
    """
    same = {"category": category, "area_code": area_code, "estate": estate, "priority": priority}
    if RoutingRule.objects.filter(**same, period__overlap=DateRange(since_on, None)).exists():
        raise AlreadyThere(_("There is already a rule for exactly these cases: end it first."))
    rule = RoutingRule.objects.create(
        organisation=organisation,
        period=DateRange(since_on, None),
        thread=Thread.objects.create(),
        **same,
    )
    record(
        thread=rule.thread,
        verb="rule.added",
        by=_token(by),
        subject=rule.token,
        at=at,
        public={
            "organisation": organisation.token,
            "category": category.code if category else "",
            "area_code": area_code,
            "estate": estate.token if estate else None,
            "priority": priority,
        },
    )
    return rule


@action
def end_rule(*, rule: RoutingRule, until_on: date, by: By, at: datetime) -> RoutingRule:
    """Let a routing rule end; `until_on` is the first day on which it is not followed."""
    _end(rule, until_on)
    record(
        thread=rule.thread,
        verb="rule.ended",
        by=_token(by),
        subject=rule.token,
        at=at,
        public={"until": until_on.isoformat()},
    )
    return rule


def _end(thing: Ending, until_on: date) -> None:
    thing.refresh_from_db(fields=["period"])
    since = thing.period.lower
    if thing.period.upper is not None or (since and until_on <= since):
        raise AlreadyEnded(_("This has already ended, or had not begun by that day."))
    thing.period = DateRange(since, until_on)
    thing.save(update_fields=["period"])
