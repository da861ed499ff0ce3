"""`./run test`, `check` and `bench`: what a developer and CI ask."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from config.installation import ROOT
from config.terminal import Problem, choose, say

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
KINDS = {"browser": "Chromium", "slow": "minutes"}
HOUSE = ["tests/test_house.py", "tests/test_grants.py", "tests/test_words.py"]


def _run(*words: str) -> int:
    """Run a program of the environment, with the house on its path."""
    print("+", *words, file=sys.stderr, flush=True)  # noqa: T201
    program = Path(sys.executable).with_name(words[0])
    start = [str(program)] if program.exists() else [sys.executable, "-m", words[0]]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([*start, *words[1:]], cwd=ROOT, check=False, env=environment).returncode


def test(words: Sequence[str]) -> int:
    """Run the tests; `--browser` and `--slow` run those kinds too."""
    parser = argparse.ArgumentParser(prog="./run test")
    for kind in KINDS:
        parser.add_argument(f"--{kind}", action="store_true")
    asked, rest = parser.parse_known_args(words)
    if asked.browser:
        find_chromium()
    left_out = [kind for kind in KINDS if not getattr(asked, kind)]
    marker = " and ".join(f"not {kind}" for kind in left_out)
    code = _run("pytest", "-q", "-n", "2", "-m", marker, "-rs", *rest)
    for kind in left_out:
        say(
            f"Not run: the {kind} tests. ./run test --{kind}",
            f"未运行:{kind} 测试。./run test --{kind}",
        )
    return code


def check(words: Sequence[str]) -> int:
    """Run every check that needs no scenario; stop at the first that fails."""
    argparse.ArgumentParser(prog="./run check").parse_args(words)
    for line in (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("lint-imports",),
        ("mypy", "bandeng", "config", "tests", "bench", "conftest.py"),
        ("pytest", "-q", *HOUSE),
    ):
        if code := _run(*line):
            return code
    return 0


def bench(words: Sequence[str]) -> int:
    """Run one benchmark by its name."""
    parser = argparse.ArgumentParser(prog="./run bench")
    known = sorted(p.stem for p in (ROOT / "bench").glob("[a-z]*.py") if p.stem != "frame")
    parser.add_argument("name", choices=known)
    asked, rest = parser.parse_known_args(words)
    return _run(f"bench.{asked.name}", *rest)


def lock(words: Sequence[str]) -> int:
    """Write requirements*.lock anew from pyproject.toml, with hashes and no addresses."""
    argparse.ArgumentParser(prog="./run lock").parse_args(words)
    common = [
        "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-header", "--no-annotate", "pyproject.toml", "--output-file",
    ]  # fmt: skip
    base = _run("uv", *common, "requirements.lock")
    within = ["--extra", "plan", "--constraint", "requirements.lock"]
    return (
        base
        or _run("uv", *common, "requirements-plan.lock", *within)
        or _run("uv", *common, "requirements-dev.lock", "--extra", "dev", *within)
    )


def verify(words: Sequence[str]) -> int:
    """Run the verifier, which knows nothing of the rest of the house."""
    return _run_of_the_wheel("bandeng_verify", words)


def witness(words: Sequence[str]) -> int:
    """Run the witness, which comes with the verifier."""
    return _run_of_the_wheel("bandeng_witness", words)


def _run_of_the_wheel(module: str, words: Sequence[str]) -> int:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "verify")}
    command = [sys.executable, "-P", "-m", module, *words]
    return subprocess.run(command, check=False, env=environment).returncode


def find_chromium() -> str:
    """Give Chromium's path; root without one installs it from the system's packages.

    Raises:
        Problem: there is none; the message says how to get it.
    """
    if found := next(filter(None, map(shutil.which, CHROMIUM)), None):
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium from the system's packages …", "正在从系统软件源安装 Chromium……")
        for line in (
            ["update", "-q"],
            ["install", "-y", "-q", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(["apt-get", *line], check=False, stdout=subprocess.DEVNULL)
        if found := shutil.which("chromium"):
            return found
    raise Problem(
        choose(
            "The browser tests need Chromium: as root, apt-get install chromium "
            "(or your system's package), then run this again.",
            "浏览器测试需要 Chromium:请以 root 执行 apt-get install chromium(或系统对应软件包)后重试。",
        )
    )
