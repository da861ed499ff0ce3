"""What each due of a home is worth on a day: disputed, decided, or how long until its limitation."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from bandeng.funds.parameters import house, law
from bandeng.funds.rules import dues as rules
from bandeng.funds.standing.sights import DueSight, HomeSight, acknowledged


@dataclass(frozen=True)
class Claim:
    """A due as the home's page shows it: what is asked, how it stands, until when."""

    sight: DueSight
    standing: rules.Standing
    ends_on: date

    @property
    def is_explained_by_numbers(self) -> bool:
        """Tell whether area × rate × months is the sum, but for rounding to the fen."""
        due = self.sight.due
        return abs(due.floor_area * due.rate * due.exact_months - 100 * due.amount) <= 100 // 2


def claims(*, home: HomeSight, on: date) -> list[Claim]:
    """Judge each due on a day: disputed, decided, or how long until its limitation.

    A demand that reached the home, an instalment plan that it asked for and a statement of account
    that it signed count for the periods that they name; a part payment only for the period that it
    paid in part: so that the warning never comes late.
    """
    near = house(name="limitation_near")
    events = _events(home)
    last = home.payments[-1].line.day if home.payments else None
    return [_claim(sight, events[sight.due.pk], last, on, near) for sight in home.dues]


def _events(home: HomeSight) -> dict[int, list[rules.Event]]:
    """Give what begins the limitation of each due anew, beside payments."""
    events: dict[int, list[rules.Event]] = defaultdict(list)
    for reminder in home.reminders:
        for due in reminder.dues.all():
            events[due.pk].append(rules.Event(reminder.delivered_on, rules.Act.DEMAND))
    for reckoning in home.reckonings:
        if reckoning.paper and acknowledged(reckoning=reckoning):
            event = rules.Event(reckoning.paper.signed_on, rules.Act.ACKNOWLEDGED)
            for row in reckoning.dues.all():
                events[row.due_id].append(event)
    for plan in home.plans:
        for due in plan.dues.all():
            events[due.pk].append(rules.Event(plan.asked_on, rules.Act.PLAN))
    return events


def _claim(
    sight: DueSight, events: list[rules.Event], last: date | None, on: date, near: int
) -> Claim:
    in_part = (
        [rules.Event(last, rules.Act.PART_PAYMENT)] if last and sight.paid and sight.open else []
    )
    years = {name: law(name=name, on=on) for name in ("limitation", "longest_limitation")}
    ends = rules.limitation(
        due_on=sight.due.due_on, events=[*events, *in_part],
        years=years["limitation"], longest=years["longest_limitation"],
    ).ends_on  # fmt: skip
    disputed = sight.dispute and rules.Dispute(
        sight.dispute.reason, sight.dispute.decided_by, sight.dispute.upheld
    )
    return Claim(
        sight, rules.standing(ends_on=ends, on=on, near=near, dispute=disputed or None), ends
    )


def open_claims_of(*, home: HomeSight, on: date) -> list[Claim]:
    """Give the periods that a statement of account asks to be checked: what is open."""
    return [claim for claim in claims(home=home, on=on) if claim.sight.open]
