"""How a text is marked up, and how a number is written in each language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

KEY = r"[a-z][a-z0-9]*(?:\.[a-z][a-z0-9_]*)+"
PLACEHOLDER = re.compile(rf"\{{figure:({KEY})\}}")
FEN_PER_YUAN, YUAN_PER_WAN = 100, 10_000
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A run of plain words, or the key of the figure that stands there."""

    words: str = ""
    key: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading or a quotation of a text."""

    kind: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Words:
    """A story in one language; every field may hold figures, written {figure:key}."""

    section: str
    headline: str
    body: str
    kicker: str = ""
    deck: str = ""
    byline: str = ""

    @property
    def all(self) -> str:
        """Everything that will be read, in one text."""
        return "\n".join((self.kicker, self.headline, self.deck, self.body))


def keys(*, text: str) -> set[str]:
    """Give the keys of all figures that `text` holds."""
    return set(PLACEHOLDER.findall(text))


def is_well_formed(*, text: str) -> bool:
    """Tell whether every brace of `text` belongs to a figure."""
    rest = PLACEHOLDER.sub("", text)
    return "{" not in rest and "}" not in rest


def parts(*, text: str) -> tuple[Part, ...]:
    """Split one line into words and figures, in order."""
    pieces = PLACEHOLDER.split(text)  # words, key, words, key, …, words
    made = (Part(key=p) if n % 2 else Part(words=p) for n, p in enumerate(pieces))
    return tuple(part for part in made if part.words or part.key)


def blocks(*, text: str) -> tuple[Block, ...]:
    """Read a body: blank lines part paragraphs, `## ` begins a heading, `> ` a quotation."""
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        joined = _joined(paragraph)
        if joined.startswith("## "):
            yield Block("heading", parts(text=joined.removeprefix("## ")))
        elif joined.startswith("> "):
            yield Block("quotation", parts(text=joined.removeprefix("> ")))
        elif joined:
            yield Block("paragraph", parts(text=joined))


def _joined(paragraph: str) -> str:
    """Join a paragraph's lines: with a space in English, without one in Chinese."""
    lines = [line.strip() for line in paragraph.splitlines()]
    text = lines[0]
    for line in lines[1:]:
        narrow = text[-1:].isascii() and line[:1].isascii()
        text += f" {line}" if narrow else line
    return text


def written(*, value: int | float | str | date, style: str, chinese: bool) -> str:
    """Write a value as it stands in a sentence.

    Units: `fen` in 0.01 yuan; `share` as a part of 1.
    """
    if isinstance(value, date):
        return _date(value, style, chinese)
    if isinstance(value, str) or style == "year":
        return str(value)
    if style == "share":
        return f"{value:.1%}"
    return _yuan(value, chinese) if style == "fen" else f"{value:,}"


def _date(day: date, style: str, chinese: bool) -> str:
    month = MONTHS[day.month - 1]
    if style == "month":
        return f"{day.year}年{day.month}月" if chinese else f"{month} {day.year}"
    return f"{day.month}月{day.day}日" if chinese else f"{day.day} {month}"


def _yuan(fen: float, chinese: bool) -> str:
    yuan = fen / FEN_PER_YUAN
    return f"{yuan / YUAN_PER_WAN:,.1f}万元" if chinese else f"¥{yuan:,.0f}"
