"""Papers of the room: posters for doors."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from bandeng.kit.documents import qr_svg, render_pdf


def address(*, token: UUID) -> str:
    """Give the whole address of a place's report form, as it stands on paper."""
    return f"{settings.BANDENG_URL}{reverse('cases:report', args=[token])}"


def sheet(*, where: str, token: UUID) -> dict[str, Any]:
    """Give what one poster says: where, and the code that opens its form."""
    form = address(token=token)
    return {"where": where, "address": form, "qr": qr_svg(f"{form}?qr")}


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
