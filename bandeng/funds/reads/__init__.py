"""Questions about money; the answers are the same for page, paper and file."""

from bandeng.funds.reads.accounts import (
    Fund,
    Overview,
    Seat,
    bands,
    fund_names,
    lines_without_home,
    overview,
    owing_receivables,
    purposes_reached,
    seats,
    transfers_of,
)
from bandeng.funds.reads.choices import (
    estates_of,
    funds_of,
    known_people,
    leaders_for,
    open_cases,
    purposes_of,
)
from bandeng.funds.reads.dues import my_places, visible_receivables
from bandeng.funds.reads.matching import Certain, certain, decisions
from bandeng.funds.reads.orders import (
    Need,
    OrderState,
    Sight,
    inbox,
    new_rules,
    sight,
    signers_of,
    visible_orders,
    waiting_for,
    with_state,
)
from bandeng.funds.reads.recheck import Finding, recheck
from bandeng.funds.reads.story import people_by_token, story_of_account, story_of_order
from bandeng.funds.reads.waits import Wait, waits
from bandeng.funds.standing.sights import DueSight, HomeSight, home_sight

__all__ = [
    "Certain",
    "DueSight",
    "Finding",
    "Fund",
    "HomeSight",
    "Need",
    "OrderState",
    "Overview",
    "Seat",
    "Sight",
    "Wait",
    "bands",
    "certain",
    "decisions",
    "estates_of",
    "fund_names",
    "funds_of",
    "home_sight",
    "inbox",
    "known_people",
    "leaders_for",
    "lines_without_home",
    "my_places",
    "new_rules",
    "open_cases",
    "overview",
    "owing_receivables",
    "people_by_token",
    "purposes_of",
    "purposes_reached",
    "recheck",
    "seats",
    "sight",
    "signers_of",
    "story_of_account",
    "story_of_order",
    "transfers_of",
    "visible_orders",
    "visible_receivables",
    "waiting_for",
    "waits",
    "with_state",
]
