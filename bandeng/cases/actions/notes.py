"""What is added to a case without moving it; it never touches the clock's beginning."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from bandeng.cases.actions._notices import _tell_body, _tell_reporters, _written
from bandeng.cases.actions._steps import (
    By,
    Photo,
    WrongState,
    _due,
    _locked,
    _set,
    _tell,
    _token,
)
from bandeng.cases.models import Case, CaseBuilding, Category, Report
from bandeng.cases.rules.states import Kind
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.places.models import Building
from bandeng.trail.actions import attach, comment
from bandeng.trail.models import Attachment, Audience, Entry


class AlreadyErased(Refused):
    """There is nothing left to erase."""


@action
def describe_case(
    *, case: Case, title: str, kind: Kind, category: Category | None, by: By, at: datetime
) -> Case:
    """Correct the summary, kind or category; the limit is counted anew from the same beginning."""
    case = _locked(case)
    before = {"title": case.title, "kind": case.kind}
    category_before = case.category.code if case.category else ""
    _set(case, title=title, kind=kind, category=category)
    _set(case, **_due(case))
    public = {
        "kind": kind,
        "category": category.code if category else "",
        "category_before": category_before,
        "due": case.due_at.isoformat(),
    }
    _tell(case, "case.described", by, at, public=public, private=before)
    return case


@action
def name_buildings(*, case: Case, buildings: Collection[Building], by: By, at: datetime) -> Case:
    """Say which buildings a case is about, all of its own estate.

    Raises:
        WrongState: a building of another estate.
    """
    case = _locked(case)
    if any(building.estate_id != case.estate_id for building in buildings):
        raise WrongState(_("All buildings must belong to the case's estate."))
    known = set(case.affected.values_list("building", flat=True))
    new = [building for building in buildings if building.pk not in known]
    CaseBuilding.objects.bulk_create(CaseBuilding(case=case, building=b) for b in new)
    public = {"buildings": [building.token for building in new]}
    _tell(case, "case.buildings_named", by, at, public=public)
    return case


@action
def unmask_report(*, report: Report, reason: str, by: By, at: datetime) -> Report:
    """Put on record that somebody looks at a reporter's name and phone, and why."""
    _tell(
        report.case,
        "report.unmasked",
        by,
        at,
        subject=report.token,
        public={"number": report.number},
        private={"reason": reason},
    )
    return report


@action
def erase_report(*, report: Report, by: By, at: datetime) -> Report:
    """Forget who reported and what they wrote; number, case and answers stay.

    Source: 个人信息保护法 art. 47.

    Raises:
        AlreadyErased: done before.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.erased_at:
        raise AlreadyErased(_("This has already been erased."))
    report.name = report.phone = report.phone_key = report.place = report.text = None
    report.reporter, report.erased_at = None, at
    fields = ["name", "phone", "phone_key", "place", "text", "reporter", "erased_at"]
    report.save(update_fields=fields)
    report.answers.update(comment=None)
    public = {"number": report.number}
    _tell(report.case, "report.erased", by, at, subject=report.token, public=public)
    return report


@action
def comment_case(*, case: Case, text: str, audience: Audience, by: By, at: datetime) -> Entry:
    """Say something to the reporters and everyone at work, or among those at work alone.

    A reporter's own words are internal: their neighbours do not read them.
    """
    heard = Audience.INTERNAL if isinstance(by, Report) else audience
    said = comment(
        thread=case.thread, audience=heard, text=text, subject=case.token, by=_token(by), at=at
    )
    if isinstance(by, Report):
        _tell_body(case, _written, by, at)
    elif heard == Audience.PUBLIC:
        _tell_reporters(case, _written, by, at)
    return said


@action
def add_photos(
    *,
    case: Case,
    photos: Sequence[Photo],
    audience: Audience = Audience.PUBLIC,
    by: By,
    at: datetime,
) -> list[Attachment]:
    """Hang photos on the case; a reporter's own are internal, like their words."""
    seen = Audience.INTERNAL if isinstance(by, Report) else audience
    return [_add_photo(case, photo, seen, by, at) for photo in photos]


def _add_photo(case: Case, photo: Photo, audience: Audience, by: By, at: datetime) -> Attachment:
    return attach(thread=case.thread, file=photo, audience=audience, by=_token(by), at=at)
