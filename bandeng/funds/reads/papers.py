"""Papers of the room: the order as a sheet to be signed and sealed."""

from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bandeng.funds.models import Order, OrderKind
from bandeng.funds.reads.accounts import bands, fund_names, seats
from bandeng.funds.reads.orders import new_rules
from bandeng.kit.documents import qr_svg, render_pdf
from bandeng.kit.units import money


def order_sheet(*, order: Order, language: str) -> bytes:
    """Print an order with a place for each supervisor's signature and seal.

    Returns: a PDF of one page.
    """
    digest = bytes(order.digest).hex()
    address = f"{settings.BANDENG_URL}{order.get_absolute_url()}"
    data = {
        "title": _("Order of a supervised account"),
        "account": order.account.name,
        "rows": [
            {"name": str(name), "says": says} for name, says in _rows(order, language) if says
        ],
        "seats": _seats(order),
        "heads": [_("In the role of"), _("Name"), _("Signature and seal"), _("Day of signing")],
        "agrees": _("I have read this order and approve exactly what stands here."),
        "second": _("Entered by: ______________  Checked by a second person: ______________"),
        "digest_name": _("Fingerprint of the order (SHA-256)"),
        "digest": " ".join(digest[n : n + 8] for n in range(0, len(digest), 8)),
        "qr": qr_svg(address),
        "address": address,
    }
    return render_pdf(template="funds/order.typ", data=data, language=language)


def _rows(order: Order, language: str) -> list[tuple[str, str]]:
    made = date_format(localtime(order.at), "DATETIME_FORMAT")
    until = date_format(localtime(order.expires_at), "DATETIME_FORMAT")
    terms = order.said()
    return [
        (_("Order no."), order.token.hex[:12].upper()),
        *_moved(order, language),
        (_("Payee"), terms.get("payee", "")),
        (_("Payee's bank"), terms.get("payee_bank", "")),
        (_("Payee's account number"), terms.get("payee_account", "")),
        (_("Purpose"), terms.get("purpose", "")),
        (_("Basis"), terms.get("basis", "")),
        (_("Reason"), terms.get("reason", "")),
        *_rules(order, language),
        (_("Asked for by"), f"{order.maker.name} · {made}"),
        (_("Valid until"), until),
    ]


def _moved(order: Order, language: str) -> list[tuple[str, str]]:
    if order.kind == OrderKind.POLICY:
        return [(_("What is asked"), _("New rules of approval"))]
    fund, target, amount = order.moves()
    names = fund_names(account=order.account)
    moved = [(_("Sum"), money(amount, language=language)), (_("Out of"), names[fund.pk])]
    if order.kind == OrderKind.EARMARK:
        moved.append((_("Set aside for"), names[target.pk]))
    return moved


def _rules(order: Order, language: str) -> list[tuple[str, str]]:
    rules = new_rules(order=order)
    if rules is None:
        return []
    who = [
        f"{seat.role.label}: {', '.join(one.name for one in seat.persons)}"
        for seat in seats(policy=rules)
    ]
    many = [
        _("up to %(sum)s: %(needs)s")
        % {
            "sum": money(up_to, language=language),
            "needs": ", ".join(f"{role.label} {n}" for role, n in needs),
        }
        for up_to, needs in bands(policy=rules)
    ]
    return [(_("Supervisors"), "; ".join(who)), (_("Must approve"), "; ".join(many))]


def _seats(order: Order) -> list[dict[str, Any]]:
    needed = order.policy.needs(order)
    return [
        {"role": str(seat.role.label), "name": person.name}
        for seat in seats(policy=order.policy)
        for person in seat.persons
        if seat.role in needed and person.pk != order.maker_id
    ]
