"""Papers that a home gets: the statement of account, and the notice after it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from bandeng.funds.models import Receivable, SupervisedAccount
from bandeng.funds.reads.collecting import OPEN_CLAIM, homes_owing
from bandeng.funds.reads.dues import home_sight
from bandeng.funds.reads.household import Claim, claims
from bandeng.funds.rules import dues as rules
from bandeng.funds.rules.capitals import in_capitals
from bandeng.funds.rules.references import grouped, short_reference
from bandeng.kit.documents import qr_svg, render_pdf
from bandeng.kit.masking import masked_name
from bandeng.kit.units import floor_area, money, yuan

PART = 200  # notices in one file: about a second of work, and 30 cm of paper for eight of them
LANGUAGE = "zh-hans"  # the papers' own words are Chinese
UNCLAIMED = (rules.Strength.DISPUTED, rules.Strength.REJECTED)


def homes_to_remind(*, account: SupervisedAccount) -> QuerySet[Receivable]:
    """Give the homes that get a notice: they owe, and nobody is looking at what they say."""
    owing = homes_owing(account=account).filter(owed__gt=0).exclude(OPEN_CLAIM)
    return owing.select_related("home__building__estate", "ledger_account__balance")


def notices(
    *, account: SupervisedAccount, homes: Iterable[Receivable], pay_until: date | None
) -> bytes:
    """Print a notice for each of these homes; disputed periods are not asked for.

    Returns: a PDF of one page a home; a home with nothing to ask for gets none.
    """
    with override(LANGUAGE):
        told = [notice for place in homes if (notice := _notice(place))]
        data = {
            "account": {
                "name": account.name, "holder": account.holder.name, "bank": account.bank,
                "number": account.bank_number,
            },
            "creditor": account.creditor.name,
            "estate": account.estate.name,
            "purpose": _("used only for what it was set up for, approved by several parties."),
            "issuer": account.holder.name,
            "phone": account.holder.telephone or "—",
            "date": date_format(localdate(), "DATE_FORMAT"),
            "pay_until": date_format(pay_until, "DATE_FORMAT") if pay_until else "",
            "notices": told,
        }  # fmt: skip
        return render_pdf(template="funds/payment_notice.typ", data=data, language=LANGUAGE)


def _notice(place: Receivable) -> dict[str, Any] | None:
    asked = _asked(place)
    total = sum(claim.sight.open for claim in asked)
    if not total:
        return None
    address = f"{settings.BANDENG_URL}{place.get_absolute_url()}"
    return {
        "home": str(place.home),
        "payer": _owners(place) or _("owner"),
        "reference": grouped(reference=place.reference),
        "short": grouped(reference=short_reference(number=place.number)),
        "qr": qr_svg(address),
        "address": address,
        "rows": [_row(claim) for claim in asked],
        "total": _money(total),
        "capitals": in_capitals(fen=total),
        "remarks": _remarks(asked),
    }


def _asked(place: Receivable) -> list[Claim]:
    """Give the periods that may be asked for: open, and neither disputed nor fallen away."""
    found = claims(home=home_sight(receivable=place), on=localdate())
    return [
        claim for claim in found if claim.sight.open and claim.standing.strength not in UNCLAIMED
    ]


def _row(claim: Claim) -> list[str]:
    due = claim.sight.due
    said = due.remark
    if claim.sight.paid:
        said = _("paid of it: %(sum)s") % {"sum": _money(claim.sight.paid)}
    return [
        f"{due.period.lower} – {due.last_day}", floor_area(due.floor_area), _money(due.rate),
        str(due.months), _money(claim.sight.open), said,
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


def statement_of_account(*, receivable: Receivable) -> bytes:
    """Print a home's statement of account, to be checked and signed before any notice."""
    with override(LANGUAGE):
        sight, today = home_sight(receivable=receivable), localdate()
        entries = [*_charges(sight.dues), *_payments(sight.payments)]
        since = min((entry.on for entry in entries), default=today)
        told = rules.account(
            entries=entries, since=since, until=date.fromordinal(today.toordinal() + 1)
        )
        found = claims(home=sight, on=today)
        account = receivable.account
        data = {
            "estate": account.estate.name, "home": str(receivable.home),
            "payer": _owners(receivable) or _("owner"), "creditor": account.creditor.name,
            "since": str(since), "until": str(today), "opening": _sum(told.opening),
            "charged": _sum(told.charged), "paid": _sum(told.paid), "waived": _sum(told.waived),
            "closing": _sum(told.closing), "capitals": in_capitals(fen=max(0, told.closing)),
            "entries": [_entry(entry, owed) for entry, owed in told.entries],
            "open": [_open(claim) for claim in found if claim.sight.open],
            "issuer": account.holder.name, "date": date_format(today, "DATE_FORMAT"),
        }  # fmt: skip
        return render_pdf(template="funds/account_statement.typ", data=data, language=LANGUAGE)


def _charges(dues: Iterable[Any]) -> Iterable[rules.Entry]:
    for sight in dues:
        due = sight.due
        about = _("property fee %(since)s – %(until)s") % {
            "since": due.period.lower, "until": due.last_day,
        }  # fmt: skip
        yield rules.Entry(due.period.lower, rules.Kind.CHARGE, due.amount, about)
        if sight.withdrawn:
            decided = due.billing.reversal.at.date()
            yield rules.Entry(
                decided, rules.Kind.WAIVER, due.amount, _("taken back: %(what)s") % {"what": about}
            )


def _payments(payments: Iterable[Any]) -> Iterable[rules.Entry]:
    for each in payments:
        yield rules.Entry(each.line.day, rules.Kind.PAYMENT, each.amount, _("payment"))


def _entry(entry: rules.Entry, owed: int) -> list[str]:
    asked = entry.kind in (rules.Kind.CHARGE, rules.Kind.REVERSAL)
    columns = (_sum(entry.amount), "") if asked else ("", _sum(entry.amount))
    return [str(entry.on), entry.about, *columns, _sum(owed)]


def _open(claim: Claim) -> list[str]:
    says = {
        rules.Strength.DISPUTED: _("disputed"),
        rules.Strength.OVER: _("limitation may have run out on %(day)s"),
    }
    said = says.get(claim.standing.strength, _("within limitation, until %(day)s"))
    period = f"{claim.sight.due.period.lower} – {claim.sight.due.last_day}"
    words = said % {"day": claim.ends_on} if "%(day)s" in said else said
    return [period, _sum(claim.sight.open), words, claim.standing.decided_by]


def _owners(place: Receivable) -> str:
    if hasattr(place.home, "owners"):
        return "、".join(masked_name(one.person.name) for one in place.home.owners)
    found = homes_owing(account=place.account).get(pk=place.pk)
    return "、".join(masked_name(one.person.name) for one in found.home.owners)


def _money(fen: int) -> str:
    return money(fen, language=LANGUAGE)


def _sum(fen: int) -> str:
    return f"{yuan(fen):,}"
