"""Whatever goes wrong, a person reads what happened, what is kept and what to do next."""

import logging
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

pytestmark = pytest.mark.urls(__name__)
STEPS = ("What to do now", "To the start page")


@login_not_required
def wrong(request, how):
    """Go wrong in one of the ways."""
    if how == "read":
        return HttpResponse(len(request.body))
    raise {"denied": PermissionDenied, "odd": SuspiciousOperation, "bug": ZeroDivisionError}[how]


urlpatterns = [path("wrong/<how>/", wrong), path("", include("config.urls"))]
handler400 = "bandeng.kit.error_pages.bad_request"
handler403 = "bandeng.kit.error_pages.permission_denied"
handler404 = "bandeng.kit.error_pages.page_not_found"
handler500 = "bandeng.kit.error_pages.server_error"


@pytest.fixture
def reader():
    return Client(
        raise_request_exception=False, enforce_csrf_checks=True, headers={"accept-language": "en"}
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/wrong/odd/", 400, "could not read"),
        ("/wrong/denied/", 403, "may not do this"),
        ("/nowhere/", 404, "no such page"),
    ],
)
def test_what_a_reader_did_is_explained(reader, address, status, says):
    answer = reader.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    for words in (says, *STEPS):
        assert words in page


def test_the_page_after_a_bug_needs_no_database_and_its_number_is_in_the_log(reader, caplog):
    """No database: this test has no mark for one, so any question to it raises."""
    with caplog.at_level(logging.ERROR):
        answer = reader.post("/wrong/bug/", headers={"x-csrftoken": "x"})
        answer = reader.get("/wrong/bug/")
    assert answer.status_code == 500
    (number,) = re.findall(r"<strong>([0-9A-F]{8})</strong>", answer.content.decode())
    assert number in caplog.text
    assert "Traceback" in caplog.text


def test_a_form_that_is_too_old_is_explained(reader):
    answer = reader.post("/wrong/read/")
    assert answer.status_code == 403
    assert "What you typed is still in the form" in answer.content.decode()


@pytest.mark.parametrize("limit", ["BODY_MAX", "DATA_UPLOAD_MAX_MEMORY_SIZE"])
def test_too_much_is_refused_before_it_is_read(settings, limit):
    setattr(settings, limit, 100)
    answer = Client(headers={"accept-language": "en"}).post("/wrong/read/", {"text": "x" * 200})
    assert answer.status_code == 413
    assert "fewer or smaller files" in answer.content.decode()


def test_the_pages_are_translated(reader):
    page = reader.post("/wrong/read/", headers={"accept-language": "zh-CN"}).content.decode()
    assert "现在可以这样做" in page


def test_every_answer_tells_the_browser_to_be_strict(reader):
    headers = reader.post("/wrong/read/").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_only_pages_of_somebody_signed_in_are_never_stored(client, people):
    assert "no-store" not in client.get("/nowhere/").headers.get("Cache-Control", "")
    client.force_login(people["Bob"])
    assert "no-store" in client.get("/nowhere/").headers["Cache-Control"]
