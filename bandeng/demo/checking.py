"""Every figure of the page against its bounds and against a naive recount."""

from datetime import datetime
from typing import Any

from bandeng.demo.page import bounds
from bandeng.stories.models import FigureKey
from bandeng.stories.reads import check as check_bounds
from bandeng.stories.recount import recount


def check(*, on_page: bool, at: datetime) -> list[dict[str, Any]]:
    """Recompute the figures; on another estate than the page's only the recount binds.

    Returns: {"key", "min", "max", "found", "ok", "built", "records"} a figure.
    """
    rows = check_bounds(bounds=bounds(), at=at)
    for row in (row for row in rows if row["built"]):
        again = recount(key=FigureKey.objects.get(key=row["key"]))
        if not on_page:
            row |= {"min": again, "max": again}
        row["ok"] = (
            row["found"] is not None and row["found"] == again and (row["ok"] or not on_page)
        )
    return rows
