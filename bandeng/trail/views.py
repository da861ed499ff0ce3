"""The signed log as everybody reads it, and the page that checks a receipt in the browser."""

import re
from base64 import b64encode
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from bandeng.trail import files, reads
from bandeng.trail.actions import NotCosigned, cosign
from bandeng.trail.rules.notes import NOTE_LENGTH
from bandeng.trail.rules.tiles import WIDTH, is_tile_name, number_of

TEXT = "text/plain; charset=utf-8"
SCRIPTS = ("note", "receipt", "check")  # in the order in which they need each other
FEW_SECONDS = cache_control(public=True, max_age=2)
FOR_EVER = cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
IMPORT = re.compile(r"^import .*\n|^export (?=async function|function|const)", re.MULTILINE)


@login_not_required
@require_safe
@FEW_SECONDS
def checkpoint(_request):
    """Give the last checkpoint with its cosignatures."""
    return _text(reads.served_checkpoint())


@login_not_required
@require_safe
@FEW_SECONDS
def witnessed(_request):
    """Give the last of the checkpoints that most witnesses have signed."""
    return _text(reads.served_checkpoint(witnessed=True) or reads.served_checkpoint())


@login_not_required
@require_safe
@FEW_SECONDS
def keys(_request):
    """Give the log's public keys, today's first."""
    return _text("".join(f"{key}\n" for key in reads.log_keys()))


@login_not_required
@require_safe
@FEW_SECONDS
def key_changes(_request):
    """Give the notes in which old keys name new ones."""
    place = settings.LOG_DIRECTORY / "key-changes"
    return _text(place.read_text() if place.exists() else "")


@login_not_required
@require_safe
@FOR_EVER
@gzip_page
def tile(_request, name):
    """Give a tile or a bundle; a name that is none is not looked for."""
    place = f"tile/{name}"
    if not is_tile_name(name=place):
        raise Http404
    try:
        data = (settings.LOG_DIRECTORY / place).read_bytes()
    except OSError as error:
        raise Http404 from error
    return HttpResponse(data, content_type="application/octet-stream")


@login_not_required
@require_safe
@FEW_SECONDS
@gzip_page
def now(_request, name):
    """Give 256 leaves as their rows lie in the database now, for whoever audits."""
    if not is_tile_name(name=f"tile/entries/{name}"):
        raise Http404
    number, width = number_of(name=f"tile/entries/{name}")
    if width != WIDTH:
        raise Http404
    data = reads.now_bundle(number=number)
    return HttpResponse(data, content_type="application/octet-stream")


@login_not_required
@csrf_exempt  # a signature says who it is, no session
@require_POST
def cosignature(request):
    """Take in a witness's line under a checkpoint."""
    try:
        note = request.body.decode()
        if len(note) > NOTE_LENGTH:
            return HttpResponse(status=413)
        new = cosign(note=note, at=timezone.now())
    except UnicodeDecodeError:
        return HttpResponse(status=400)
    except NotCosigned as refusal:
        return HttpResponse(f"{refusal}\n", content_type=TEXT, status=409)
    return HttpResponse(f"{len(new)}\n", content_type=TEXT)


@method_decorator(login_not_required, name="dispatch")
class LogPage(TemplateView):
    """How the log is, who watches it, and how anybody checks it."""

    http_method_names = ["get", "head"]
    template_name = "trail/log.html"

    def get_context_data(self, **kwargs):
        """Look at the log."""
        return super().get_context_data(
            state=reads.log_state(),
            keys=reads.log_keys(),
            checkpoint=files.last_checkpoint(folder=settings.LOG_DIRECTORY),
            witnesses=reads.witnesses(),
            url=f"{settings.BANDENG_URL}/log",
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class CheckPage(TemplateView):
    """Check a receipt in the browser alone: once loaded, the page asks nobody any more."""

    http_method_names = ["get", "head"]
    template_name = "trail/check.html"

    def get_context_data(self, **kwargs):
        """Give the keys to check against."""
        return super().get_context_data(**_pinned(), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class WitnessPage(TemplateView):
    """Cosign in the browser: the key is made there and never leaves it."""

    http_method_names = ["get", "head"]
    template_name = "trail/witness.html"

    def get_context_data(self, **kwargs):
        """Give the log's keys, and who is registered."""
        return super().get_context_data(**_pinned(), **kwargs)


@login_not_required
@require_safe
@FOR_EVER
def growth(_request, old, size):
    """Give the hashes which show that a later checkpoint only adds to an earlier one."""
    path = reads.growth(old=old, size=size)
    if path is None:
        raise Http404
    return _text("".join(f"{b64encode(one).decode()}\n" for one in path))


@login_not_required
@require_safe
def check_file(request: HttpRequest) -> HttpResponse:
    """Give the same page as one file, to keep and to open without any server."""
    found = [finders.find(f"trail/js/{name}.js") for name in SCRIPTS]
    script = "\n".join(IMPORT.sub("", Path(str(place)).read_text()) for place in found)
    page = render_to_string("trail/check_file.html", _pinned() | {"script": script}, request)
    answer = HttpResponse(page)
    answer["Content-Disposition"] = 'attachment; filename="bandeng-check.html"'
    return answer


def _pinned():
    witnesses = [one.witness for one in reads.witnesses()]
    return {"keys": reads.log_keys(), "witnesses": witnesses}


def _text(said: str | None) -> HttpResponse:
    if said is None:
        raise Http404
    return HttpResponse(said, content_type=TEXT)
