"""What a client's month costs: strange carers, days too near or too far, drifting times.

Everything is recomputed for the few clients a move touches, over their few visits.
"""

from bandeng.care.planner.engine.compiled import compiled, inlined
from bandeng.care.planner.engine.state import (
    ALL_SERIES,
    CARER,
    CHANGED,
    CHANGED_GROUP,
    CLIENT,
    CLOCK,
    DAY,
    GROUP_COST,
    GROUP_STAMP,
    HAS_SERIES,
    LEAST_DAYS,
    LOG_TASK,
    LOGGED,
    MATE,
    MOST_DAYS,
    NEEDED,
    OLD_GROUP_COST,
    P_CONTINUITY,
    P_DRIFT,
    P_SPACING,
    SERIES,
    SIZE,
    START,
    TOLERANCE,
    TURN,
    UNDO_TASK,
    UNDONE,
    UNSERVED,
    Array,
)  # fmt: skip

FURTHER = 3.0  # as in month_evaluation.py


@compiled
def strangers(n: Array, lists: Array, c: int) -> float:
    """Weigh the carers beyond those whom one visit needs."""
    different = 0
    for i in range(n[c, SIZE]):
        k = n[lists[c, i], TURN]
        if k == n[1, UNSERVED]:
            continue
        new = 1
        for j in range(i):
            other = n[lists[c, j], TURN]
            if other != n[1, UNSERVED] and n[other, CARER] == n[k, CARER]:
                new = 0
                break
        different += new
    beyond = different - n[c, NEEDED]
    return 0.0 if beyond <= 0 else 1.0 + FURTHER * (beyond - 1)


@compiled
def next_day(n: Array, lists: Array, c: int, day: int) -> int:
    """Give the client's next visit day after a day; 1,000,000 for none."""
    found = 1_000_000
    for i in range(n[c, SIZE]):
        k = n[lists[c, i], TURN]
        if k != n[1, UNSERVED] and day < n[k, DAY] < found:
            found = n[k, DAY]
    return found


@compiled
def twice_a_day(n: Array, lists: Array, c: int) -> int:
    """Count visits beyond the first of their day."""
    extra = 0
    for i in range(n[c, SIZE]):
        o = lists[c, i]
        k = n[o, TURN]
        if k == n[1, UNSERVED] or second_of_pair(n, o):
            continue
        for j in range(i):
            p = lists[c, j]
            other = n[p, TURN]
            if other == n[1, UNSERVED] or second_of_pair(n, p):
                continue
            if n[other, DAY] == n[k, DAY]:
                extra += 1
                break
    return extra


@inlined
def second_of_pair(n: Array, o: int) -> bool:
    """Tell whether a task is the second of its visit."""
    return n[o, MATE] >= 0 and n[o, MATE] < o


@compiled
def crowding(n: Array, lists: Array, c: int) -> float:
    """Count the days by which visits are too near or too far apart."""
    off = float(n[c, LEAST_DAYS] * twice_a_day(n, lists, c))
    day = next_day(n, lists, c, -1)
    while day < 1_000_000:
        later = next_day(n, lists, c, day)
        if later == 1_000_000:
            break
        gap = later - day
        off += max(0, n[c, LEAST_DAYS] - gap, gap - n[c, MOST_DAYS])
        day = later
    return off


@compiled
def drift(n: Array, f: Array, lists: Array, c: int) -> float:
    """Give how far the client's starts lie apart, beyond what is tolerated."""
    first, last = 1e9, -1e9
    for i in range(n[c, SIZE]):
        o = lists[c, i]
        if n[o, TURN] == n[1, UNSERVED] or second_of_pair(n, o):
            continue
        first = min(first, f[o, START])
        last = max(last, f[o, START])
    return max(0.0, last - first - f[0, TOLERANCE])


@compiled
def cost_client(n: Array, f: Array, lists: Array, c: int) -> float:
    """Cost a client's month."""
    cost = 0.0
    if n[c, NEEDED] > 0:
        cost += f[0, P_CONTINUITY] * strangers(n, lists, c)
    if n[c, MOST_DAYS] < 0:
        return cost
    if f[0, P_SPACING] > 0.0:
        cost += f[0, P_SPACING] * crowding(n, lists, c)
    if f[0, P_DRIFT] > 0.0:
        cost += f[0, P_DRIFT] * drift(n, f, lists, c)
    return cost


@compiled
def change_client(n: Array, f: Array, w: Array, lists: Array, c: int) -> None:
    """Cost a client or series anew, once a move."""
    if c < 0:
        return
    if n[c, GROUP_STAMP] == n[0, CLOCK]:
        return
    n[c, GROUP_STAMP] = n[0, CLOCK]
    w[n[0, CHANGED], CHANGED_GROUP] = c
    n[0, CHANGED] += 1
    f[c, OLD_GROUP_COST] = f[c, GROUP_COST]
    f[c, GROUP_COST] = cost_client(n, f, lists, c)
    f[1, ALL_SERIES] += f[c, GROUP_COST] - f[c, OLD_GROUP_COST]


@compiled
def update_series(n: Array, f: Array, w: Array, lists: Array) -> None:
    """Cost the clients anew whose visits moved or start at another time."""
    if not n[1, HAS_SERIES]:
        return
    for i in range(n[0, UNDONE]):
        change_client(n, f, w, lists, n[w[i, UNDO_TASK], CLIENT])
        change_client(n, f, w, lists, n[w[i, UNDO_TASK], SERIES])
    if f[0, P_DRIFT] > 0.0:
        for i in range(n[0, LOGGED]):
            change_client(n, f, w, lists, n[w[i, LOG_TASK], SERIES])


@compiled
def restore_series(n: Array, f: Array, w: Array) -> None:
    """Give the changed clients their cost from before the move."""
    for i in range(n[0, CHANGED]):
        c = w[i, CHANGED_GROUP]
        f[c, GROUP_COST] = f[c, OLD_GROUP_COST]
    n[0, CHANGED] = 0
