"""When the relay tries again, and by what a message is known in the world."""

import re
from datetime import timedelta
from uuid import UUID

E164 = re.compile(r"\+[1-9][0-9]{6,14}")  # Source: ITU-T E.164, with the sign


def wait(*, attempts: int, first: int, longest: int) -> timedelta:
    """Give how long to wait after so many failed attempts: twice as long each time.

    Units: `first`, `longest` in seconds.
    """
    return timedelta(seconds=min(first * 2 ** min(attempts - 1, 30), longest))


def message_id(*, token: UUID, host: str) -> str:
    """Give the name that every attempt to send one message carries.

    Whoever receives it twice can tell. Source: RFC 5322, 3.6.4.
    """
    return f"<{token}@{host}>"


def one_line(*, text: str, length: int) -> str:
    """Give a text without line ends, cut with a sign of it where it is too long."""
    words = " ".join(text.split())
    return words if len(words) <= length else f"{words[: length - 1]}…"
