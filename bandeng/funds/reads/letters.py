"""Notices: what a home is asked for, once its statement of account is signed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from bandeng.funds.models import SupervisedAccount
from bandeng.funds.rules import dues as rules
from bandeng.funds.rules.capitals import in_capitals
from bandeng.funds.rules.plans import Course
from bandeng.funds.rules.references import grouped, short_reference
from bandeng.funds.standing.asking import Ask, asks
from bandeng.funds.standing.claims import Claim
from bandeng.funds.standing.homes import homes_owing
from bandeng.funds.standing.reckonings import LANGUAGE, length_of, owners_of
from bandeng.funds.standing.sights import home_sights
from bandeng.kit.documents import qr_svg, render_pdf
from bandeng.kit.units import floor_area, money


def notices(
    *, account: SupervisedAccount, keys: Sequence[int], pay_until: date | None
) -> tuple[bytes | None, int]:
    """Print a notice for each of these homes that may be reminded today.

    Returns: a PDF of one page a home and how many; nothing where none may be.
    """
    found = homes_owing(account=account).filter(pk__in=keys)
    places = list(found.select_related("home__building__estate", "ledger_account__balance"))
    told = asks(homes=home_sights(receivables=places), on=localdate())
    with override(LANGUAGE):
        pages = [_notice(ask) for ask in told if ask.amount]
        if not pages:
            return None, 0
        data = _common(account, pay_until) | {"notices": pages}
        template = "funds/payment_notice.typ"
        return render_pdf(template=template, data=data, language=LANGUAGE), len(pages)


def _common(account: SupervisedAccount, pay_until: date | None) -> dict[str, Any]:
    return {
        "account": {
            "name": account.name, "holder": account.holder.name, "bank": account.bank,
            "number": account.bank_number,
        },
        "creditor": account.creditor.name,
        "estate": account.estate.name,
        "purpose": _("used only for what it was set up for, approved by several parties."),
        "cash": account.cash_clause,
        "issuer": account.holder.name,
        "phone": account.holder.telephone or "—",
        "date": date_format(localdate(), "DATE_FORMAT"),
        "pay_until": date_format(pay_until, "DATE_FORMAT") if pay_until else "",
    }  # fmt: skip


def _notice(ask: Ask) -> dict[str, Any]:
    place = ask.home.receivable
    address = f"{settings.BANDENG_URL}{place.get_absolute_url()}"
    return {
        "home": str(place.home),
        "payer": owners_of(place=place) or _("owner"),
        "reference": grouped(reference=place.reference),
        "short": grouped(reference=short_reference(number=place.number)),
        "qr": qr_svg(address),
        "address": address,
        "rows": [] if ask.course else [_row(claim) for claim in ask.claims],
        "instalments": _missed(ask.course) if ask.course else [],
        "left": _money(ask.course.left) if ask.course else "",
        "total": _money(ask.amount),
        "capitals": in_capitals(fen=ask.amount),
        "remarks": [*_remarks(ask.claims), *_left_out(ask.unsigned)],
    }


def _missed(course: Course) -> list[list[str]]:
    """Give the instalments that are behind: no late fee is added to them."""
    return [
        [date_format(part.on, "DATE_FORMAT"), _money(part.amount), _money(part.paid),
         _money(part.open)]
        for part in course.missed
    ]  # fmt: skip


def _left_out(unsigned: Sequence[Claim]) -> list[str]:
    if not unsigned:
        return []
    periods = "、".join(str(claim.sight.due.period.lower) for claim in unsigned)
    said = _("Not asked for here, its statement of account is not signed yet: from %(periods)s.")
    return [said % {"periods": periods}]


def _row(claim: Claim) -> list[str]:
    due = claim.sight.due
    said = due.remark
    if claim.sight.paid:
        said = _("paid of it: %(sum)s") % {"sum": _money(claim.sight.paid)}
    return [
        f"{due.period.lower} – {due.last_day}", floor_area(due.floor_area), _money(due.rate),
        length_of(due=due), _money(claim.sight.open), said,
    ]  # fmt: skip


def _remarks(asked: Sequence[Claim]) -> list[str]:
    """Say of which periods the limitation is near or may be over; paying stays voluntary."""
    by_strength = {
        rules.Strength.NEAR: _("Limitation is near for: %(periods)s."),
        rules.Strength.OVER: _(
            "Limitation may have run out for: %(periods)s; whoever pays pays validly."
        ),
    }
    return [
        sentence % {"periods": "、".join(str(claim.sight.due.period.lower.year) for claim in same)}
        for strength, sentence in by_strength.items()
        if (same := [claim for claim in asked if claim.standing.strength == strength])
    ]


def _money(fen: int) -> str:
    return money(fen, language=LANGUAGE)
