"""The menu: what a person can open, and nothing that does not work."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bandeng.cases.models import Case
from bandeng.cases.tables import state_tag
from bandeng.desk.permissions import Page, sees_health, start_page
from bandeng.kit.templatetags.kit import tag
from bandeng.people.models import Person, Role
from bandeng.people.permissions import can_enrol, is_auditor, organisations_of, roles
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
OFFICE = [
    (_("Estates"), "places:estates"),
    (_("People"), "people:people"),
    (_("Organisations"), "people:organisations"),
    (_("Rates"), "cases:rates"),
    (_("Posters"), "cases:posters"),
    (_("Calendar"), "places:calendar"),
]
LEADERS = [(_("Categories"), "cases:categories"), (_("Routing rules"), "cases:rules")]


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[Item]:
    """Give the bar's items for whoever looks at the page, marked where they are."""
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, Person):
        return _items(PUBLIC)
    page = start_page(person=user)
    bar = RESIDENT if page == Page.RESIDENT else [i for i in WORKER if _may_enter(user, i[1])]
    count = {"desk:inbox": unread(person=user.token)}
    more = [item for item in others(person=user) if item.url != reverse("stories:front")]
    return _items(bar, count) + more


@register.simple_tag
def others(person: Person) -> list[Item]:
    """Give what does not stand in the bar: on a phone it is on the start page."""
    works = can_enrol(person=person)
    links: list[tuple[str | Promise, str]] = []
    if works or is_auditor(person=person):
        links += [i for i in OFFICE if works or i[1] not in ("cases:posters",)]
    elif organisations_of(person=person):
        links.append((_("Organisations"), "people:organisations"))
    if roles(person=person, roles={Role.OFFICER, Role.DIRECTOR, Role.ADMINISTRATOR}):
        links += LEADERS
    if sees_health(person=person):
        links.append((_("Health"), "desk:health"))
    links.append((_("Front page"), "stories:front"))
    return _items(links, tab=False)


@register.simple_tag
def case_tag(case: Case) -> SafeString:
    """Show where a case stands."""
    return cast(SafeString, state_tag(case=case))


@register.simple_tag
def health_tag(state: str) -> SafeString:
    """Show how something is."""
    return tag({"ok": _("good"), "warn": _("look at it"), "red": _("act now")}[state], state)


@register.simple_tag
def share_of(share: Fraction) -> str:
    """Write a share in percent."""
    return f"{float(share):.1%}"


def _may_enter(person: Person, name: str) -> bool:
    return name != "cases:enter" or can_enrol(person=person)


def _items(
    links: list[tuple[str | Promise, str]], count: dict[str, int] | None = None, tab: bool = True
) -> list[Item]:
    items = []
    for words, name in links:
        try:
            url = reverse(name)
        except NoReverseMatch:  # a room that is not open yet
            continue
        items.append(Item(words, url, tab, (count or {}).get(name, 0)))
    return items
