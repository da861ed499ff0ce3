"""What a statement of account (对账单) says."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from bandeng.funds.models import Due, Receivable, Reckoning, SupervisedAccount
from bandeng.funds.rules import dues as rules
from bandeng.funds.rules.capitals import in_capitals
from bandeng.funds.rules.dues_file import DueRow
from bandeng.funds.rules.references import grouped, short_reference
from bandeng.funds.standing.claims import Claim, open_claims_of
from bandeng.funds.standing.homes import homes_owing
from bandeng.funds.standing.sights import DueSight, HomeSight
from bandeng.kit.masking import masked_name
from bandeng.kit.units import floor_area, money, yuan

LANGUAGE = "zh-hans"  # the papers' own words are Chinese


def owners_of(*, place: Receivable) -> str:
    """Name the owners of today, masked."""
    if hasattr(place.home, "owners"):
        return "、".join(masked_name(one.person.name) for one in place.home.owners)
    found = homes_owing(account=place.account).get(pk=place.pk)
    return "、".join(masked_name(one.person.name) for one in found.home.owners)


def length_of(*, due: Due | DueRow) -> str:
    """Write a due's months, its parts by days as fractions: 4 + 17/31."""
    whole = [str(due.months)] if due.months or not due.parts else []
    return " + ".join([*whole, *(f"{days}/{of}" for days, of in due.parts)])


def spelled(*, home: HomeSight, number: str, on: date) -> dict[str, Any]:
    """Give all that stands on a home's statement of account drawn up on a day."""
    with override(LANGUAGE):
        entries = [*_charges(home.dues), *_payments(home.payments)]
        since = min((entry.on for entry in entries), default=on)
        until = date.fromordinal(on.toordinal() + 1)
        told = rules.account(entries=entries, since=since, until=until)
        place = home.receivable
        return {
            "number": number, "home": str(place.home), "payer": owners_of(place=place) or _("owner"),
            "reference": grouped(reference=short_reference(number=place.number)),
            "since": str(since), "until": str(on), "opening": _sum(told.opening),
            "charged": _sum(told.charged), "paid": _sum(told.paid), "waived": _sum(told.waived),
            "closing": _sum(told.closing), "capitals": in_capitals(fen=max(0, told.closing)),
            "entries": [_entry(entry, owed) for entry, owed in told.entries],
            "open": [_open(claim) for claim in open_claims_of(home=home, on=on)],
            "date": date_format(on, "DATE_FORMAT"),
        }  # fmt: skip


def unsigned_reckonings(*, account: SupervisedAccount) -> QuerySet[Reckoning]:
    """Give each home's latest statement of account as long as nobody has signed it."""
    found = Reckoning.objects.filter(receivable__account=account)
    latest = found.order_by("receivable", "-pk").distinct("receivable").values("pk")
    return found.filter(pk__in=latest, paper=None).select_related(
        "receivable__home__building", "receivable__account"
    )


def _charges(dues: Iterable[DueSight]) -> Iterable[rules.Entry]:
    for sight in dues:
        due = sight.due
        about = _("property fee %(since)s – %(until)s") % {
            "since": due.period.lower, "until": due.last_day,
        }  # fmt: skip
        about = f"{about}\n{_reckoned(due)}"
        yield rules.Entry(due.period.lower, rules.Kind.CHARGE, due.amount, about)
        if sight.withdrawn:
            decided = due.billing.reversal.at.date()
            yield rules.Entry(
                decided, rules.Kind.WAIVER, due.amount, _("taken back: %(what)s") % {"what": about}
            )


def _reckoned(due: Due) -> str:
    rate = money(due.rate, language=LANGUAGE)
    return f"{floor_area(due.floor_area)} × {rate} × {length_of(due=due)}"


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


def _sum(fen: int) -> str:
    return f"{yuan(fen):,}"
