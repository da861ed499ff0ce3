"""Choices among rows: read as key and words, without making a model of each."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django_filters import ChoiceFilter

Rows = Callable[[HttpRequest | None], Iterable[tuple[Any, Any]]]


class Among(ChoiceFilter):
    """Choose one of the rows that `rows(request)` gives as (key, words).

    django-filter and Django copy filters and fields for every request: a function is not
    copied, a list of choices is, word by word.
    """

    def __init__(self, *args: Any, rows: Rows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    @property
    def field(self) -> Any:
        """Ask for the rows once, when the form is made."""
        if not hasattr(self, "_field"):  # where django-filter keeps it
            known = list(self.rows(self.parent.request if self.parent else None))
            self.extra["choices"] = lambda: known
        return super().field
