"""Choices among rows: read as key and words, without making a model of each."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import django_filters
from django.http import HttpRequest
from django_filters import ChoiceFilter

Rows = Callable[[HttpRequest | None], Iterable[tuple[Any, Any]]]


class Among(ChoiceFilter):
    """Choose one of the rows that `rows(request)` gives as (key, words)."""

    def __init__(self, *args: Any, rows: Rows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows


class FilterSet(django_filters.FilterSet):
    """A filter set whose form is made once; only what can be chosen is asked for each request."""

    @classmethod
    def form_class(cls) -> Any:
        """Make the form of this filter set, once."""
        if "_form_class" not in cls.__dict__:
            fields = {name: one.field for name, one in cls.base_filters.items()}
            cls._form_class = type(f"{cls.__name__}Form", (cls._meta.form,), fields)
        return cls._form_class

    @cached_property
    def form(self) -> Any:
        """Give the form, its choices as they are now."""
        form = self.form_class()(self.data if self.is_bound else None, prefix=self.form_prefix)
        for name, one in self.filters.items():
            if isinstance(one, Among):
                form.fields[name].choices = list(one.rows(self.request))
        return form
