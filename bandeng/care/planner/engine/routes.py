"""What a turn costs as a whole: waiting, overtime, idle time, a missed lunch.

Times are the earliest; a turn's beginning is postponed as far as its later waits take it up and
nobody is late for it. All else follows from the first start, the last end and two sums, so a
changed turn without waits costs one look.
"""

import numpy as np

from bandeng.care.planner.engine.compiled import compiled, inlined
from bandeng.care.planner.engine.links import leg
from bandeng.care.planner.engine.state import (
    ALL_ROUTES,
    ALL_SHARED,
    AT_NEXT,
    CLOSES,
    FIRST_TURN,
    FOR_EVER,
    FROM,
    HAS_ROUTES,
    HAS_SHARED,
    HEAD,
    IDLE,
    ITEMS_END,
    KIND,
    LATE,
    LENGTH,
    LOAD,
    LUNCH,
    LUNCH_LATEST,
    LUNCH_MINUTES,
    LUNCH_OPENS,
    LUNCH_TASK,
    MISSED,
    NEXT,
    OLD_COST,
    OLD_IDLE,
    OLD_WAIT,
    OPENS,
    P_BALANCE,
    P_DRIFT,
    P_IDLE,
    P_LONGEST,
    P_LUNCH,
    P_OVER,
    P_WAIT,
    PLACE,
    POSTPONED,
    PREV,
    READY,
    RESTING,
    ROUTE_COST,
    SERVICE,
    SHIFT_PRICE,
    SINGLE,
    START,
    TAIL,
    TO,
    TOUCHED,
    TOUCHED_TURN,
    TRAVEL,
    UNSERVED,
    WAIT,
    Array,
)  # fmt: skip
from bandeng.care.planner.engine.timing import TINY, due


@inlined
def waited_before(n: Array, f: Array, travel: Array, o: int) -> float:
    """Give the minutes that a turn waits before a task that is not its first."""
    p = n[o, PREV]
    if n[p, KIND] == LUNCH:
        return f[o, START] - f[p, READY]
    there = f[p, START] + f[p, LENGTH]
    if n[o, KIND] != LUNCH:
        return f[o, START] - there - travel[n[p, PLACE], n[o, PLACE]]
    if f[o, LATE] == AT_NEXT:
        there += travel[n[p, PLACE], n[n[o, NEXT], PLACE]]
    return f[o, START] - there


@inlined
def leeway(n: Array, f: Array, price: Array, o: int) -> float:
    """Give by how much a task could begin later without anybody being late or kept waiting."""
    if n[o, KIND] == LUNCH:
        return FOR_EVER if f[o, LATE] == MISSED else f[0, LUNCH_LATEST] - f[o, START]
    if n[o, KIND] != SINGLE or f[o, SHIFT_PRICE] > 0.0:
        return 0.0
    return max(0.0, due(n, f, price, o, f[o, START]) - f[o, START])


@compiled
def postponable(n: Array, f: Array, travel: Array, price: Array, first: int) -> float:
    """Give by how much a turn may begin later: all of it is taken up by its later waits."""
    waits, room = 0.0, leeway(n, f, price, first)
    o = n[first, NEXT]
    while o >= 0 and room > waits + TINY:
        waits += waited_before(n, f, travel, o)
        room = min(room, waits + leeway(n, f, price, o))
        o = n[o, NEXT]
    return min(room, waits)


@compiled
def longest_wait(n: Array, f: Array, travel: Array, first: int, later: float) -> float:
    """Give the longest single wait of a turn that begins later by so much."""
    longest = 0.0
    o = n[first, NEXT]
    while o >= 0:
        wait = waited_before(n, f, travel, o)
        longest = max(longest, wait - later)
        later = max(0.0, later - wait)
        o = n[o, NEXT]
    return longest


@inlined
def unused(n: Array, f: Array, k: int) -> None:
    """Cost a turn without visits: idle all day but for lunch."""
    length = f[k, CLOSES] - f[k, OPENS]
    f[k, ROUTE_COST] = 0.0
    f[k, WAIT] = 0.0
    f[k, POSTPONED] = 0.0
    if n[k, LUNCH_TASK] >= 0:
        t = max(f[k, OPENS], f[0, LUNCH_OPENS])
        here = n[k, FROM] == n[k, TO]
        if here and t <= f[0, LUNCH_LATEST] and t + f[0, LUNCH_MINUTES] <= f[k, CLOSES]:
            length -= f[0, LUNCH_MINUTES]
        else:
            f[k, ROUTE_COST] = f[0, P_LUNCH]
    f[k, IDLE] = length if f[k, CLOSES] < FOR_EVER else 0.0


@inlined
def end_of(n: Array, f: Array, k: int) -> float:
    """Give when a turn's last visit or lunch ends."""
    t = n[k, TAIL]
    return f[t, START] + f[t, LENGTH]


@inlined
def lunch_first(n: Array, f: Array, k: int) -> bool:
    """Tell whether a turn begins with lunch."""
    lunch = n[k, LUNCH_TASK]
    return lunch >= 0 and n[lunch, PREV] < 0 and f[lunch, LATE] != MISSED


