"""The cases' tables."""

from bandeng.cases.models.case import Case, CaseBuilding, CaseQuerySet, Handover, HandoverState
from bandeng.cases.models.report import Answer, AnswerChannel, Channel, Report
from bandeng.cases.models.routing import Category, Counter, RoutingRule
from bandeng.cases.models.words import (
    KINDS,
    SATISFIED,
    SOLVED,
    STATES,
    UNITS,
    VERBS,
)

__all__ = [
    "KINDS",
    "SATISFIED",
    "SOLVED",
    "STATES",
    "UNITS",
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
