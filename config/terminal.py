"""What the commands say to a person at a terminal, in one of two languages."""

import locale
import os
import sys


class Problem(Exception):  # noqa: N818
    """Something the person at the terminal can set right; the message says how."""


def speaks_english() -> bool:
    """Tell the terminal's language: English where LANG says so, Chinese otherwise."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    said = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return locale.normalize(said).startswith("en")


def choose(english: str, chinese: str) -> str:
    """Give the sentence in the terminal's language."""
    return english if speaks_english() else chinese


def say(english: str, chinese: str) -> None:
    """Print the sentence in the terminal's language."""
    print(choose(english, chinese), flush=True)  # noqa: T201


def is_terminal() -> bool:
    """Tell whether a person sits there and can end what is served."""
    return sys.stdin.isatty() and sys.stdout.isatty()
