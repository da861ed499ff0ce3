"""Who is told what about money, in their own language, inside the act that it tells of."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import _quorum
from bandeng.funds.models import Freeze, Order, Policy
from bandeng.kit.units import money
from bandeng.people.models import Person
from bandeng.post.actions import tell

Say = Callable[[], tuple[str, str]]  # subject and body, in the language then active


def _ask_supervisors(order: Order, by: Person, at: datetime) -> None:
    """Tell everybody who may approve an order that it waits for them."""
    link = f"{order.get_absolute_url()}approve/"
    _send(_named(order.policy), lambda: _waits(order), link, by, at)


def _tell_maker(order: Order, by: Person, at: datetime) -> None:
    """Tell whoever asked for it that it was stopped, or that every approval is there."""
    if hasattr(order, "stopped") or _quorum(order=order.pk):
        said = _stopped if hasattr(order, "stopped") else _complete
        _send([order.maker], lambda: said(order), order.get_absolute_url(), by, at)


def _tell_signer(order: Order, signer: Person, by: Person, at: datetime) -> None:
    """Tell a supervisor that a sheet was entered in their name, before it counts."""
    _send([signer], lambda: _entered(order), order.get_absolute_url(), by, at)


def _tell_paper(order: Order, signer: Person, by: Person, at: datetime) -> None:
    """Tell whoever is said to have signed on paper that it counts, and the other supervisors."""
    link = order.get_absolute_url()
    _send([signer], lambda: _counts(order), link, by, at)
    others = [one for one in _named(order.policy) if one.pk != signer.pk]
    _send(others, lambda: _on_paper(order, signer), link, by, at)


def _tell_bounce(order: Order, by: Person, at: datetime) -> None:
    """Tell whoever asked for an order that its money came back."""
    _send([order.maker], lambda: _bounced(order), order.get_absolute_url(), by, at)


def _tell_freeze(freeze: Freeze, by: Person, at: datetime) -> None:
    """Tell the supervisors that payments have been stopped."""
    account = freeze.account
    policy = account.policies.order_by("-version").first()
    if policy:
        _send(_named(policy), lambda: _frozen(freeze), account.get_absolute_url(), by, at)


def _named(policy: Policy) -> Iterable[Person]:
    named = [token for tokens in policy.rules["supervisors"].values() for token in tokens]
    return Person.objects.filter(token__in=named)


def _send(people: Iterable[Person], say: Say, link: str, by: Person, at: datetime) -> None:
    for person in sorted(people, key=lambda one: one.pk):
        if person.pk != by.pk and person.is_active:
            with translation.override(person.language or settings.LANGUAGE_CODE):
                subject, body = say()
            tell(recipient=person.token, subject=subject, body=body, link=link, by=by.token, at=at)


def _about(order: Order) -> dict[str, str]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    what = order.headline()
    if order.amount is not None:
        what = f"{what} · {money(order.amount, language=language)}"
    return {"what": what, "account": order.account.name}


def _waits(order: Order) -> tuple[str, str]:
    return (
        _("For you to approve: %(what)s") % _about(order),
        _("%(account)s: please read the order and approve it, or stop it.") % _about(order),
    )


def _complete(order: Order) -> tuple[str, str]:
    return (
        _("All approvals are there: %(what)s") % _about(order),
        _("%(account)s: the order can be carried out.") % _about(order),
    )


def _stopped(order: Order) -> tuple[str, str]:
    return (
        _("Order stopped: %(what)s") % _about(order),
        _("%(account)s: the reason stands on the order's page.") % _about(order),
    )


def _entered(order: Order) -> tuple[str, str]:
    return (
        _("A sheet was entered as signed by you: %(what)s") % _about(order),
        _("%(account)s: if you did not sign it, stop the order at once.") % _about(order),
    )


def _counts(order: Order) -> tuple[str, str]:
    return (
        _("Your approval on paper counts: %(what)s") % _about(order),
        _("%(account)s: two people entered it. If you did not sign it, stop the order at once.")
        % _about(order),
    )


def _on_paper(order: Order, signer: Person) -> tuple[str, str]:
    said = _about(order) | {"who": signer.name}
    return (
        _("%(who)s has approved on paper: %(what)s") % said,
        _("%(account)s: two people entered the sheet; the scan lies with the order.") % said,
    )


def _bounced(order: Order) -> tuple[str, str]:
    return (
        _("The money came back: %(what)s") % _about(order),
        _("%(account)s: the payee's bank did not take it. For another try make a new order.")
        % _about(order),
    )


def _frozen(freeze: Freeze) -> tuple[str, str]:
    said = {"account": freeze.account.name, "document": freeze.document}
    return (
        _("All payments of %(account)s are stopped") % said,
        _("The document: %(document)s.") % said,
    )
