"""Everything that can happen to a report and its case."""

from bandeng.cases.actions.closing import (
    CannotClose,
    TooLate,
    close_case,
    merge_case,
    publish_case,
    reopen_case,
    set_aside_case,
    unpublish_case,
    withdraw_report,
)
from bandeng.cases.actions.feedback import AlreadyAnswered, NotYours, answer, ask_feedback
from bandeng.cases.actions.notes import (
    add_photos,
    comment_case,
    describe_case,
    erase_report,
    name_buildings,
    unmask_report,
)
from bandeng.cases.actions.places import place_case
from bandeng.cases.actions.reports import (
    Submitted,
    enter_report_on_behalf,
    follow_case,
    submit_report,
)
from bandeng.cases.actions.routing import accept_case, dispute_case, route_case
from bandeng.cases.actions.setup import AlreadyThere, add_category, add_rule, end_category, end_rule
from bandeng.cases.actions.work import (
    ProofMissing,
    make_safe,
    report_result,
    start_case,
    wait_case,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadyThere",
    "CannotClose",
    "NotYours",
    "ProofMissing",
    "Submitted",
    "TooLate",
    "accept_case",
    "add_category",
    "add_photos",
    "add_rule",
    "answer",
    "ask_feedback",
    "close_case",
    "comment_case",
    "describe_case",
    "dispute_case",
    "end_category",
    "end_rule",
    "enter_report_on_behalf",
    "erase_report",
    "follow_case",
    "make_safe",
    "merge_case",
    "name_buildings",
    "place_case",
    "publish_case",
    "reopen_case",
    "report_result",
    "route_case",
    "set_aside_case",
    "start_case",
    "submit_report",
    "unmask_report",
    "unpublish_case",
    "wait_case",
    "withdraw_report",
]
