"""Questions about money; the answers are the same for page, paper and file."""

from bandeng.funds.reads.accounts import (
    Fund,
    Overview,
    Seat,
    lines_without_home,
    overview,
    owing_receivables,
    seats,
)
from bandeng.funds.reads.dues import DueSight, HomeSight, home_sight, visible_receivables
from bandeng.funds.reads.matching import Certain, certain, decisions
from bandeng.funds.reads.orders import Need, OrderState, Sight, inbox, sight, visible_orders

__all__ = [
    "Certain",
    "DueSight",
    "Fund",
    "HomeSight",
    "Need",
    "OrderState",
    "Overview",
    "Seat",
    "Sight",
    "certain",
    "decisions",
    "home_sight",
    "inbox",
    "lines_without_home",
    "overview",
    "owing_receivables",
    "seats",
    "sight",
    "visible_orders",
    "visible_receivables",
]
