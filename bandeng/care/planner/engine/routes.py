"""What a turn costs as a whole: waiting, overtime, idle time, a missed lunch.

All follow from the first start, the last end and two sums, so a changed turn costs one look.
"""

from bandeng.care.planner.engine.compiled import compiled, inlined
from bandeng.care.planner.engine.links import leg
from bandeng.care.planner.engine.state import (
    ALL_ROUTES,
    CLOSES,
    FROM,
    HAS_IDLE,
    HAS_ROUTES,
    HEAD,
    IDLE,
    ITEMS_END,
    KIND,
    LATE,
    LENGTH,
    LUNCH,
    LUNCH_LATEST,
    LUNCH_MINUTES,
    LUNCH_OPENS,
    LUNCH_TASK,
    MISSED,
    NEXT,
    OLD_COST,
    OLD_IDLE,
    OPENS,
    P_LUNCH,
    P_OVER,
    P_WAIT,
    PREV,
    ROUTE_COST,
    SERVICE,
    START,
    TAIL,
    TO,
    TOUCHED,
    TOUCHED_TURN,
    TRAVEL,
    UNSERVED,
    WORST_IDLE,
    Array,
)  # fmt: skip


@inlined
def unused(n: Array, f: Array, k: int) -> None:
    """Cost a turn without visits: idle all day but for lunch."""
    length = f[k, CLOSES] - f[k, OPENS]
    f[k, ROUTE_COST] = 0.0
    if n[k, LUNCH_TASK] >= 0:
        t = max(f[k, OPENS], f[0, LUNCH_OPENS])
        here = n[k, FROM] == n[k, TO]
        if here and t <= f[0, LUNCH_LATEST] and t + f[0, LUNCH_MINUTES] <= f[k, CLOSES]:
            length -= f[0, LUNCH_MINUTES]
        else:
            f[k, ROUTE_COST] = f[0, P_LUNCH]
    f[k, IDLE] = length


@inlined
def end_of(n: Array, f: Array, k: int) -> float:
    """Give when a turn's last visit or lunch ends."""
    t = n[k, TAIL]
    return f[t, START] + f[t, LENGTH]


@inlined
def cost_used(n: Array, f: Array, travel: Array, k: int, first: int, last: int) -> None:
    """Cost a turn that has visits."""
    begin = f[first, START]
    lunch = n[k, LUNCH_TASK]
    eaten, uncounted, price = 0.0, 0.0, 0.0
    if lunch >= 0:
        eaten = f[lunch, LENGTH]
        if f[lunch, LATE] == MISSED:
            price = f[0, P_LUNCH]
        elif n[lunch, PREV] < 0:
            uncounted = begin - f[lunch, START] - eaten
            begin = f[lunch, START]
    leave = begin - leg(n, travel, -1, first, k)
    back = end_of(n, f, k) + leg(n, travel, last, -1, k)
    waited = back - leave - f[k, SERVICE] - f[k, TRAVEL] - eaten
    over = max(0.0, back - f[k, CLOSES])
    price += f[0, P_WAIT] * (waited - uncounted) + f[0, P_OVER] * over
    f[k, ROUTE_COST] = price
    f[k, IDLE] = leave - f[k, OPENS] + waited + max(0.0, f[k, CLOSES] - back)


@compiled
def cost_turn(n: Array, f: Array, travel: Array, k: int) -> None:
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
    cost_used(n, f, travel, k, first, last)


@inlined
def longest_idle(n: Array, f: Array) -> float:
    """Give the longest idle time of all turns."""
    longest = 0.0
    for k in range(n[1, ITEMS_END], n[1, UNSERVED]):
        longest = max(longest, f[k, IDLE])
    return longest


@compiled
def update_routes(n: Array, f: Array, w: Array, travel: Array) -> None:
    """Cost the touched turns anew."""
    if not n[1, HAS_ROUTES]:
        return
    for i in range(n[0, TOUCHED]):
        k = w[i, TOUCHED_TURN]
        cost_turn(n, f, travel, k)
        f[1, ALL_ROUTES] += f[k, ROUTE_COST] - f[k, OLD_COST]
    if n[1, HAS_IDLE]:
        f[1, WORST_IDLE] = longest_idle(n, f)


@compiled
def restore_routes(n: Array, f: Array, w: Array) -> None:
    """Give the touched turns their cost from before the move."""
    for i in range(n[0, TOUCHED]):
        k = w[i, TOUCHED_TURN]
        f[k, ROUTE_COST] = f[k, OLD_COST]
        f[k, IDLE] = f[k, OLD_IDLE]
