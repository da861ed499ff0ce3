"""What stands on the page now: texts with their figures recomputed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bandeng.kit.figures import Figure, Words
from bandeng.people.models import Person
from bandeng.stories import rules
from bandeng.stories.catalogue import SOURCES, VIDEOS_WITH_CODES, Source
from bandeng.stories.models import FigureKey, Language, Story, StoryText, Video, reader_language
from bandeng.stories.permissions import visible_stories
from bandeng.trail.reads import leaves_of


@dataclass(frozen=True)
class Shown:
    """A figure as it stands on a page at one moment."""

    key: FigureKey
    figure: Figure | None

    @property
    def source(self) -> Source:
        """What counts it."""
        return SOURCES[self.key.source]

    @property
    def built(self) -> bool:
        """Whether its system exists."""
        return self.source.count is not None

    @property
    def state(self) -> str:
        """`live`, `empty` (there is no data) or `unbuilt`."""
        if not self.built:
            return "unbuilt"
        return "empty" if self.figure is None or self.figure.value is None else "live"

    @property
    def text(self) -> str:
        """The number as it is written in a sentence, in the reader's language."""
        if not self.built:
            return _("not yet")
        if self.figure is None or self.figure.value is None:
            return _("no data")
        chinese = reader_language() == Language.CHINESE
        return rules.written(value=self.figure.value, style=self.source.style, chinese=chinese)

    @property
    def definition(self) -> Words:
        """What the number means."""
        return self.figure.definition if self.figure else self.source.definition


@dataclass(frozen=True)
class Piece:
    """A run of words, or a figure."""

    words: str = ""
    shown: Shown | None = None


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading or quotation, ready to read."""

    kind: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Told:
    """A story in the reader's language, its figures filled in."""

    story: Story
    words: StoryText
    figures: Mapping[str, Shown]

    @cached_property
    def kicker(self) -> Sequence[Piece]:
        """The line above the headline."""
        return self._fill(rules.parts(text=self.words.kicker))

    @cached_property
    def headline(self) -> Sequence[Piece]:
        """The headline."""
        return self._fill(rules.parts(text=self.words.headline))

    @cached_property
    def deck(self) -> Sequence[Piece]:
        """The line below the headline."""
        return self._fill(rules.parts(text=self.words.deck))

    @cached_property
    def body(self) -> Sequence[Passage]:
        """The text."""
        blocks = rules.blocks(text=self.words.body)
        return [Passage(block.kind, self._fill(block.parts)) for block in blocks]

    @property
    def title(self) -> str:
        """The headline without links."""
        return "".join(p.shown.text if p.shown else p.words for p in self.headline)

    def _fill(self, parts: Iterable[rules.Part]) -> list[Piece]:
        return [
            Piece(shown=self.figures[part.key]) if part.key else Piece(words=part.words)
            for part in parts
        ]


def shown(*, keys: Iterable[FigureKey], at: datetime) -> dict[str, Shown]:
    """Recompute figures, each once."""
    return {
        key.key: Shown(key, SOURCES[key.source].figure(subject=key.subject, at=at)) for key in keys
    }


def told(*, stories: Iterable[Story], at: datetime) -> list[Told]:
    """Fill the figures into stories, in the reader's language; a figure is computed once."""
    ids = [story.pk for story in stories]
    language = reader_language()
    texts = StoryText.objects.filter(story_id__in=ids, language=language).select_related("story")
    words = {text.story_id: text for text in texts}
    used = {pk: rules.keys(text=_all(text)) for pk, text in words.items()}
    keys = FigureKey.objects.filter(key__in=set().union(*used.values())).order_by("pk")
    figures = shown(keys=keys, at=at)
    return [
        Told(words[pk].story, words[pk], {k: f for k, f in figures.items() if k in used[pk]})
        for pk in ids
    ]


def front(*, person: Person | None, at: datetime) -> tuple[list[Told], list[Video]]:
    """Give the front page: its published stories in their order, and the videos' places."""
    stories = visible_stories(person=person, on=localdate(at)).published()
    on_page = stories.filter(rank__isnull=False).order_by("rank")
    videos = Video.objects.filter(rank__isnull=False).order_by("rank")
    return told(stories=on_page, at=at), list(videos)


def of_videos(*, at: datetime) -> list[Shown]:
    """Give the figures that count the videos: they stand beside them, in no text."""
    keys = FigureKey.objects.filter(source=VIDEOS_WITH_CODES).order_by("pk")
    return list(shown(keys=keys, at=at).values())


def stories_with(*, key: FigureKey, person: Person | None, at: datetime) -> list[StoryText]:
    """Give the stories, as the reader may see them, in which a figure stands."""
    stories = visible_stories(person=person, on=localdate(at))
    texts = StoryText.objects.filter(story__in=stories, language=reader_language())
    placeholder = f"{{figure:{key.key}}}"
    return [text for text in texts.order_by("story__rank", "pk") if placeholder in _all(text)]


def check(*, bounds: Iterable[Mapping[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """Recompute every figure and hold it against its bounds.

    `bounds` are rows with `key`, `min` and `max`; dates are ISO texts there and here.

    Returns: {"key", "min", "max", "found", "ok", "built", "records"} for each row, in
        order; `ok` is false too where the system is not built or there is no data.
    """
    return [_checked(bound, at) for bound in bounds]


def _checked(bound: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    key = FigureKey.objects.filter(key=bound["key"]).first()
    source = SOURCES[key.source] if key else None
    figure = source.figure(subject=key.subject, at=at) if key and source else None
    found = figure.value if figure else None
    if isinstance(found, date):
        found = found.isoformat()[: len(str(bound["min"]))]  # a month is "2020-07"
    return {
        "key": bound["key"],
        "min": bound["min"],
        "max": bound["max"],
        "found": found,
        "ok": found is not None and bound["min"] <= found <= bound["max"],
        "built": source is not None and source.count is not None,
        "records": figure.count if figure else 0,
    }


def _all(text: StoryText) -> str:
    return "\n".join((text.kicker, text.headline, text.deck, text.body))


@dataclass(frozen=True)
class Proof:
    """How many entries of the signed log stand behind a figure, and how many are in it already."""

    source: str
    numbers: list[int]
    logged: int

    @property
    def rows(self) -> int:
        """Give how many entries stand behind it."""
        return len(self.numbers)

    @property
    def waiting(self) -> int:
        """Give how many still await the log."""
        return self.rows - self.logged


def proof_of(*, figure: Figure | None) -> Proof:
    """Give what of the signed log stands behind a figure."""
    source, rows = (figure.leaves if figure else None) or ("", [])
    numbers = list(rows)
    logged = len(leaves_of(source=source, rows=numbers)) if numbers else 0
    return Proof(source, numbers, logged)
