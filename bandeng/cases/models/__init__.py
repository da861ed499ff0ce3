"""The cases' tables."""

from bandeng.cases.models.case import (
    FORMER,
    Case,
    CaseBuilding,
    CaseQuerySet,
    Handover,
    HandoverState,
)
from bandeng.cases.models.report import Answer, AnswerChannel, Channel, Report
from bandeng.cases.models.routing import Category, Counter, RoutingRule
from bandeng.cases.models.words import (
    EXCLUDED,
    KIND_CHOICES,
    KINDS,
    RATES,
    SATISFIED,
    SATISFIED_CHOICES,
    SOLVED,
    SOLVED_CHOICES,
    STATE_CHOICES,
    STATES,
    UNIT_CHOICES,
    UNITS,
    VERBS,
)

__all__ = [
    "EXCLUDED",
    "FORMER",
    "KINDS",
    "KIND_CHOICES",
    "RATES",
    "SATISFIED",
    "SATISFIED_CHOICES",
    "SOLVED",
    "SOLVED_CHOICES",
    "STATES",
    "STATE_CHOICES",
    "UNITS",
    "UNIT_CHOICES",
    "VERBS",
    "Answer",
    "AnswerChannel",
    "Case",
    "CaseBuilding",
    "CaseQuerySet",
    "Category",
    "Channel",
    "Counter",
    "Handover",
    "HandoverState",
    "Report",
    "RoutingRule",
]
