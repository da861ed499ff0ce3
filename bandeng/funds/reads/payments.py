"""A payment's receipt on paper: what it paid, where it stands in the log, and its proof."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from bandeng.funds.models import Allocation, Receivable
from bandeng.funds.reads.household import TRANSFER, payment_proof
from bandeng.funds.reads.lobby import fingerprint
from bandeng.funds.rules.capitals import in_capitals
from bandeng.funds.standing.reckonings import LANGUAGE, owners_of
from bandeng.funds.standing.sights import HomeSight, home_sight
from bandeng.kit.documents import qr_svg, render_pdf
from bandeng.kit.units import money
from bandeng.trail.models import Checkpoint
from bandeng.trail.reads import leaves_of

MOST = 2_300  # bytes that one code holds at this correction (version 40, M)


def paid_periods(*, home: HomeSight, allocation: Allocation) -> tuple[list[tuple[Any, int]], int]:
    """Give the dues that a payment paid, oldest first after the payments before it.

    Returns: pairs of due and fen; and what paid none.
    """
    before = sum(one.amount for one in home.payments if one.paid_id < allocation.paid_id)
    rest, found = allocation.amount, []
    for sight in home.dues:
        if sight.withdrawn:
            continue
        skipped = min(before, sight.due.amount)
        before -= skipped
        part = min(rest, sight.due.amount - skipped)
        if part:
            found.append((sight.due, part))
            rest -= part
    return found, rest


def payment_sheet(*, receivable: Receivable, allocation: Allocation) -> bytes:
    """Print the receipt of one payment.

    Returns: a PDF of one page.
    """
    proof = payment_proof(receivable=receivable, number=allocation.paid_id)
    with override(LANGUAGE):
        home = home_sight(receivable=receivable)
        data = _words(receivable, allocation, home) | _log(receivable, allocation, proof)
        return render_pdf(template="funds/receipt.typ", data=data, language=LANGUAGE)


def _words(receivable: Receivable, allocation: Allocation, home: HomeSight) -> dict[str, Any]:
    account, line = receivable.account, allocation.line
    periods, rest = paid_periods(home=home, allocation=allocation)
    return {
        "number": str(allocation.paid_id), "home": str(receivable.home),
        "estate": account.estate.name, "payer": owners_of(place=receivable) or _("owner"),
        "day": date_format(line.day, "DATE_FORMAT"), "sum": _money(allocation.amount),
        "capitals": in_capitals(fen=allocation.amount),
        "rows": [[f"{due.period.lower} – {due.last_day}", _money(part)] for due, part in periods],
        "rest": _money(rest) if rest else "",
        "way": str(allocation.get_rule_display()),
        "account": account.name,
        "purpose": account.purposes.get(takes_dues=True).name,
        "left": _money(max(0, home.owed)),
        "issuer": account.holder.name,
        "date": date_format(localtime(), "DATE_FORMAT"),
    }  # fmt: skip


def _log(receivable: Receivable, allocation: Allocation, proof: str | None) -> dict[str, Any]:
    address = reverse("funds:payment_proof", args=[receivable.pk, allocation.paid_id])
    last = Checkpoint.objects.order_by("-size").first()
    index = leaves_of(source=TRANSFER, rows=[allocation.paid_id]).get(allocation.paid_id)
    shown = {"qr": qr_svg(f"{settings.BANDENG_URL}{address}"), "proof": "", "log": None}
    if proof is None or last is None or index is None:
        return shown
    return shown | {
        "proof": qr_svg(proof) if len(proof.encode()) <= MOST else "",
        "log": {
            "entry": str(index), "size": f"{last.size:,}", "origin": last.note.split("\n")[0],
            "fingerprint": fingerprint(checkpoint=last),
        },
    }  # fmt: skip


def _money(fen: int) -> str:
    return money(fen, language=LANGUAGE)
