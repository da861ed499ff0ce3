"""A value of a JSON file together with the path that leads to it."""

import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bandeng.care.planner.errors import BadFile

MOST = 1e7  # of minutes, prices, days: what is larger is a slip, and would drown all else


@dataclass(frozen=True, slots=True)
class Node:
    """One value; every question refuses what it is not, by path and value."""

    value: Any
    path: str = "$"

    def bad(self, rule: str) -> BadFile:
        """Say what is wrong with this value."""
        shown = self.value if not isinstance(self.value, (dict, list)) else "…"
        return BadFile(path=self.path, rule=rule, value=shown)

    def has(self, key: str) -> bool:
        """Tell whether the object has the key with something in it."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def at(self, *keys: str) -> "Node":
        """Give the value under the first of the keys that is there."""
        if not isinstance(self.value, dict):
            raise self.bad("not an object")
        for key in keys:
            if key in self.value:
                return Node(self.value[key], f"{self.path}.{key}")
        raise BadFile(path=f"{self.path}.{keys[0]}", rule="missing")

    def items(self) -> Iterator["Node"]:
        """Go through a list."""
        if not isinstance(self.value, list):
            raise self.bad("not a list")
        return (Node(one, f"{self.path}[{i}]") for i, one in enumerate(self.value))

    def pairs(self) -> Iterator[tuple[str, "Node"]]:
        """Go through an object's keys."""
        if not isinstance(self.value, dict):
            raise self.bad("not an object")
        return ((key, Node(one, f"{self.path}.{key}")) for key, one in self.value.items())

    def number(self, *, least: float = 0.0) -> float:
        """Read a number of at least `least`."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.bad("not a number")
        if isinstance(self.value, float) and math.isnan(self.value):
            raise self.bad("not a number")
        if self.value < least:
            raise self.bad("too small")
        if self.value > MOST:
            raise self.bad("too large")
        return float(self.value)

    def whole(self, *, below: int | None = None) -> int:
        """Read a whole number from 0, below a bound."""
        found = self.number()
        if found != int(found):
            raise self.bad("not a whole number")
        if below is not None and found >= below:
            raise self.bad("too large")
        return int(found)

    def text(self) -> str:
        """Read a name: a text that is not empty, or a number as its text."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        if not isinstance(self.value, str) or not self.value:
            raise self.bad("not a name")
        return self.value

    def one_of(self, known: Any) -> str:
        """Read a name that must be known."""
        found = self.text()
        if found not in known:
            raise self.bad("unknown name")
        return found

    def flag(self) -> bool:
        """Read true or false."""
        if not isinstance(self.value, bool):
            raise self.bad("not true or false")
        return self.value

    def span(self) -> tuple[float, float]:
        """Read `[from, to]` or `{"start": from, "end": to}` (or min and max)."""
        if isinstance(self.value, dict):
            first, last = self.at("start", "min"), self.at("end", "max")
        else:
            ends = list(self.items())
            if len(ends) != 2:
                raise self.bad("not two numbers")
            first, last = ends
        if first.number() > last.number():
            raise self.bad("ends before it begins")
        return first.number(), last.number()


def unique(nodes: Iterator[Node]) -> list[tuple[str, Node]]:
    """Read the ids of a list of objects; no id twice."""
    seen: set[str] = set()
    found = []
    for node in nodes:
        name = node.at("id").text()
        if name in seen:
            raise node.at("id").bad("twice the same id")
        seen.add(name)
        found.append((name, node))
    return found


def load(*, path: Path) -> Node:
    """Read a JSON file, plain or gzipped.

    Raises:
        BadFile: it cannot be read as JSON.
    """
    try:
        raw = path.read_bytes()
        raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        return Node(json.loads(raw))
    except FileNotFoundError:
        raise BadFile(path=str(path), rule="no such file") from None
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadFile(path=str(path), rule="cannot be read", value=str(error)) from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadFile(path=str(path), rule="not JSON", value=str(error)) from None
