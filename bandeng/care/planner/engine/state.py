"""The search's memory: a few tables of numbers, one row per task, item, turn and client.

A *task* is one service of a visit, or a carer's lunch. An *item* is what has one place in the
order of work, a list whose items' KEYs rise: a task, or two simultaneous ones. A *turn* is a carer's working day; the last
turn holds what is not served. A *group* is a client, or a series of visits. All are rows of the
same two tables, so that a row's number alone tells everything: `n` holds whole numbers, `f`
minutes and costs; their first two rows are counters, prices and totals. Compiled code gets
these tables one by one: a tuple of arrays would be counted and copied at every call.
"""

from typing import Any, NamedTuple

Array = Any  # numpy is not a dependency of those who only read this module

FIRST_ROW = 2  # below lie counters, flags, prices and totals
WIDTH = 16
# n, a task's row
(PREV, NEXT, TURN, ITEM, PLACE, MATE, KIND, IN_LOG, CLIENT, SERIES, FIXED,
 ABLE_COUNT) = range(12)  # fmt: skip
# n, an item's row
FIRST_TASK, SECOND_TASK, ITEM_KIND, ITEM_MATE, SOONER, LATER, QUEUED = range(7)
# n, a turn's row
HEAD, TAIL, FROM, TO, LUNCH_TASK, CARER, DAY, STAMP, COLUMN, FIRST_TURN = range(10)
# n, a group's row
NEEDED, LEAST_DAYS, MOST_DAYS, SIZE, GROUP_STAMP = range(5)
# n, row 0: counters
(LOGGED, UNDONE, SHIFTED, PENDING, EARLIEST, TOUCHED, CLOCK, WORST_TASK, ASKED, TAKEN,
 CHANGED, MOVED, AIMS, SAVED_WORST, TRIED, LIMIT) = range(16)  # fmt: skip
# n, row 1: what this instance has at all, and where its rows lie
(HAS_ROUTES, HAS_SERIES, WINDOWS, HAS_SHARED, UNSERVED, TASKS_END, ITEMS_END, TURNS_END,
 GROUPS_END, NEAR, RESTING, SERVICES_END, ALL_FREE) = range(13)  # fmt: skip
# f, a task's row
(START, LENGTH, EARLY, LATE, LEAST, MOST, LATE_PRICE, READY, PUBLISHED, SHIFT_PRICE,
 OLD_START, OLD_READY, OLD_LENGTH, OLD_LATE, KEY) = range(15)  # fmt: skip
# f, an item's row: KEY as its tasks have it, and
OLD_KEY = 15
# f, a turn's row
(OPENS, CLOSES, SERVICE, TRAVEL, ROUTE_COST, IDLE, WAIT, OLD_COST, OLD_IDLE, OLD_WAIT,
 POSTPONED, LOAD) = range(12)  # fmt: skip
# f, a group's row
GROUP_COST, OLD_GROUP_COST = range(2)
# f, row 0: prices and rules
(P_TRAVEL, P_LATE, P_WORST, P_WAIT, P_OVER, P_IDLE, P_LUNCH, LUNCH_OPENS, LUNCH_LATEST,
 LUNCH_MINUTES, P_CONTINUITY, P_SPACING, P_DRIFT, TOLERANCE, P_BALANCE,
 P_LONGEST) = range(16)  # fmt: skip
# f, row 1: totals, and from SAVED on what they were before the move
(ALL_TRAVEL, ALL_LATE, WORST, ALL_ROUTES, ALL_SHARED, ALL_STATIC, ALL_SERIES, COST) = range(8)
SAVED = 8
# w, scratch, row by row: the move, how to undo it, and what it touched
MOVE_TASK, MOVE_TURN = range(2)
UNDO_TASK, UNDO_TURN, UNDO_PREV, UNDO_NEXT = range(2, 6)
AIM_ITEM, AIM_BESIDE, AIM_BEHIND = range(6, 9)
SHIFT_ITEM, SHIFT_AFTER, LOG_TASK, TOUCHED_TURN, CHANGED_GROUP = range(9, 14)
# kinds of tasks and items
SINGLE, PAIR, FORMER, LATTER, LUNCH = range(5)
# how a lunch is taken (its LATE)
MISSED, AT_NEXT, AT_LAST = range(3)

NEVER = 1e17  # a price that forbids
FOR_EVER = 1e9  # a time that never comes


class State(NamedTuple):
    """All tables of one search."""

    n: Array  # whole numbers per task, item, turn and group
    f: Array  # minutes and costs per task, turn and group
    w: Array  # scratch: the move under trial and its logs
    queue: Array  # a heap of items whose starts must be computed anew, by KEY
    travel: Array  # minutes from place to place
    price: Array  # of a task (row) in a turn (COLUMN), NEVER: not able; then its windows
    lists: Array  # per task: those worth standing beside, turns that may do it; per group: members
    free: Array  # tasks that may be moved
    mix: Array  # how often each kind of move is tried, summed up
