"""Reports: one matter, told by one person or by many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bandeng.cases.actions._notices import _danger, _tell_office
from bandeng.cases.actions._steps import By, Photo, WrongState, _due, _locked, _set, _tell
from bandeng.cases.actions.notes import _add_photo
from bandeng.cases.actions.places import NothingSaid, Spot, _spot
from bandeng.cases.actions.routing import _route_by_rule
from bandeng.cases.models import KINDS, Case, Category, Channel, Report
from bandeng.cases.models.report import secret_of
from bandeng.cases.rules.numbers import case_number, report_number, secret_hash
from bandeng.cases.rules.states import OPEN, Kind
from bandeng.kit.act import action
from bandeng.kit.crypto import keyed_hash
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.places.models import Area, Building, Estate
from bandeng.places.rules.calendar import local_day
from bandeng.trail.models import Audience, Thread
from bandeng.trail.rules import HOUSE

NEXT_NUMBER = """
INSERT INTO cases_counter (area_code, day, last) VALUES (%s, %s, 1)
ON CONFLICT (area_code, day) DO UPDATE SET last = cases_counter.last + 1 RETURNING last
"""


class NotYet(Refused):
    """A report cannot have been made after it was entered."""


@dataclass(frozen=True)
class Submitted:
    """A report as its reporter needs it: the number to say, the secret to follow it by."""

    report: Report
    secret: str
    again: bool = False


@dataclass(frozen=True)
class Told:
    """What a reporter said, and how to reach them."""

    text: str
    place: str = ""
    name: str = ""
    phone: str = ""
    tell_handler: bool = False
    photos: Sequence[Photo] = ()


@action
def submit_report(
    *,
    estate: Estate | None = None,
    area: Area | None = None,
    text: str,
    category: Category | None = None,
    kind: Kind | None = None,
    building: Building | None = None,
    place: str = "",
    name: str = "",
    phone: str = "",
    tell_handler: bool = False,
    photos: Sequence[Photo] = (),
    channel: Channel = Channel.WEB,
    client_id: UUID | None = None,
    by: Person | UUID,
    at: datetime,
) -> Submitted:
    """Take a report in, open its case and pass it on by rule.

    It lies in an `estate`, or at a `place` elsewhere in a community (`area`). The same `client_id` a second time gives the first report again. `by` is the reporter, or
    the house where nobody is signed in. `phone` in E.164.

    Raises:
        NothingSaid: no text, or not where it is.
    """
    told = Told(text, place, name, phone, tell_handler, photos)
    spot = _spot(estate, building, area, place)

    def new() -> Report:
        case = _open(spot, category, kind, at)
        report = _receive(case, told, channel, at, reporter=_person(by), client_id=client_id)
        _announce(case, report, by, at)
        _show(told, report, by, at)
        return report

    return _once(client_id, told, new)


@action
def follow_case(
    *,
    case: Case,
    text: str = "",
    place: str = "",
    name: str = "",
    phone: str = "",
    tell_handler: bool = False,
    photos: Sequence[Photo] = (),
    channel: Channel = Channel.WEB,
    client_id: UUID | None = None,
    by: Person | UUID,
    at: datetime,
) -> Submitted:
    """Add one more reporter to an open case: "me too".

    Raises:
        WrongState: the case is closed; a new report is needed.
    """
    told = Told(text or _("The same here."), place, name, phone, tell_handler, photos)

    def new() -> Report:
        report = _receive(
            _followed(case), told, channel, at, reporter=_person(by), client_id=client_id
        )
        _story(report, by, at)
        _show(told, report, by, at)
        return report

    return _once(client_id, told, new)


@action
def enter_report_on_behalf(
    *,
    text: str,
    channel: Channel,
    estate: Estate | None = None,
    area: Area | None = None,
    follows: Case | None = None,
    category: Category | None = None,
    kind: Kind | None = None,
    building: Building | None = None,
    place: str = "",
    name: str = "",
    phone: str = "",
    tell_handler: bool = False,
    reporter: Person | None = None,
    reported_at: datetime | None = None,
    photos: Sequence[Photo] = (),
    client_id: UUID | None = None,
    by: Person | UUID,
    at: datetime,
) -> Submitted:
    """Enter what somebody said at the door, on the telephone or on paper.

    It opens a case in `estate` or at a `place` in `area`, or joins the case it `follows`.
    `reported_at` is when the paper says it was reported, if earlier.

    Raises:
        NotYet: reported after it was entered.
        NothingSaid: no text, or not where it is.
        WrongState: the case it follows is closed.
    """
    if reported_at and reported_at > at:
        raise NotYet(_("The report cannot be of a later day than today."))
    told = Told(text, place, name, phone, tell_handler, photos)
    said_at = reported_at or at

    def new() -> Report:
        if follows:
            case = _followed(follows)
        else:
            case = _open(_spot(estate, building, area, place), category, kind, at)
        report = _receive(
            case, told, channel, said_at, reporter=reporter, client_id=client_id,
            entered_by=_person(by),
        )  # fmt: skip
        if follows:
            _story(report, by, at)
        else:
            _announce(case, report, by, at)
        _show(told, report, by, at)
        return report

    return _once(client_id, told, new)


def _once(client_id: UUID | None, told: Told, new: Callable[[], Report]) -> Submitted:
    """Make a report once, however often and however concurrently the form is sent."""
    if not told.text.strip():
        raise NothingSaid(_("Please write what happened."))
    earlier = _earlier(client_id)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            report = new()
    except IntegrityError:  # the other sending of the same form came first
        earlier = _earlier(client_id)
        if earlier is None:
            raise
        return earlier
    return Submitted(report, secret_of(token=report.token))


def _earlier(client_id: UUID | None) -> Submitted | None:
    report = Report.objects.filter(client_id=client_id).first() if client_id else None
    return Submitted(report, secret_of(token=report.token), again=True) if report else None


def _open(spot: Spot, category: Category | None, kind: Kind | None, at: datetime) -> Case:
    case = Case(
        kind=kind or (category.kind if category else Kind.COMPLAINT),
        category=category,
        **spot.fields,
        followers=1,
        numbered=1,
        opened_at=at,
        clock_from=at,
        thread=Thread.objects.create(),
    )
    case.title = _summary(case, spot)
    case.number = _next_number(case.area_code, at)
    for name, value in _due(case).items():
        setattr(case, name, value)
    case.save(force_insert=True)
    return case


def _summary(case: Case, spot: Spot) -> str:
    """Give a summary that names no person: what and where, in the office's language.

    Neighbours read it: of a place in a reporter's own words it says the community alone.
    """
    with translation.override("zh-hans"):
        what = case.category.name_zh if case.category else KINDS[Kind(case.kind)]
        return f"{spot.called}：{what}"


def _next_number(area_code: str, at: datetime) -> str:
    day = local_day(at=at)
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [area_code, day])
        return case_number(day=day, area_code=area_code, n=cursor.fetchone()[0])


def _followed(case: Case) -> Case:
    """Lock an open case and count one more report; its number is the latest."""
    case = _locked(case)
    if case.state not in OPEN:
        raise WrongState(_("This case is closed: please make a new report."))
    _set(case, numbered=case.numbered + 1, followers=case.followers + 1)
    return case


def _receive(
    case: Case,
    told: Told,
    channel: Channel,
    at: datetime,
    *,
    reporter: Person | None,
    client_id: UUID | None,
    entered_by: Person | None = None,
) -> Report:
    report = Report(
        case=case,
        reporter=reporter,
        name=told.name.strip() or None,
        phone=told.phone or None,
        phone_key=keyed_hash(text=told.phone, context="phone") if told.phone else None,
        place=told.place.strip() or None,
        text=told.text.strip(),
        tell_handler=told.tell_handler,
        channel=channel,
        entered_by=entered_by,
        client_id=client_id,
        number=report_number(case=case.number, n=case.numbered),
        at=at,
    )
    report.secret_hash = secret_hash(secret=secret_of(token=report.token))
    report.save(force_insert=True)
    return report


def _announce(case: Case, report: Report, by: By, at: datetime) -> None:
    """Tell that a case began, and pass it on by rule."""
    public = {"number": case.number, "kind": case.kind, "due": case.due_at.isoformat()}
    _tell(case, "case.opened", _actor(by, report), at, public=public)
    _story(report, by, at)
    _route_by_rule(case, HOUSE, at)
    if case.kind == Kind.HAZARD:
        _tell_office(case, _danger, by, at)


def _story(report: Report, by: By, at: datetime) -> None:
    _tell(
        report.case,
        "report.received",
        _actor(by, report),
        at,
        subject=report.token,
        public={"number": report.number, "channel": report.channel},
    )


def _show(told: Told, report: Report, by: By, at: datetime) -> None:
    """Hang the report's photos on the case: for those at work, not for the neighbours."""
    for photo in told.photos:
        _add_photo(report.case, photo, Audience.INTERNAL, _actor(by, report), at)


def _actor(by: By, report: Report) -> By:
    """Give who reports: a person, or, where nobody is signed in, the report itself."""
    return by if isinstance(by, Person) else report


def _person(by: Person | UUID) -> Person | None:
    return by if isinstance(by, Person) else None
