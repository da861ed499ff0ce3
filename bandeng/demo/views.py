"""Signing in as anybody of the cast, by one click: in the demo alone."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bandeng.demo.cast import RESIDENTS, STAFF
from bandeng.demo.reads import cast, member

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@login_not_required
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """List the cast."""
    _only_in_the_demo()
    return render(request, "demo/who.html", {"cast": cast()})


@login_not_required
@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the cast."""
    _only_in_the_demo()
    if key not in STAFF and key not in RESIDENTS:
        raise Http404
    login(request, member(key=key), backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _only_in_the_demo() -> None:
    if not settings.BANDENG_DEMO:
        raise Http404
