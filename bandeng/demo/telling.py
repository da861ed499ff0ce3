"""The thread as a terminal tells it: what happened, in what order, in at most 40 lines."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bandeng.cases.models import VERBS, Case
from bandeng.demo.page import bounds
from bandeng.stories.models import FigureKey
from bandeng.stories.reads import Shown, shown
from bandeng.trail.reads import Line, story

MOST = 40
COLUMNS = 3


def tell(*, cases: list[Case], at: datetime) -> Iterator[str]:
    """Give the lines: each case's story, then the page's figures."""
    yield _("Fictional demo: every person, body and sum beyond the newspaper's page is invented.")
    for case in cases:
        yield ""
        yield f"■ {case.title} ({case.number})"
        yield from _story(case)
    yield ""
    yield from figures(at=at)


def figures(*, at: datetime) -> Iterator[str]:
    """Give the page's figures: those that are alive, and how many are not yet."""
    keys = FigureKey.objects.filter(key__in=[row["key"] for row in bounds()]).order_by("pk")
    found = list(shown(keys=keys, at=at).values())
    alive = [one for one in found if one.built]
    yield _("■ Figures of the page, counted from the records just now")
    for one in alive:
        yield f"  {one.key.key:<28} {one.text:<12} {_count(one)}"
    waiting = len(found) - len(alive)
    if waiting:
        yield "  " + _("%(count)d more are grey: their systems do not exist yet.") % {
            "count": waiting
        }


def _count(one: Shown) -> str:
    records = one.figure.count if one.figure else 0
    return _("%(count)d records") % {"count": records}


def _story(case: Case) -> Iterator[str]:
    """Give one line an entry; many of the same kind in a row become one."""
    lines = story(thread=case.thread, labels=VERBS)
    for verb, same in groupby(lines, key=lambda line: line.verb):
        entries = list(same)
        if len(entries) == 1:
            yield f"  {_day(entries[0])}  {entries[0].label}{_who(entries[0])}"
        else:
            yield f"  {_day(entries[-1])}  {VERBS[verb]} × {len(entries)}"


def _day(line: Line) -> str:
    return date_format(localtime(line.at), "Y-m-d H:i")


def _who(line: Line) -> str:
    body = line.facts.get("organisation")
    return f" · {body}" if body else ""
