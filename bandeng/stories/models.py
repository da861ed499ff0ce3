"""What is told in public: figures by name, stories in two languages, videos."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bandeng.stories import rules
from bandeng.trail.models import Thread


class Language(models.TextChoices):
    """The languages that a story is told in."""

    CHINESE = "zh", "中文"
    ENGLISH = "en", "English"


def reader_language() -> str:
    """Give the language of whoever reads now."""
    return Language.ENGLISH if (get_language() or "").startswith("en") else Language.CHINESE


class FigureKey(models.Model):
    """A name for one number of this office: `source` counts it, `subject` says of what."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(_("key"), max_length=60, unique=True)
    source = models.CharField(_("source"), max_length=60)
    subject = models.UUIDField(null=True)
    label_zh = models.CharField(_("name in Chinese"), max_length=60)
    label_en = models.CharField(_("name in English"), max_length=90)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(key__regex=f"^{rules.KEY}$"), name="figure_key_well_formed"
            ),
        ]

    def __str__(self) -> str:
        return self.label_en if reader_language() == Language.ENGLISH else self.label_zh

    def get_absolute_url(self) -> str:
        """Where its definition and records are shown."""
        return reverse("stories:figure", kwargs={"key": self.key})


class StoryQuerySet(models.QuerySet["Story"]):
    """Stories, by what has become of them."""

    def published(self) -> "StoryQuerySet":
        """Keep those that somebody signed."""
        return self.filter(published_at__isnull=False)


class Story(models.Model):
    """A story (稿件): a draft until an editor signs it; `rank` 1 leads the front page."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    rank = models.PositiveSmallIntegerField(_("place on the page"), null=True, unique=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    objects = StoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_by=None)
                | models.Q(published_at__isnull=False, published_by__isnull=False),
                name="story_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("stories:story", kwargs={"slug": self.slug})


class StoryText(models.Model):
    """A story in one language; figures stand in it as {figure:key}."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=2, choices=Language.choices)
    section = models.CharField(_("section"), max_length=60)
    kicker = models.CharField(_("line above the headline"), max_length=120, blank=True)
    headline = models.CharField(_("headline"), max_length=160)
    deck = models.CharField(_("line below the headline"), max_length=300, blank=True)
    byline = models.CharField(_("byline"), max_length=120, blank=True)
    body = models.TextField(_("text"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "language"], name="story_told_once_each"),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="story_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.headline


class Video(models.Model):
    """A short video's place on the page: its poster and code come with the newsroom."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    rank = models.PositiveSmallIntegerField(_("place on the page"), null=True, unique=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=60)
    title_en = models.CharField(_("title in English"), max_length=120)
    blurb_zh = models.CharField(_("about it, in Chinese"), max_length=300, blank=True)
    blurb_en = models.CharField(_("about it, in English"), max_length=500, blank=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.title_en if reader_language() == Language.ENGLISH else self.title_zh

    @property
    def blurb(self) -> str:
        """What it is about, for whoever reads now."""
        return self.blurb_en if reader_language() == Language.ENGLISH else self.blurb_zh
