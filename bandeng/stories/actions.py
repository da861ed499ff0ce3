"""Everything the newsroom does: names figures, writes, signs, takes back."""

from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.stories import rules
from bandeng.stories.catalogue import SOURCES
from bandeng.stories.models import FigureKey, Language, Story, StoryText, Video
from bandeng.stories.permissions import can_publish
from bandeng.trail.actions import record
from bandeng.trail.models import Thread

Author = Person | UUID


class UnknownSource(Refused):
    """The catalogue has no such source."""


class UnknownFigure(Refused):
    """A text names a figure that nobody defined."""


class PlaceTaken(Refused):
    """Something else stands there."""


class AlreadyPublished(Refused):
    """What somebody signed is not changed under the signature."""


class NotPublished(Refused):
    """There is nothing to take back."""


class NotAnEditor(Refused):
    """Only an editor signs."""


@action
def define_figure(
    *,
    key: str,
    source: str,
    subject: UUID | None,
    label_zh: str,
    label_en: str,
    by: Author,
    at: datetime,
) -> FigureKey:
    """Name a number, so that texts can hold it; naming it again corrects it.

    Raises:
        UnknownSource: the catalogue does not know `source`.
    """
    if source not in SOURCES:
        raise UnknownSource(_("There is no source called “%(source)s”.") % {"source": source})
    said = {"source": source, "subject": subject, "label_zh": label_zh, "label_en": label_en}
    figure = FigureKey.objects.filter(key=key).first()
    if figure:
        FigureKey.objects.filter(pk=figure.pk).update(**said)
        figure.refresh_from_db()
    else:
        figure = FigureKey.objects.create(key=key, thread=Thread.objects.create(), **said)
    _tell(figure, "figure.defined", by, at, name=key, public={"source": source})
    return figure


@action
def write_story(
    *,
    slug: str,
    zh: rules.Words,
    en: rules.Words,
    rank: int | None = None,
    by: Author,
    at: datetime,
) -> Story:
    """Write a draft in both languages, or write it anew.

    Raises:
        AlreadyPublished: it is signed; take it back first.
        UnknownFigure: a text names a figure that nobody defined, or a brace is no figure.
        PlaceTaken: another story stands at `rank`.
    """
    _check_figures(zh.all, en.all)
    _check_rank(Story, slug, rank)
    story = Story.objects.filter(slug=slug).first()
    if story and story.published_at:
        raise AlreadyPublished(_("This is published. Take it back before you change it."))
    story = story or Story.objects.create(slug=slug, rank=rank, thread=Thread.objects.create())
    Story.objects.filter(pk=story.pk).update(rank=rank)
    for language, words in ((Language.CHINESE, zh), (Language.ENGLISH, en)):
        StoryText.objects.update_or_create(story=story, language=language, defaults=asdict(words))
    story.refresh_from_db()
    _tell(story, "story.written", by, at, name=slug, public={"sha256": _digest(story)})
    return story


@action
def publish_story(*, story: Story, by: Person, at: datetime) -> Story:
    """Sign a draft: from now on everybody may read it.

    Raises:
        NotAnEditor: `by` is none.
        AlreadyPublished: it is signed already.
    """
    if not can_publish(person=by, on=localdate(at)):
        raise NotAnEditor(_("Only an editor publishes."))
    signed = Story.objects.filter(pk=story.pk, published_at=None)
    if not signed.update(published_at=at, published_by=by.token):
        raise AlreadyPublished(_("This is published already."))
    story.refresh_from_db()
    _tell(story, "story.published", by, at, name=story.slug, public={"sha256": _digest(story)})
    return story


@action
def withdraw_story(*, story: Story, by: Person, at: datetime) -> Story:
    """Take a story back: it is a draft again.

    Raises:
        NotAnEditor: `by` is none.
        NotPublished: it is a draft already.
    """
    if not can_publish(person=by, on=localdate(at)):
        raise NotAnEditor(_("Only an editor takes a story back."))
    published = Story.objects.published().filter(pk=story.pk)
    if not published.update(published_at=None, published_by=None):
        raise NotPublished(_("This is not published."))
    story.refresh_from_db()
    _tell(story, "story.withdrawn", by, at, name=story.slug, public={})
    return story


@action
def place_video(
    *,
    slug: str,
    title_zh: str,
    title_en: str,
    blurb_zh: str = "",
    blurb_en: str = "",
    rank: int | None = None,
    by: Author,
    at: datetime,
) -> Video:
    """Keep a place on the page for a video, or change what stands there.

    Raises:
        PlaceTaken: another video stands at `rank`.
    """
    _check_rank(Video, slug, rank)
    said = {
        "title_zh": title_zh,
        "title_en": title_en,
        "blurb_zh": blurb_zh,
        "blurb_en": blurb_en,
        "rank": rank,
    }
    video = Video.objects.filter(slug=slug).first()
    if video:
        Video.objects.filter(pk=video.pk).update(**said)
        video.refresh_from_db()
    else:
        video = Video.objects.create(slug=slug, thread=Thread.objects.create(), **said)
    _tell(video, "video.placed", by, at, name=slug, public={})
    return video


def _tell(
    thing: FigureKey | Story | Video,
    verb: str,
    by: Author,
    at: datetime,
    *,
    name: str,
    public: dict[str, str],
) -> None:
    token = by.token if isinstance(by, Person) else by
    record(
        thread=thing.thread,
        verb=verb,
        by=token,
        subject=thing.token,
        at=at,
        public=public,
        names={"name": name},
    )


def _check_rank(model: type[Story] | type[Video], slug: str, rank: int | None) -> None:
    if rank and model._default_manager.filter(rank=rank).exclude(slug=slug).exists():
        message = _("Place %(rank)s of the page is taken.")
        raise PlaceTaken(message % {"rank": rank})


def _check_figures(*texts: str) -> None:
    for text in texts:
        unknown = rules.keys(text=text) - set(FigureKey.objects.values_list("key", flat=True))
        if unknown:
            names = ", ".join(sorted(unknown))
            raise UnknownFigure(_("Nobody has defined these figures: %(keys)s.") % {"keys": names})
        if not rules.is_well_formed(text=text):
            raise UnknownFigure(_("A brace stands alone: a figure is written {figure:key}."))


def _digest(story: Story) -> str:
    """Give the fingerprint of what was written, so that the trail can tell one text from another."""
    fields = ("section", "kicker", "headline", "deck", "byline", "body")
    texts = story.texts.order_by("language").values_list("language", *fields)
    return sha256("\0".join(part for text in texts for part in text).encode()).hexdigest()
