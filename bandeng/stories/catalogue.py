"""Every number that a text can name: what counts it, or which system will.

A source without `count` belongs to a system that is not built: its figures are shown
grey, "not yet". Giving it `count` is all that is needed to make them alive.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from bandeng.cases import figures as cases
from bandeng.cases.models import Case
from bandeng.funds import figures as funds
from bandeng.funds.models import SupervisedAccount
from bandeng.kit.figures import Figure, Words
from bandeng.places import figures as places
from bandeng.places.models import Estate


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a number comes from and how it is written (`rules.written`)."""

    label: Words
    style: str = "number"
    subject: type[Model] | None = None
    count: Callable[..., Figure] | None = None
    system: Words = ""
    definition: Words = ""

    def figure(self, *, subject: UUID | None, at: datetime) -> Figure | None:
        """Count now; without the subject there is nothing to count."""
        if self.count is None or self.subject is None:
            return None
        found = self.subject._default_manager.filter(token=subject).first()
        name = self.subject._meta.model_name or ""
        return self.count(**{name: found, "at": at}) if found else None


def _estate(count: Callable[..., Figure], **rest: Any) -> Source:
    return Source(count=count, subject=Estate, **rest)


def _case(count: Callable[..., Figure], **rest: Any) -> Source:
    return Source(count=count, subject=Case, **rest)


def _account(count: Callable[..., Figure], **rest: Any) -> Source:
    return Source(count=count, subject=SupervisedAccount, **rest)


FACT_FINDING, TALKS = _("fact-finding"), _("talks and agreements")
TASK_FORCE, WORKS = _("task force"), _("tender and works")
CARE, UNITY, MATCHES = _("care packages"), _("unity programme"), _("match-making")
TEACHING, NEWSROOM = _("education in the estates"), _("newsroom")

VIDEOS_WITH_CODES = "stories.videos_with_codes"

SOURCES: dict[str, Source] = {
    "places.buildings": _estate(places.buildings, label=_("buildings")),
    "places.homes": _estate(places.homes, label=_("homes on the roster")),
    "cases.stuck_since": _case(cases.stuck_since, label=_("stuck since"), style="year"),
    "cases.homes_at_risk": _case(cases.homes_at_risk, label=_("homes at risk")),
    "cases.days_to_safe": _case(cases.days_to_safe, label=_("days until safe")),
    "funds.homes_in_arrears": _account(funds.homes_in_arrears, label=_("homes in arrears")),
    "funds.arrears": _account(funds.arrears, label=_("fees owed"), style="fen"),
    "cases.inquiry_opened_on": Source(
        label=_("inquiry opened"),
        style="date",
        system=FACT_FINDING,
        definition=_("Day on which the fact-finding on the case was opened."),
    ),
    "talks.days": Source(
        label=_("days of talks"),
        system=TALKS,
        definition=_("Days from the first talk with a party to the agreement's signature."),
    ),
    "cases.task_force_on": Source(
        label=_("task force set up"),
        style="date",
        system=TASK_FORCE,
        definition=_("Day of the party working committee's decision that set the task force up."),
    ),
    "works.tender_on": Source(
        label=_("tender started"),
        style="date",
        system=WORKS,
        definition=_("Day on which the tender for the fire-safety works was announced."),
    ),
    "works.contract_on": Source(
        label=_("contract signed"),
        style="date",
        system=WORKS,
        definition=_("Day on which developer and builder signed the works contract."),
    ),
    "works.resumed_on": Source(
        label=_("work resumed"),
        style="date",
        system=WORKS,
        definition=_("Day of the first entry in the works' site journal after the standstill."),
    ),
    "care.visits_per_month": Source(
        label=_("home visits a month"),
        system=CARE,
        definition=_("Visits made and signed for at one home, as a mean over full months."),
    ),
    "gatherings.contest_schools": Source(
        label=_("schools in the contest"),
        system=UNITY,
        definition=_("Different schools whose pupils stood in the contest."),
    ),
    "gatherings.contestants": Source(
        label=_("contestants"),
        system=UNITY,
        definition=_("Pupils who stood in the contest and were judged."),
    ),
    "gatherings.works_shown": Source(
        label=_("works shown"),
        system=UNITY,
        definition=_("Works of calligraphy and painting hung in the exhibition."),
    ),
    "gatherings.talks": Source(
        label=_("talks held"),
        system=UNITY,
        definition=_("Talks of the tour that were held, each with its place and day."),
    ),
    "gatherings.subdistricts": Source(
        label=_("subdistricts and towns reached"),
        system=UNITY,
        definition=_("Different subdistricts and towns whose people a talk of the tour reached."),
    ),
    "gatherings.communities": Source(
        label=_("communities and villages reached"),
        system=UNITY,
        definition=_("Different communities and villages whose people a talk reached."),
    ),
    "cases.difficulties_solved": Source(
        label=_("difficulties solved"),
        system=UNITY,
        definition=_("Assistance cases of the programme closed with the person's yes."),
    ),
    "gatherings.pairs_exchanged": Source(
        label=_("pairs in contact"),
        system=MATCHES,
        definition=_("Pairs who chose each other and both agreed to exchange contacts."),
    ),
    "gatherings.couples": Source(
        label=_("couples"),
        system=MATCHES,
        definition=_("Pairs who both told the union that they are a couple."),
    ),
    "gatherings.very_satisfied": Source(
        label=_("very satisfied"),
        style="share",
        system=MATCHES,
        definition=_("Answers “very satisfied” of all answers to that question of the survey."),
    ),
    "gatherings.volunteers_that_day": Source(
        label=_("volunteers that day"),
        system=TEACHING,
        definition=_("Volunteers signed in to a shift of the session."),
    ),
    "gatherings.children_that_day": Source(
        label=_("children that day"),
        system=TEACHING,
        definition=_("Children signed in with a guardian's consent."),
    ),
    "gatherings.since": Source(
        label=_("founded"),
        style="month",
        system=TEACHING,
        definition=_("Month in which the organisation was registered."),
    ),
    "gatherings.schools": Source(
        label=_("schools visited"),
        system=TEACHING,
        definition=_("Different schools in which a session was held."),
    ),
    "gatherings.sessions": Source(
        label=_("sessions held"),
        system=TEACHING,
        definition=_("Sessions of all brands that were held."),
    ),
    "gatherings.person_times": Source(
        label=_("pupils helped, person-times"),
        system=TEACHING,
        definition=_("Sign-ins of pupils over all sessions; one pupil counts each time."),
    ),
    VIDEOS_WITH_CODES: Source(
        label=_("videos with a code"),
        system=NEWSROOM,
        definition=_("Videos published with a code that opens them."),
    ),
}
