"""What may be asked of a home on a day, and what must come first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from bandeng.funds.models import Plan, Receivable, SupervisedAccount
from bandeng.funds.rules import dues as rules
from bandeng.funds.rules.plans import Course, course
from bandeng.funds.standing.claims import Claim, claims
from bandeng.funds.standing.homes import homes_owing
from bandeng.funds.standing.sights import HomeSight, home_sights

UNCLAIMED = (rules.Strength.DISPUTED, rules.Strength.REJECTED)


class Waits(StrEnum):
    """Why nobody is reminded yet."""

    CLAIM = "claim"  # says it has paid; nobody has answered
    ASKED = "asked"  # asks for instalments; nobody has answered
    KEPT = "kept"  # pays as agreed
    CASH = "cash"  # has paid cash, on its way to the bank
    UNSIGNED = "unsigned"  # no signed statement of account
    NOTHING = "nothing"  # nothing may be asked for


FIRST_COMES = {
    Waits.UNSIGNED: _(
        "First comes the statement of account: it must be drawn up and signed by the household, "
        "or sealed by the creditor and handed over. No period has one on that day."
    ),
    Waits.CLAIM: _("The home says that it has paid. That must be answered first."),
    Waits.ASKED: _("The home asks for instalments. That must be answered first."),
    Waits.KEPT: _("The home pays by instalments, and none is late."),
    Waits.CASH: _("The home has paid cash that is on its way to the bank."),
    Waits.NOTHING: _("Nothing may be asked of this home: all is paid, disputed or fallen away."),
}


@dataclass(frozen=True)
class Ask:
    """What a notice to a home asks for: periods, or the missed instalments of its plan."""

    home: HomeSight
    claims: tuple[Claim, ...]
    unsigned: tuple[Claim, ...]
    course: Course | None
    waits: Waits | None

    @property
    def amount(self) -> int:
        """Give the sum, in fen; nothing while something must come first."""
        if self.waits:
            return 0
        return self.course.behind if self.course else sum(c.sight.open for c in self.claims)

    @property
    def dues(self) -> list[int]:
        """Give the keys of the periods that it asks for."""
        if self.course and self.home.plan:
            covered = {due.pk for due in self.home.plan.dues.all()}
            return [each.due.pk for each in self.home.dues if each.due.pk in covered and each.open]
        return [claim.sight.due.pk for claim in self.claims]


def plan_course(*, home: HomeSight, plan: Plan, on: date) -> Course:
    """Tell how a plan goes: every payment since fills it; what fell away of it counts as paid."""
    covered = {due.pk for due in plan.dues.all()}
    since = sum(each.amount for each in home.payments) - plan.paid_before
    gone = sum(each.due.amount for each in home.dues if each.withdrawn and each.due.pk in covered)
    parts = [rules.Instalment(part.on, part.amount) for part in plan.instalments.all()]
    return course(plan=parts, paid=max(0, since) + gone, on=on)


def asks(*, homes: Iterable[HomeSight], on: date) -> list[Ask]:
    """Judge for each home what may be asked of it on a day."""
    return [_ask(home, on) for home in homes]


def _ask(home: HomeSight, on: date) -> Ask:
    may = [
        claim
        for claim in claims(home=home, on=on)
        if claim.sight.open and claim.standing.strength not in UNCLAIMED
    ]
    signed = tuple(c for c in may if c.sight.signed_on and c.sight.signed_on <= on)
    unsigned = tuple(claim for claim in may if claim not in signed)
    agreed = home.plan if home.plan and home.plan.accepted else None
    goes = plan_course(home=home, plan=agreed, on=on) if agreed else None
    return Ask(home, signed, unsigned, goes, _waits(home, may, signed, goes))


def _waits(
    home: HomeSight, may: Sequence[Claim], signed: Sequence[Claim], goes: Course | None
) -> Waits | None:
    checks = (
        (not may, Waits.NOTHING),
        (any(claim.answered_at is None for claim in home.claims), Waits.CLAIM),
        (bool(home.cash), Waits.CASH),
        (home.plan is not None and home.plan.accepted is None, Waits.ASKED),
        (not signed, Waits.UNSIGNED),
        (goes is not None and not goes.behind, Waits.KEPT),
    )
    return next((why for true, why in checks if true), None)


def asks_of(*, account: SupervisedAccount, on: date) -> list[Ask]:
    """Judge every home of an account that owes, in the order of its address."""
    places: list[Receivable] = list(
        homes_owing(account=account)
        .filter(owed__gt=0)
        .select_related("home__building__estate", "ledger_account__balance", "account")
    )
    return asks(homes=home_sights(receivables=places), on=on)
