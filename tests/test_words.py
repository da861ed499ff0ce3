"""Every sentence of the house exists in both languages."""

import ast
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from bandeng.kit import catalogue

MARKERS = {"_", "gettext", "ngettext", "pgettext", "gettext_lazy", "ngettext_lazy", "pgettext_lazy"}


def _read(path):
    return {(m.context, m.id): m for m in catalogue.read(source=path) if m.id}


@pytest.mark.parametrize("source", catalogue.sources(), ids=lambda path: path.parts[-5])
def test_every_message_is_translated(source):
    messages = _read(source).values()
    assert [m.id for m in messages if m.fuzzy or not m.string or not all(m.string)] == []


@pytest.mark.skipif(
    not shutil.which("xgettext"), reason="gettext, which extracts, is not installed"
)
@pytest.mark.parametrize("source", catalogue.sources(), ids=lambda path: path.parts[-5])
def test_the_catalogue_has_exactly_the_messages_in_use(source, tmp_path, monkeypatch):
    room = source.parents[3]
    copy = Path(shutil.copytree(room, tmp_path / room.name))
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    catalogue.extract(room=copy)
    extracted = _read(copy / source.relative_to(room))
    assert set(extracted) == set(_read(source))


def test_every_room_with_words_has_a_catalogue():
    speaking = {
        path.relative_to(catalogue.ROOMS).parts[0]
        for pattern, mark in (("*/**/*.py", "gettext"), ("*/templates/**/*.html", "{% translate"))
        for path in catalogue.ROOMS.glob(pattern)
        if mark in path.read_text() and "tests" not in path.parts
    }
    assert speaking - {path.parts[-5] for path in catalogue.sources()} == set()


def test_a_message_means_one_thing():
    """Django joins the catalogues: of two translations one would be shown in both rooms."""
    meanings = defaultdict(set)
    for source in catalogue.sources():
        for key, message in _read(source).items():
            meanings[key].add(str(message.string))
    assert {key: said for key, said in meanings.items() if len(said) > 1} == {}


def test_no_message_hides_in_an_f_string():
    """Where xgettext does not look, so that it would never be translated."""
    hidden = [
        f"{path.relative_to(catalogue.ROOMS)}:{call.lineno}"
        for path in catalogue.ROOMS.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MARKERS
    ]
    assert hidden == []
