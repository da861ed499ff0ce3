"""The front page on paper: one A3 sheet, PDF."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.defaultfilters import date as written_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bandeng.kit.documents import render_pdf
from bandeng.stories import reads
from bandeng.stories.models import Video, reader_language

FICTION = gettext_noop(
    "Fictional demonstration. What a newspaper's page of 2024 told is told again in our own "
    "words; persons, sums and documents beyond it are invented."
)


def page_pdf(*, at: datetime) -> bytes:
    """Print the public front page, in the reader's language, as it stands at `at`.

    Returns: a PDF.
    """
    told, videos = reads.front(person=None, at=at)
    return _printed(json.dumps(_sheet(told, videos, localtime(at))), reader_language())


@lru_cache(maxsize=4)
def _printed(sheet: str, language: str) -> bytes:
    """Print the same sheet once: it costs most of a second, and everybody may ask for it."""
    return render_pdf(template="stories/page.typ", data=json.loads(sheet), language=language)


def _sheet(told: list[reads.Told], videos: list[Video], at: datetime) -> dict[str, Any]:
    day, time = written_date(at, _("j F Y")), written_date(at, "H:i")
    return {
        "title": _("The Bench Daily"),
        "left": f"{day}\n{written_date(at, 'l')}",
        "right": _("Figures counted at %(time)s") % {"time": time},
        "imprint": _imprint(),
        "foot": _("Underlined: counted from the records. Dotted: that system is not built yet."),
        "stories": [_story(story) for story in told],
        "numbers-title": _("In numbers"),
        "numbers": [_number(shown) for shown in told[0].figures.values()] if told else [],
        "videos-title": _("Moving pictures"),
        "videos": [_video(video) for video in videos],
    }


def _imprint() -> str:
    if settings.BANDENG_DEMO:
        return _(FICTION)
    return _("What neighbours settled, with the books open")


def _story(told: reads.Told) -> dict[str, Any]:
    return {
        "section": told.words.section,
        "byline": told.words.byline,
        "kicker": _pieces(told.kicker),
        "headline": _pieces(told.headline),
        "deck": _pieces(told.deck),
        "body": [{"kind": p.kind, "pieces": _pieces(p.pieces)} for p in told.body],
    }


def _pieces(pieces: Iterable[reads.Piece]) -> list[dict[str, str]]:
    return [_figure(p.shown) if p.shown else {"text": p.words} for p in pieces]


def _figure(shown: reads.Shown) -> dict[str, str]:
    address = settings.BANDENG_URL + shown.key.get_absolute_url()
    return {"text": shown.text, "state": shown.state, "url": address}


def _number(shown: reads.Shown) -> dict[str, str]:
    return _figure(shown) | {"label": str(shown.key)}


def _video(video: Video) -> dict[str, str]:
    code = _("No film and no code yet: they come with the newsroom.")
    return {"title": str(video), "blurb": video.blurb, "code": code}
