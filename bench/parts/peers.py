"""A peer's Python, in an environment of its own: made once, kept in the cache directory."""

import os
import subprocess
import sys
from pathlib import Path

import django
import psycopg

from bench.parts.requests import note


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
