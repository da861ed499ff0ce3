"""Machine code for the search, kept on disk so that it is made once."""

import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from bandeng.care.planner.errors import EngineMissing

try:
    import numba
except ImportError:
    raise EngineMissing(library="numba") from None

Function = TypeVar("Function", bound=Callable[..., object])


def _kept_in() -> str:
    """Name a folder by the engine's source: what is compiled holds the code of several files.

    Where none can be made, a fresh one: then every process compiles anew, but none loads code
    from a place that others can write to.
    """
    sources = {path: path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))}
    used = [
        text
        for path, text in sources.items()
        if b"\n@compiled" in text or path.name in ("state.py", "compiled.py")
    ]
    mark = sha256(b"\0".join(used)).hexdigest()[:16]
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(home, "bandeng", "planner", mark)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return tempfile.mkdtemp(prefix="bandeng-planner-")
    return (
        str(folder) if os.access(folder, os.W_OK) else tempfile.mkdtemp(prefix="bandeng-planner-")
    )


FOLDER = _kept_in()


def entry(function: Function) -> Function:
    """Compile what Python calls, with all it calls: at the first call, or from the disk."""
    return _compile(function, cache=True)


def compiled(function: Function) -> Function:
    """Compile a function for the others: Python itself never calls it."""
    return _compile(function, **INNER)


def inlined(function: Function) -> Function:
    """Compile a small function into each of its callers: a call would cost more than it does."""
    return _compile(function, **INNER, forceinline=True)


INNER = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def _compile(function: Function, **options: bool) -> Function:
    """Leave out the counting of references: no function here makes or keeps an array."""
    settings: Any = numba.config
    njit: Any = numba.njit
    common: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
    before, settings.CACHE_DIR = settings.CACHE_DIR, settings.CACHE_DIR or FOLDER
    try:
        made: Function = njit(**common, **options)(function)
    finally:
        settings.CACHE_DIR = before
    return made