@inlined
def cost_waits(
    n: Array, f: Array, travel: Array, price: Array, k: int, first: int, waited: float
) -> float:
    """Price a turn's waits, its beginning postponed where that spares some."""
    later = 0.0
    if waited > TINY and f[0, P_DRIFT] == 0.0 and not lunch_first(n, f, k):
        if f[0, P_WAIT] + f[0, P_LONGEST] > 0.0:
            later = postponable(n, f, travel, price, first)
    f[k, POSTPONED] = later
    f[k, WAIT] = longest_wait(n, f, travel, first, later) if f[0, P_LONGEST] > 0.0 else 0.0
    return f[0, P_WAIT] * (waited - later)


@inlined
def cost_used(
    n: Array, f: Array, travel: Array, price: Array, k: int, first: int, last: int
) -> None:
    """Cost a turn that has visits."""
    begin = f[first, START]
    lunch = n[k, LUNCH_TASK]
    eaten, uncounted, cost = 0.0, 0.0, 0.0
    if lunch >= 0:
        eaten = f[lunch, LENGTH]
        if f[lunch, LATE] == MISSED:
            cost = f[0, P_LUNCH]
        elif n[lunch, PREV] < 0:
            uncounted = begin - f[lunch, START] - eaten
            begin = f[lunch, START]
    leave = begin - leg(n, travel, -1, first, k)
    back = end_of(n, f, k) + leg(n, travel, last, -1, k)
    waited = back - leave - f[k, SERVICE] - f[k, TRAVEL] - eaten
    over = max(0.0, back - f[k, CLOSES])
    cost += cost_waits(n, f, travel, price, k, first, waited - uncounted)
    f[k, ROUTE_COST] = cost + f[0, P_OVER] * over
    f[k, IDLE] = 0.0
    if f[k, CLOSES] < FOR_EVER:
        f[k, IDLE] = leave - f[k, OPENS] + waited + max(0.0, f[k, CLOSES] - back)


@compiled
def cost_turn(n: Array, f: Array, travel: Array, price: Array, k: int) -> None:
    """Compute a turn's cost and idle time."""
    if k == n[1, UNSERVED]:
        return
    first, last = n[k, HEAD], n[k, TAIL]
    if first >= 0 and n[first, KIND] == LUNCH:
        first = n[first, NEXT]
    if first < 0:
        unused(n, f, k)
        return
    if n[last, KIND] == LUNCH:
        last = n[last, PREV]
    cost_used(n, f, travel, price, k, first, last)


@inlined
def largest(n: Array, f: Array, what: int) -> float:
    """Give the largest of all turns' values."""
    found = 0.0
    for k in range(n[1, ITEMS_END], n[1, UNSERVED]):
        found = max(found, f[k, what])
    return found


@compiled
def unevenness(n: Array, f: Array) -> float:
    """Give by how much the carers' work differs from its mean, each rounded up."""
    first, last = n[1, ITEMS_END], n[1, UNSERVED]
    whole, carers = 0.0, n[1, RESTING]
    for k in range(first, last):
        f[k, LOAD] = 0.0
        carers += n[k, FIRST_TURN] == k
    for k in range(first, last):
        f[n[k, FIRST_TURN], LOAD] += f[k, SERVICE] + f[k, TRAVEL]
        whole += f[k, SERVICE] + f[k, TRAVEL]
    mean = whole / max(1, carers)
    uneven = n[1, RESTING] * np.ceil(mean - 1e-9)
    for k in range(first, last):
        if n[k, FIRST_TURN] == k:
            uneven += np.ceil(abs(f[k, LOAD] - mean) - 1e-9)
    return uneven


@compiled
def cost_shared(n: Array, f: Array) -> float:
    """Cost what all turns make together: the longest idle time and wait, uneven work."""
    cost = f[0, P_IDLE] * largest(n, f, IDLE)
    if f[0, P_LONGEST] > 0.0:
        cost += f[0, P_LONGEST] * largest(n, f, WAIT)
    if f[0, P_BALANCE] > 0.0:
        cost += f[0, P_BALANCE] * unevenness(n, f)
    return cost


@compiled
def update_routes(n: Array, f: Array, w: Array, travel: Array, price: Array) -> None:
    """Cost the touched turns anew."""
    if not n[1, HAS_ROUTES]:
        return
    for i in range(n[0, TOUCHED]):
        k = w[i, TOUCHED_TURN]
        cost_turn(n, f, travel, price, k)
        f[1, ALL_ROUTES] += f[k, ROUTE_COST] - f[k, OLD_COST]
    if n[1, HAS_SHARED]:
        f[1, ALL_SHARED] = cost_shared(n, f)


@compiled
def restore_routes(n: Array, f: Array, w: Array) -> None:
    """Give the touched turns their cost from before the move."""
    for i in range(n[0, TOUCHED]):
        k = w[i, TOUCHED_TURN]
        f[k, ROUTE_COST] = f[k, OLD_COST]
        f[k, IDLE] = f[k, OLD_IDLE]
        f[k, WAIT] = f[k, OLD_WAIT]
