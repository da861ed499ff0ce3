from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.stories import rules
from bandeng.stories.rules import Block, Part


@pytest.mark.parametrize(
    ("value", "style", "chinese", "english"),
    [
        (1572, "number", "1,572", "1,572"),
        (2015, "year", "2015", "2015"),
        (date(2024, 11, 11), "date", "11月11日", "11 November"),
        (date(2020, 7, 1), "month", "2020年7月", "July 2020"),
        (295_000_000, "fen", "295.0万元", "¥2,950,000"),
        (0.9577, "share", "95.8%", "95.8%"),
        ("unknown", "number", "unknown", "unknown"),
    ],
)
def test_a_value_is_written_in_each_language(value, style, chinese, english):
    assert rules.written(value=value, style=style, chinese=True) == chinese
    assert rules.written(value=value, style=style, chinese=False) == english


def test_a_body_is_read_as_paragraphs_headings_and_quotations():
    body = "One {figure:a.b}\nline.\n\n## Head\n\n> Said.\n\n三\n四"
    assert rules.blocks(text=body) == (
        Block("paragraph", (Part("One "), Part(key="a.b"), Part(" line."))),
        Block("heading", (Part("Head"),)),
        Block("quotation", (Part("Said."),)),
        Block("paragraph", (Part("三四"),)),
    )


@pytest.mark.parametrize("text", ["{figure: a.b}", "{a.b}", "one } more", "{figure:A.b}"])
def test_a_brace_that_is_no_figure_is_noticed(text):
    assert not rules.is_well_formed(text=text)


@given(st.lists(st.one_of(st.text("ab 字", min_size=1), st.just("{figure:a.b_c}"))))
def test_splitting_a_line_loses_nothing(pieces):
    text = "".join(pieces)
    split = rules.parts(text=text)
    assert "".join(p.words or f"{{figure:{p.key}}}" for p in split) == text
    assert rules.keys(text=text) == {p.key for p in split if p.key}
