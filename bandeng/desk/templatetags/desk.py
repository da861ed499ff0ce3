"""The menu: what a person can open, and nothing that does not work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from django import template
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bandeng.cases import permissions as cases
from bandeng.cases.models import Case
from bandeng.cases.tables import state_tag
from bandeng.desk.permissions import Page, sees_health, start_page
from bandeng.funds import permissions as funds
from bandeng.funds.reads import waiting_for
from bandeng.kit.addresses import address
from bandeng.kit.templatetags.kit import tag
from bandeng.people.estates import permissions as places
from bandeng.people.models import Person
from bandeng.people.permissions import can_enrol, is_administrator, is_auditor, organisations_of
from bandeng.post.reads import unread

register = template.Library()


@dataclass(frozen=True)
class Item:
    """A line of the menu; `tab` also stands in the bar at the foot of a phone."""

    name: str | Promise
    url: str
    tab: bool = True
    count: int = 0


PUBLIC = [
    (_("Front page"), "stories:front"),
    (_("Report"), "cases:where"),
    (_("Follow"), "cases:lookup"),
    (_("Sign in"), "account_login"),
]
RESIDENT = [
    (_("Start"), "desk:start"),
    (_("Report"), "cases:where"),
    (_("My reports"), "cases:mine"),
    (_("Messages"), "desk:inbox"),
    (_("Me"), "people:account"),
]
WORKER = [
    (_("Start"), "desk:start"),
    (_("Cases"), "cases:list"),
    (_("Enter"), "cases:enter"),
    (_("Messages"), "desk:inbox"),
    (_("Me"), "people:account"),
]


def _household(person: Person) -> bool:
    """Tell whether an account has a home of theirs in its books; asked once a request."""
    if "household" not in person.__dict__:
        person.__dict__["household"] = funds.has_homes(person=person)
    return cast("bool", person.__dict__["household"])


# What does not stand in a phone's bar, and who may open it; what is seldom opened stands on
# the start page alone.
MORE: list[tuple[str | Promise, str, Callable[..., bool]]] = [
    (_("My household"), "funds:homes", _household),
    (_("Money"), "funds:accounts", lambda person: _money(person)[0]),
    (_("Estates"), "places:estates", places.sees_places),
    (
        _("People"),
        "people:people",
        lambda person: can_enrol(person=person) or is_auditor(person=person),
    ),
    (
        _("Organisations"),
        "people:organisations",
        lambda person: bool(organisations_of(person=person)),
    ),
    (_("Rates"), "cases:rates", cases.sees_rates),
    (_("Posters"), "cases:posters", cases.can_enter),
    (_("Front page"), "stories:front", bool),
]
SETUP: list[tuple[str | Promise, str, Callable[..., bool]]] = [
    (_("Areas"), "places:areas", places.can_keep_areas),
    (_("Calendar"), "places:calendar", places.can_keep_calendar),
    (_("Categories"), "cases:categories", cases.can_set_up),
    (_("Routing rules"), "cases:rules", cases.can_set_up),
    (_("Consent texts"), "people:texts", is_administrator),
    (_("Health"), "desk:health", sees_health),
]


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[Item]:
    """Give the bar's items for whoever looks at the page, marked where they are."""
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, Person):
        return _items(PUBLIC)
    resident = start_page(person=user) == Page.RESIDENT
    bar = RESIDENT if resident else WORKER
    if not cases.can_enter(person=user):
        bar = [item for item in bar if item[1] != "cases:enter"]
    counts = {"desk:inbox": unread(person=user.token)}
    return _items(bar, counts) + _to_approve(user) + _open_to(user, MORE)


@register.simple_tag
def others(person: Person) -> list[Item]:
    """Give what does not stand in a phone's bar: it is on the start page."""
    return _to_approve(person) + _open_to(person, MORE + SETUP)


def _to_approve(person: Person) -> list[Item]:
    """Give the way to the orders that wait for this person's approval, if any do."""
    waiting = _money(person)[1]
    counted = {"funds:inbox": waiting}
    return _items([(_("To approve"), "funds:inbox")], counted, tab=False) if waiting else []


def _money(person: Person) -> tuple[bool, int]:
    """Tell whether there is money to see, and how much waits for approval; asked once a request."""
    if "money" not in person.__dict__:
        sees = funds.sees_money(person=person)
        waiting = waiting_for(person=person, at=timezone.now()) if sees else 0
        person.__dict__["money"] = (sees, waiting)
    return cast("tuple[bool, int]", person.__dict__["money"])


def _open_to(
    person: Person, links: Sequence[tuple[str | Promise, str, Callable[..., bool]]]
) -> list[Item]:
    shown = [(words, name) for words, name, may in links if may is bool or may(person=person)]
    return _items(shown, tab=False)


@register.simple_tag
def case_tag(case: Case) -> SafeString:
    """Show where a case stands."""
    return cast(SafeString, state_tag(case=case))  # type: ignore[no-untyped-call]


@register.simple_tag
def health_tag(state: str) -> SafeString:
    """Show how something is."""
    return tag({"ok": _("good"), "warn": _("look at it"), "red": _("act now")}[state], state)


@register.simple_tag
def share_of(share: Fraction) -> str:
    """Write a share in percent."""
    return f"{float(share):.1%}"


def _items(
    links: Sequence[tuple[str | Promise, str]],
    count: dict[str, int] | None = None,
    tab: bool = True,
) -> list[Item]:
    items = []
    for words, name in links:
        try:
            url = address(name)
        except NoReverseMatch:  # a room that is not open yet
            continue
        items.append(Item(words, url, tab, (count or {}).get(name, 0)))
    return items
