"""Addresses that a page names many times: each is put together once, then only filled in."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse

MARKS: dict[Any, str | int | UUID] = {
    str: "a-word-of-no-row",
    int: 9_876_543_210,
    UUID: UUID(int=9_876_543_210),
}


def address(name: str, word: str | int | UUID | None = None) -> str:
    """Give the address that `reverse(name, args=[word])` gives, or `reverse(name)`."""
    where = (get_urlconf(), get_script_prefix())
    if word is None:
        return _alone(name, *where)
    kind: Any = type(word)
    before, after = _around(name, kind, *where)
    return f"{before}{quote(str(word))}{after}"


@lru_cache(maxsize=1024)
def _alone(name: str, urlconf: str | None, prefix: str) -> str:  # noqa: ARG001  # parts of the key
    return reverse(name)


@lru_cache(maxsize=1024)
def _around(name: str, kind: Any, urlconf: str | None, prefix: str) -> tuple[str, str]:  # noqa: ARG001
    """Give what stands before and after the word."""
    mark = MARKS[kind]
    before, after = reverse(name, args=[mark]).split(str(mark))
    return before, after
