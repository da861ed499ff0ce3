"""Columns that a page shows in words and a spreadsheet gets as numbers and dates.

Days and moments of a model are shown by them without being named.
"""

from collections.abc import Mapping
from typing import Any

import django_tables2
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django_tables2 import A
from django_tables2.columns import library

from bandeng.kit import units
from bandeng.kit.templatetags import kit

RIGHT = {"td": {"class": "num"}, "th": {"class": "num"}}


class Number(django_tables2.Column):
    """A count, to the right."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"attrs": RIGHT} | options)


class Money(Number):
    """Fen, shown and exported as yuan."""

    def render(self, value):
        """Write the sum."""
        return kit.money(value)

    def value(self, value):
        """Give yuan."""
        return units.yuan(value)


class FloorArea(Number):
    """0.01 m², shown and exported as m²."""

    def render(self, value):
        """Write the area."""
        return kit.floor_area(value)

    def value(self, value):
        """Give square metres."""
        return units.yuan(value)


class State(django_tables2.Column):
    """A state as a coloured tag; `kinds` maps its value to ok, warn, red, info or none."""

    def __init__(self, *, kinds: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.kinds = kinds

    def render(self, record, value, bound_column):
        """Choose the colour by the stored value, the text by its label."""
        return kit.tag(value, self.kinds.get(A(bound_column.accessor).resolve(record), "none"))

    def value(self, value):
        """Give the label."""
        return value


@library.register
class Moment(django_tables2.Column):
    """A date and time, in local time."""

    def render(self, value):
        """Write it as people here do."""
        local = timezone.localtime(value)
        return format_html(
            '<time datetime="{}">{}</time>',
            local.isoformat(),
            date_format(local, "DATETIME_FORMAT"),
        )

    def value(self, value):
        """Give the moment itself."""
        return value

    @classmethod
    def from_field(cls, field, **options):
        """Stand for every DateTimeField."""
        return cls(**options) if isinstance(field, models.DateTimeField) else None


@library.register
class Day(django_tables2.Column):
    """A date."""

    def render(self, value):
        """Write it as people here do."""
        return date_format(value, "DATE_FORMAT")

    def value(self, value):
        """Give the day itself."""
        return value

    @classmethod
    def from_field(cls, field, **options):
        """Stand for every DateField that is not a DateTimeField."""
        day = isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
        return cls(**options) if day else None


@library.register
class YesNo(django_tables2.Column):
    """A truth in a word."""

    empty_values = (None, "")

    def render(self, value):
        """Say yes or no."""
        return _("yes") if value else _("no")

    @classmethod
    def from_field(cls, field, **options):
        """Stand for every BooleanField."""
        return cls(**options) if isinstance(field, models.BooleanField) else None
