import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.kit.charts import SIZES, Series, bars_and_line, nice_top, share_bars

MONTHS = [f"{n}月" for n in range(1, 11)]
REPORTED = Series("上报", [132, 98, 176, 201, 188, 240, 265, 251, None, 219])
CLOSED = Series("办结", [120, 101, 150, 190, 185, 221, 259, 255, None, 214])


def _chart(**changes):
    usual: dict[str, Any] = {"title": "上报与办结", "labels": MONTHS}
    return bars_and_line(**usual | {"bars": REPORTED, "line": CLOSED} | changes)


def test_it_is_drawn_for_a_desk_and_for_a_phone_without_style_or_script():
    chart = _chart(description="7 月最多")
    assert [chart.count(f'class="chart {size.shown}"') for size in SIZES] == [1, 1]
    assert chart.count("<desc") == 2
    assert "style=" not in chart
    assert "<script" not in chart


def test_its_table_holds_every_number_and_a_gap_stays_a_gap():
    table = _chart().partition("<details>")[2]
    cells = re.findall(r'<td class="num">(.*?)</td>', table)
    expected = [v for pair in zip(REPORTED.values, CLOSED.values, strict=True) for v in pair]
    assert cells == ["—" if value is None else str(value) for value in expected]


@pytest.mark.parametrize("highest", [1, 2, 3, 5, 6, 9, 10, 55])
def test_what_is_counted_has_no_half_on_its_axis(highest):
    drawn = _chart(labels=["一"], bars=Series("上报", [highest]), line=None)
    written = re.findall(r'<text class="value end"[^>]*>(.*?)</text>', drawn)
    assert all("." not in one for one in written)


def test_names_are_text_not_markup():
    chart = _chart(title="<b>", bars=Series("<i>", REPORTED.values))
    assert "<b>" not in chart
    assert "<i>" not in chart


@pytest.mark.parametrize("values", [[1, 2], [-1] * 10])
def test_what_cannot_be_drawn_is_refused(values):
    with pytest.raises(ValueError, match="please"):
        _chart(bars=Series("x", values))


def test_nothing_at_all_can_be_drawn():
    assert "<svg" in bars_and_line(title="x", labels=[], bars=Series("y", []))


@given(st.lists(st.integers(0, 10**9) | st.none(), min_size=1, max_size=40))
def test_every_bar_stands_on_the_ground_inside_the_drawing(values):
    chart = bars_and_line(
        title="x", labels=[str(n) for n in range(len(values))], bars=Series("y", values)
    )
    drawings = chart.partition("<details>")[0].split("<svg ")[1:]
    for size, drawing in zip(SIZES, drawings, strict=True):
        bars = re.findall(
            r'<rect class="bar" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"><t',
            drawing,
        )
        assert len(bars) == len([v for v in values if v is not None])
        for x, y, width, height in (map(float, bar) for bar in bars):
            assert y + height == pytest.approx(size.height - 34)
            assert 0 <= y <= size.height
            assert 0 <= x <= x + width <= size.width


@given(st.integers(1, 10**12))
def test_an_axis_ends_at_or_above_the_highest_value_but_not_far(highest):
    assert highest <= nice_top(highest) <= 2 * highest + 1


def test_shares_are_written_out_and_as_long_as_they_are_large():
    page = share_bars(
        title="钱从哪里来", shares=[("居民", 25), ("补助", 75)], total=100, written="{} 元".format
    )
    assert re.findall(r'class="bar" width="([\d.]+)"', page) == ["25.0", "75.0"]
    assert "75 元" in page
    with pytest.raises(ValueError, match="total"):
        share_bars(title="x", shares=[("a", 101)], total=100)
    assert share_bars(title="x", shares=[("a", 0)], total=0)
