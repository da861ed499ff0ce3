"""What a person reads when something went wrong: what happened, what is kept, what to do.

Only the pages for 403 and 404 show the menu; the others must come up without database.
"""

import logging
import secrets
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from bandeng.kit.context import page

log = logging.getLogger("bandeng")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where what was sent is too large."""
    if isinstance(exception, RequestDataTooBig):
        return _bare(
            request,
            413,
            happened=_("What you sent is too large"),
            kept=_("Nothing was saved. Your photos are still on your device."),
            next=_("Go back, choose fewer or smaller files, and send again."),
        )
    return _bare(
        request,
        400,
        happened=_("We could not read that request"),
        kept=_("Nothing was changed."),
        next=_("Go back and try again. If a link brought you here, ask for a new one."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: they may see it, but not do this."""
    words = {
        "happened": _("You may not do this here"),
        "kept": _("Nothing was changed."),
        "next": _(
            "If it belongs to your work, ask your administrator for the role. "
            "If you have another account, sign in with it."
        ),
    }
    return render(request, "kit/error.html", words, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: it is not there, or not for this person; the page does not say which."""
    words = {
        "happened": _("There is no such page for you"),
        "kept": _("The address may be mistyped or old, or the page is not open to you."),
        "next": _("Check the address, sign in, or go on from the start page."),
    }
    return render(request, "kit/error.html", words, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with a number that is also in the log."""
    reference = secrets.token_hex(4).upper()
    log.error("%s: %s %s failed", reference, request.method, request.path, exc_info=True)
    response = _bare(
        request,
        500,
        happened=_("Something went wrong on our side"),
        kept=_("What you sent was not saved, in whole or in part. Earlier entries are safe."),
        next=_("Please try again in a few minutes. If it happens again, tell us this number."),
        reference=reference,
    )
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log it again
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that cannot be shown to come from our page."""
    return _bare(
        request,
        403,
        happened=_("This form was open for too long, or cookies are off"),
        kept=_("Nothing was saved. What you typed is still in the form: go back to it."),
        next=_("Go back, copy your text, reload the page and send again. Cookies must be allowed."),
    )


def _bare(request: HttpRequest, status: int, **words: Any) -> HttpResponse:
    return HttpResponse(
        render_to_string("kit/error_bare.html", page(request) | words), status=status
    )
