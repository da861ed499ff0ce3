"""Charts drawn on the server as SVG: no script, no style, and the numbers always beside them.

Each chart is drawn twice, for a desk and for a phone; CSS shows one of them. Colours come
from CSS classes, so that large print, contrast and paper work as everywhere else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any
from zlib import crc32

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LEFT, RIGHT, TOP, BOTTOM = 48, 12, 40, 34  # margins around the drawing area, in its own units
GRID_LINES = (4, 5, 3, 2)  # as many above zero as divide the axis
LABEL_ROOM = 38  # below this a label would touch its neighbour
NICE = (1, 2, 3, 4, 5, 6, 8, 10)  # the top of an axis is one of these times a power of ten
Number = int | float


@dataclass(frozen=True)
class Series:
    """Values with a name, one for each label; None where there are none."""

    name: str
    values: Sequence[Number | None]


@dataclass(frozen=True)
class Size:
    """A drawing's width and height, and the class by which CSS shows it."""

    width: int
    height: int
    shown: str


SIZES = (Size(720, 320, "wide-only"), Size(350, 270, "phone-only"))


@dataclass(frozen=True)
class Scale:
    """From data to the drawing."""

    size: Size
    count: int
    top: Number

    @property
    def step(self) -> float:
        """Give the room of one label."""
        return (self.size.width - LEFT - RIGHT) / max(1, self.count)

    @property
    def ground(self) -> int:
        """Give where zero is."""
        return self.size.height - BOTTOM

    def middle(self, index: int) -> float:
        """Give the horizontal place of a label."""
        return round(LEFT + self.step * (index + 0.5), 1)

    def level(self, value: Number) -> float:
        """Give the vertical place of a value."""
        return round(self.ground - (self.ground - TOP) * value / self.top, 1)


def nice_top(highest: Number) -> Number:
    """Give the end of an axis that starts at zero, in whole grid lines where it can be."""
    if highest <= 0:
        return 1
    power: Number = 10 ** floor(log10(highest))
    return next(factor * power for factor in NICE if highest <= factor * power)


def bars_and_line(
    *,
    title: str,
    labels: Sequence[str],
    bars: Series,
    line: Series | None = None,
    description: str = "",
) -> SafeString:
    """Draw bars, with or without a line over them, and their table in a <details>.

    Raises:
        ValueError: a value is below zero, or the numbers of labels and values differ.
    """
    series = [bars, *([line] if line else [])]
    known = [value for one in series for value in one.values if value is not None]
    if any(len(one.values) != len(labels) for one in series) or min(known, default=0) < 0:
        raise ValueError(f"{title}: one value ≥ 0 (or None) for each label, please")
    top = nice_top(max(known, default=0))
    scales = [Scale(size, len(labels), top) for size in SIZES]
    words = {
        "title": title,
        "series": series,
        "rows": zip(labels, *(one.values for one in series), strict=True),
        "drawings": [_drawing(scale, title, description, labels, bars, line) for scale in scales],
    }
    return render_to_string("kit/chart.html", words)


def share_bars(
    *,
    title: str,
    shares: Sequence[tuple[str, Number]],
    total: Number,
    written: Callable[[Any], str] = str,
) -> SafeString:
    """Show what a total consists of, each part with its words and its length.

    Raises:
        ValueError: a part is below zero, or larger than the total.
    """
    if any(not 0 <= value <= total for _name, value in shares):
        raise ValueError(f"{title}: each part between 0 and the total, please")
    rows = [
        (name, written(value), round(100 * value / total, 1) if total else 0)
        for name, value in shares
    ]
    return render_to_string("kit/share_bars.html", {"title": title, "rows": rows})


def _drawing(
    scale: Scale,
    title: str,
    description: str,
    labels: Sequence[str],
    bars: Series,
    line: Series | None,
) -> SafeString:
    key = f"chart-{crc32(title.encode()):x}-{scale.size.width}"
    parts = [*_grid(scale), *_bars(scale, labels, bars), *(_line(scale, line) if line else ())]
    return format_html(
        '<svg class="chart {}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}</svg>',
        scale.size.shown, scale.size.width, scale.size.height, key, key, key, title, key,
        description, _legend(bars, line), format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip


def _legend(bars: Series, line: Series | None) -> SafeString:
    first = format_html(
        '<rect class="bar" x="{}" y="8" width="14" height="14"/><text class="name" x="{}" y="20">{}</text>',
        LEFT, LEFT + 20, bars.name,
    )  # fmt: skip
    if not line:
        return first
    start = LEFT + 40 + 15 * len(bars.name)
    return first + format_html(
        '<line class="line" x1="{}" x2="{}" y1="15" y2="15"/><text class="name" x="{}" y="20">{}</text>',
        start, start + 22, start + 28, line.name,
    )  # fmt: skip


def _grid(scale: Scale) -> Iterator[SafeString]:
    lines = next((n for n in GRID_LINES if scale.top % n == 0), 1)  # whole numbers, if it can be
    for number in range(lines + 1):
        value = scale.top * number / lines
        level = scale.level(value)
        yield format_html(
            '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
            '<text class="value end" x="{}" y="{}">{}</text>',
            LEFT, scale.size.width - RIGHT, level, level, LEFT - 8, level + 4, f"{value:,g}",
        )  # fmt: skip


def _bars(scale: Scale, labels: Sequence[str], bars: Series) -> Iterator[SafeString]:
    every = max(1, -(-LABEL_ROOM // int(scale.step or 1)))
    for index, (label, value) in enumerate(zip(labels, bars.values, strict=True)):
        middle = scale.middle(index)
        if value is not None:
            level, width = scale.level(value), round(scale.step * 0.6, 1)
            yield format_html(
                '<rect class="bar" x="{}" y="{}" width="{}" height="{}"><title>{} {} {}</title></rect>',
                round(middle - width / 2, 1), level, width, round(scale.ground - level, 1),
                label, bars.name, f"{value:,}",
            )  # fmt: skip
        if index % every == 0:
            yield format_html(
                '<text class="value middle" x="{}" y="{}">{}</text>',
                middle, scale.ground + 20, label,
            )  # fmt: skip


def _line(scale: Scale, line: Series) -> Iterator[SafeString]:
    places = [
        (scale.middle(index), scale.level(value))
        for index, value in enumerate(line.values)
        if value is not None
    ]
    points = " ".join(f"{x},{y}" for x, y in places)
    yield format_html('<polyline class="line" points="{}"/>', points)
    for x, y in places:
        yield format_html('<circle class="dot" cx="{}" cy="{}" r="4"/>', x, y)
