"""A real browser on the real server, on a clone of the database of its own.

    def test_it(visit, world):
        page = visit("/cases/", device="phone", person=world.people["Bob"], language="en")

Whatever a page logs as an error (a script, the content security policy) fails the test.
BANDENG_SHOTS=<folder> keeps a picture of every page as the test left it.
"""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from bandeng.kit.context import ELDER_COOKIE
from bandeng.kit.fonts import write_fontconfig
from tests.browser.checks import assert_good
from tests.databases import ROOT

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
DEVICES = {"phone": PHONE, "elder": PHONE, "desktop": DESKTOP}
CHINESE = [(device, "zh-CN") for device in DEVICES]
LOOKS = [*CHINESE, ("phone", "en-GB")]
WAIT = 30  # seconds for a server to come up on a busy machine
SERVER_SETTINGS = "tests.browser.settings"


@dataclass
class Site:
    """The running server."""

    url: str
    database: str

    def session(self, person):
        """Sign a person in; the result is the cookie's value."""
        client = Client()
        client.force_login(person)
        return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="session")
def static_files(server):
    """Collect the static files once for all workers."""
    with (server.state / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (server.state / "static").exists():
            collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
            environment = os.environ | {"DJANGO_SETTINGS_MODULE": SERVER_SETTINGS}
            subprocess.run(collect, cwd=ROOT, check=True, env=environment)


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(process, port):
    until = time.monotonic() + WAIT
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server did not come up")


@pytest.fixture
def serve(own_clone, static_files, tmp_path):
    """Start servers on the test's own clone; they end with the test."""
    running = []

    def start(settings=SERVER_SETTINGS, **environment):
        port = _free_port()
        own = {"DJANGO_SETTINGS_MODULE": settings, "BANDENG_DATABASE": own_clone}
        log = (tmp_path / f"server-{port}.log").open("w")
        process = subprocess.Popen(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
                "--port", str(port), "--workers", "1", "--blocking-threads", "2", "--no-ws",
                "--log-level", "warning", "config.wsgi:application",
            ],
            cwd=ROOT, env=os.environ | own | environment, stdout=log, stderr=log,
        )  # fmt: skip
        running.append((process, log))
        _wait(process, port)
        return Site(f"http://localhost:{port}", own_clone)

    yield start
    for process, log in running:
        process.terminate()
        process.wait(timeout=WAIT)
        log.close()
        sys.stdout.write(Path(log.name).read_text())  # pytest shows it where a test failed


@pytest.fixture
def site(serve):
    return serve()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install -e '.[dev]'")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        pytest.skip("no Chromium: as root, apt-get install chromium")
    fonts = write_fontconfig(folder=tmp_path_factory.mktemp("fonts"))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop runs in this thread,
    connections.close_all()  # and where a loop runs Django has another connection
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=program, args=FLAGS, env=os.environ | {"FONTCONFIG_FILE": str(fonts)}
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, own_clone, serve, request):  # the servers end after the windows
    """Open an address of the site as a person on a device; `expect` names allowed errors."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_page(
        address, *, device="phone", person=None, language="zh-CN", site=None, expect=(), **options
    ):
        site = site or request.getfixturevalue("site")
        context = chromium.new_context(
            base_url=site.url, locale=language, timezone_id="Asia/Shanghai",
            **DEVICES[device], **options,
        )  # fmt: skip
        contexts.append(context)
        cookies = {ELDER_COOKIE: "1"} if device == "elder" else {}
        if person:
            cookies[settings.SESSION_COOKIE_NAME] = site.session(person)
        context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in cookies.items()])
        page = context.new_page()
        page.on("console", lambda said: _note(errors, said.type, said.text, expect))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for number, context in enumerate(contexts):
        if context.pages:
            _keep_picture(context.pages[-1], f"{request.node.name}-{number}")
        context.close()
    assert errors == []


@pytest.fixture
def look_at(visit, world, request):
    """Open pages, each as somebody, in every look: all are good to read and touch.

    A server, a database and a window for each person are dearer than a page, so one test looks
    at all pages of a room: `look_at([("Bob", "/cases/"), (None, "/")], LOOKS)`.
    """

    def look(pages, looks=LOOKS, **options):
        for device, language in looks:
            windows: dict[str | None, Any] = {}
            for number, (name, address) in enumerate(pages):
                page = windows.get(name)
                if page:
                    page.goto(address)
                else:
                    person = world.people[name] if name else None
                    page = visit(
                        address, device=device, person=person, language=language, **options
                    )
                    windows[name] = page
                _must_be_good(page, f"{device}, {language}, {name}")
                _keep_picture(page, f"{request.node.name}-{device}-{language}-{number}")
            for page in windows.values():
                page.context.close()

    return look


def _must_be_good(page, look):
    try:
        assert_good(page)
    except AssertionError as error:
        error.add_note(look)
        raise


def _keep_picture(page, name):
    if folder := os.environ.get("BANDENG_SHOTS"):
        file = Path(folder, f"{re.sub('[^a-z0-9]+', '-', name.lower())}.png")
        page.screenshot(path=file, full_page=True)


def _note(errors, kind, text, expect):
    if kind == "error" and not any(words in text for words in expect):
        errors.append(text)
