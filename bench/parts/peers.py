"""A peer's Python, in an environment of its own: made once, kept in the cache directory."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import django
import psycopg

from bench.parts.requests import note
from bench.parts.spent import Spent
from config.installation import ROOT


def python(*, package: str, version: str) -> Path:
    """Give the peer's Python with Django and driver of our own versions; the first call makes it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = cache / "bandeng" / "bench" / f"{package}-{version}-django-{django.__version__}"
    program = place / "bin" / "python"
    if not (place / "complete").exists():
        note(f"installing {package} {version} into {place} (once) …")
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        wanted = [
            f"{package}=={version}", f"django=={django.__version__}",
            f"psycopg[binary]=={psycopg.__version__}",
        ]  # fmt: skip
        install = [str(program), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *wanted], check=True, stdout=subprocess.DEVNULL)
        (place / "complete").touch()
    return program


class Hordak:
    """The peer at work in its own process, in a database of its own."""

    def __init__(self, *, version: str, database: dict[str, Any]) -> None:
        command = [str(python(package="django-hordak", version=version)), "-P", "-m"]
        self.process = subprocess.Popen(
            [*command, "bench.parts.hordak_program"], text=True, env={"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.tell(database)

    def tell(self, what: object) -> None:
        """Write a line to it."""
        print(json.dumps(what), file=self.process.stdin, flush=True)

    def post(self, *, kind: str, count: int) -> Spent:
        """Let it post a block, `single` or `bulk`."""
        self.tell([kind, count])
        if not self.process.stdout:
            raise ValueError(self.process)
        return Spent(*json.loads(self.process.stdout.readline()))

    def end(self) -> None:
        """Let it go."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()
