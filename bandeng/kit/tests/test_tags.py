from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import translation


def _draw(text, **values):
    return Template(text).render(Context(values))


def test_money_is_written_to_the_fen_in_either_language():
    with translation.override("zh-hans"):
        assert _draw("{{ fen|money }}", fen=299876543) == "2,998,765.43 元"
    with translation.override("en"):
        assert _draw("{{ fen|money }}", fen=-5) == "-¥0.05"
    assert _draw("{{ fen|money }}", fen=None) == "—"


def test_an_area_is_written_in_square_metres():
    assert _draw("{{ area|floor_area }}", area=8850) == "88.50 m²"


def test_names_and_numbers_are_masked():
    assert _draw("{{ n|masked_name }} {{ p|masked_phone }}", n="王小明", p="13812341234") == (
        "王*明 138****1234"
    )


def test_a_state_has_one_of_five_colours():
    assert (
        _draw('{% tag state "ok" %}', state="<办结>") == '<span class="tag ok">&lt;办结&gt;</span>'
    )
    with pytest.raises(ValueError, match="one of"):
        _draw('{% tag "x" "purple" %}')


def test_a_card_keeps_its_content_as_markup_and_its_title_as_text():
    page = _draw("{% card title=t %}<p>{{ t }}</p>{% endcard %}", t="<b>")
    assert "<h2>&lt;b&gt;</h2><p>&lt;b&gt;</p>" in page


def test_the_timeline_tells_who_did_what_when():
    at = datetime(2024, 3, 1, 9, tzinfo=UTC)
    page = _draw(
        "{% timeline entries %}",
        entries=[{"title": "Accepted", "at": at, "who": "王*", "text": "<x>"}],
    )
    assert 'datetime="2024-03-01T17:00:00+08:00"' in page
    assert "<p>&lt;x&gt;</p>" in page


def test_a_code_is_drawn_without_style():
    page = _draw('{% qr "https://example.org/b/7" %}')
    assert page.startswith('<svg role="img"')
    assert "<title>" in page
    assert "style=" not in page
