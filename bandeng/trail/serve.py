"""A picture as an answer. The owning room's view asks its permissions, then calls this."""

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from bandeng.trail import pictures
from bandeng.trail.models import Attachment

ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def picture(
    *, request: HttpRequest, attachment: Attachment, thumbnail: bool = False
) -> HttpResponse:
    """Show a picture, or its thumbnail, to a person who may see it; never kept by anybody else."""
    digest = bytes(attachment.sha256).hex()
    etag = f'"{digest}{"-small" if thumbnail else ""}"'
    unchanged = get_conditional_response(request, etag=etag)
    answer = unchanged or _file(attachment=attachment, thumbnail=thumbnail)
    answer["ETag"] = etag
    for header, value in HEADERS.items():
        answer[header] = value
    return answer


def _file(*, attachment: Attachment, thumbnail: bool) -> HttpResponse:
    """Read it whole: it is small, and no open file outlives a broken connection."""
    with default_storage.open(pictures.name(token=attachment.token, thumbnail=thumbnail)) as file:
        answer = HttpResponse(file.read(), content_type=attachment.content_type)
    answer["Content-Disposition"] = (
        content_disposition_header(
            as_attachment=False, filename=f"{attachment.token}.{ENDINGS[attachment.content_type]}"
        )
        or ""
    )
    return answer
