"""What happened with an account or an order, as its pages tell it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bandeng.funds.models import VERBS, Order, PaperKind, Strength, SupervisedAccount, Supervision
from bandeng.people.models import Person
from bandeng.trail.models import Thread
from bandeng.trail.reads import Line, story
from bandeng.trail.rules import HOUSE

OF_ACCOUNT = {verb for verb in VERBS if verb.split(".")[0] in ("account", "purpose", "policy")}
OF_ORDER = {verb for verb in VERBS if verb.startswith("order.")}


def story_of_account(*, account: SupervisedAccount, named: bool) -> list[dict[str, Any]]:
    """Tell what happened with an account itself, newest first.

    Returns: entries as the kit's timeline takes them; without `named` nobody is named.
    """
    return _told(account.thread, OF_ACCOUNT, named)


def story_of_order(*, order: Order) -> list[dict[str, Any]]:
    """Tell what happened with an order, newest first.

    Returns: entries as the kit's timeline takes them.
    """
    said = {"order.stopped": order.stopped.reason} if hasattr(order, "stopped") else {}
    return _told(order.thread, OF_ORDER, True, said)


def _told(
    thread: Thread, verbs: Collection[str], named: bool, said: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    lines = story(thread=thread, labels={verb: VERBS[verb] for verb in verbs})
    names = people_by_token(tokens={line.by for line in lines}) if named else {}
    return [
        {
            "title": line.label, "at": line.at, "who": names.get(line.by, ""),
            "text": (said or {}).get(line.verb, "") or _text(line),
        }
        for line in reversed(lines)
    ]  # fmt: skip


def people_by_token(*, tokens: Collection[UUID]) -> dict[UUID, str]:
    """Give the names of those who acted."""
    people = Person.objects.filter(token__in=tokens)
    return {person.token: person.name for person in people} | {HOUSE: _("the house")}


def _text(line: Line) -> str:
    facts = line.facts
    if line.verb == "order.approved":
        return f"{Supervision(facts['role']).label} · {Strength(facts['strength']).label}"
    if line.verb == "account.paper_added":
        return str(PaperKind(facts["kind"]).label)
    if line.verb == "policy.set":
        return _("Version %(n)s") % {"n": facts["version"]}
    if "transfer" in facts:
        return _("Transfer no. %(n)s") % {"n": facts["transfer"]}
    return ""
