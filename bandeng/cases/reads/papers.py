"""Papers of the room: posters for doors."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from bandeng.kit.documents import qr_svg, render_pdf
from bandeng.places.models import Building, Estate


def address(*, place: Building | Estate) -> str:
    """Give the whole address of a place's report form, as it stands on paper."""
    return f"{settings.BANDENG_URL}{reverse('cases:report', args=[place.token])}"


def sheet(*, estate: Estate, building: Building | None) -> dict[str, Any]:
    """Give what one poster says: where, and the code that opens its form."""
    where = address(place=building or estate)
    return {
        "where": f"{estate.name} · {building}" if building else estate.name,
        "address": where,
        "qr": qr_svg(f"{where}?qr"),
    }


def posters(*, sheets: Sequence[dict[str, Any]], language: str) -> bytes:
    """Print posters, one A4 page each.

    Returns: a PDF.
    """
    telephone = settings.SITE["telephone"]
    data = {
        "sheets": list(sheets),
        "title": _("Something broken, dangerous, or stuck?"),
        "says": _(
            "Scan, say what it is, follow what becomes of it. Without an account, without your "
            "name if you like."
        ),
        "call": _("Or call: %(number)s") % {"number": telephone} if telephone else "",
        "urgent": _("Fire, gas, or somebody hurt? Call first:") + " 119 · 110 · 120",
        "issuer": settings.SITE["organiser"],
    }
    return render_pdf(template="cases/poster.typ", data=data, language=language)
