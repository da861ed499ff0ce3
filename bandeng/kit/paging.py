"""Pages of a long list: beyond a thousand it is not worth the database's time to say how many."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

CAP = 1_000  # rows that are counted exactly
FARTHEST = 10**9  # pages; beyond it the database could not count


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # no parameter at run time
    """Count up to `CAP`, or as far as the page asked for reaches; `more` says there are others.

    Every row can still be reached by its pages, and stands in the downloaded file.
    """

    asked = 1
    more = False

    def validate_number(self, number: Any) -> int:
        """Remember which page is asked for: the next one can be reached, however far it is."""
        self.asked = min(int(number), FARTHEST) if str(number).isdecimal() else 1
        return super().validate_number(number)

    @cached_property
    def count(self) -> int:
        """Count the rows, or as many as it takes."""
        rows = getattr(getattr(self.object_list, "data", None), "data", None)  # django-tables2's
        if not isinstance(rows, QuerySet):
            return len(self.object_list)
        most = max(CAP, (self.asked + 1) * self.per_page)
        found: int = rows.order_by()[: most + 1].count()
        self.more = found > most
        return min(found, most)
