"""`./run demo`: the newspaper's page as a scenario, built, told, checked and served."""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from config.installation import Installation, fingerprint, here
from config.logins import DATABASE, create_database, drop_database
from config.proving import prove
from config.serving import PORT, check_port, serve
from config.terminal import is_terminal, say, speaks_english

MARKER = "demo"  # config/demo.py refuses to run without it
DEFAULT_SEED = 0  # the page itself; every other seed is another estate


def demo(words: Sequence[str]) -> int:
    """Build the scenario if it is not there, tell it, and serve it to a terminal."""
    parser = argparse.ArgumentParser(prog="./run demo")
    parser.add_argument("--check", action="store_true", help="recompute every figure of the page")
    parser.add_argument("--json", action="store_true", help="with --check: as JSON")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="another estate")
    parser.add_argument("--fresh", action="store_true", help="build it again")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--serve", action=argparse.BooleanOptionalAction, default=is_terminal())
    asked = parser.parse_args(words)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BANDENG_DATABASE"):
        os.environ.pop(name, None)  # a demo never touches a server of somebody's
    suffix = f"-demo-{asked.seed}" if asked.seed else "-demo"
    installation = here(suffix=suffix, settings="config.demo")
    serves = asked.serve and not asked.check
    if serves:
        check_port(port=asked.port)
    if asked.check and not asked.fresh and _is_built(installation):
        with installation.running():
            return _check(installation, asked)
    with installation.held(), installation.running():
        _build(installation, seed=asked.seed, fresh=asked.fresh, quiet=asked.check)
        if asked.check:
            return _check(installation, asked)
        installation.manage("tell_demo", _language(), f"--page={_page(installation)}")
        prove(installation=installation)
        say(f"The page as PDF: {_page(installation)}", f"版面 PDF:{_page(installation)}")
        if not serves:
            say("Serve it: ./run demo --serve", "启动网站:./run demo --serve")
            return 0
        address = f"http://localhost:{asked.port}"
        say(
            f"The page is served at {address}/ ; sign in as anyone by one click: {address}/demo/ "
            "(end with Ctrl-C)",
            f"版面已上线:{address}/ ;一键以任何人身份登录:{address}/demo/(按 Ctrl-C 结束)",
        )
        return serve(installation=installation, host="127.0.0.1", port=asked.port)


def _page(installation: Installation) -> Path:
    return installation.state / "page.pdf"


def _language() -> str:
    return f"--language={'en' if speaks_english() else 'zh-hans'}"


def _is_built(installation: Installation) -> bool:
    marker = installation.state / MARKER
    return marker.exists() and marker.read_text() == _version()


def _version() -> str:
    return fingerprint(extra=("**/*.py", "demo/**/*"))


def _build(installation: Installation, *, seed: int, fresh: bool, quiet: bool) -> None:
    """Build into an empty database; a half-built one has no marker and is made anew."""
    if _is_built(installation) and not fresh:
        return
    start = time.monotonic()
    marker = installation.state / MARKER
    first = not marker.exists()
    marker.write_text("")  # it may run as a demo, but is not built
    if not first:
        drop_database(server=installation.server, name=DATABASE)
        create_database(server=installation.server, name=DATABASE)
    (installation.state / "brought-up").unlink(missing_ok=True)
    for name in ("log", "signer"):  # another database is another log
        shutil.rmtree(installation.state / name, ignore_errors=True)
    installation.bring_up_to_date()
    installation.manage("build_demo", f"--seed={seed}")
    installation.sign()
    marker.write_text(_version())
    if not quiet:
        took = time.monotonic() - start
        say(f"Built in {took:.0f} s.", f"构建用时 {took:.0f} 秒。")


def _check(installation: Installation, asked: argparse.Namespace) -> int:
    words = ["check_demo", *(["--json"] if asked.json else []), f"--seed={asked.seed}", _language()]
    sys.stdout.flush()
    return installation.ask(*words)
