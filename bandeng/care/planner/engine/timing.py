"""Earliest starts, carried along routes and pairs in the order of work, with an undo log.

The order of work is a complete representation: every feasible schedule has one, and along it
nothing waits for something later, except that a former service of an ordered pair is pushed
back when its latter one cannot follow in time.
"""

from bandeng.care.planner.engine.compiled import compiled, inlined
from bandeng.care.planner.engine.links import after, mark, next_marked, touch
from bandeng.care.planner.engine.state import (
    ALL_LATE,
    AT_LAST,
    AT_NEXT,
    EARLY,
    FIRST_ROW,
    FIRST_TASK,
    FORMER,
    FROM,
    IN_LOG,
    ITEM_KIND,
    ITEMS_END,
    KIND,
    LATE,
    LATE_PRICE,
    LATTER,
    LEAST,
    LENGTH,
    LIMIT,
    LOG_TASK,
    LOGGED,
    LUNCH,
    LUNCH_LATEST,
    LUNCH_MINUTES,
    LUNCH_OPENS,
    MATE,
    MISSED,
    MOST,
    NEXT,
    OLD_LATE,
    OLD_LENGTH,
    OLD_READY,
    OLD_START,
    OPENS,
    P_LATE,
    P_WAIT,
    P_WORST,
    PAIR,
    PENDING,
    PLACE,
    PREV,
    PUBLISHED,
    QUEUED,
    READY,
    SECOND_TASK,
    SERVICES_END,
    SHIFT_PRICE,
    SINGLE,
    START,
    TURN,
    UNSERVED,
    WINDOWS,
    WORST,
    WORST_TASK,
    Array,
)  # fmt: skip

TINY = 1e-9


@inlined
def due(n: Array, f: Array, price: Array, o: int, t: float) -> float:
    """Give when a task must begin at the latest: by the last window that has begun at t."""
    latest = f[o, LATE]
    if n[1, WINDOWS]:
        for j in range(n[1, UNSERVED] - n[1, ITEMS_END] + 3, price.shape[1], 2):
            if price[o, j] <= t + TINY:
                latest = price[o, j + 1]
    return latest


@inlined
def lateness(n: Array, f: Array, price: Array, o: int, t: float) -> float:
    """Tell how late a start is."""
    latest = due(n, f, price, o, t)
    return t - latest if t > latest else 0.0


@inlined
def moment_cost(n: Array, f: Array, price: Array, o: int, t: float) -> float:
    """Price a start: lateness, and minutes away from what was published."""
    cost = f[o, LATE_PRICE] * lateness(n, f, price, o, t)
    if f[o, SHIFT_PRICE] > 0.0:
        cost += f[o, SHIFT_PRICE] * abs(t - f[o, PUBLISHED])
    return cost


@inlined
def open_at(n: Array, f: Array, price: Array, o: int, z: float) -> float:
    """Give the start of a task that could begin at z: wait for a window, or be late for one."""
    if z < f[o, EARLY]:
        return f[o, EARLY]
    if n[1, WINDOWS]:
        late = (f[0, P_LATE] + f[0, P_WORST]) * lateness(n, f, price, o, z)
        for j in range(n[1, UNSERVED] - n[1, ITEMS_END] + 3, price.shape[1], 2):
            wait = price[o, j] - z
            if wait > 0.0 and late > wait * (f[0, P_WAIT] + 0.1):
                return price[o, j]
            if wait > 0.0:
                return z
    return z


@inlined
def reach(n: Array, f: Array, travel: Array, o: int) -> float:
    """Give when a task's carer can be there."""
    k, p = n[o, TURN], n[o, PREV]
    if p < 0:
        return f[k, OPENS] + travel[n[k, FROM], n[o, PLACE]]
    if n[p, KIND] == LUNCH:
        return f[p, READY]
    return f[p, START] + f[p, LENGTH] + travel[n[p, PLACE], n[o, PLACE]]


@inlined
def note(n: Array, f: Array, w: Array, o: int) -> None:
    """Remember when a task started, and how a lunch was taken."""
    if n[o, IN_LOG]:
        return
    j = n[0, LOGGED]
    n[o, IN_LOG] = 1
    w[j, LOG_TASK] = o
    f[o, OLD_START] = f[o, START]
    f[o, OLD_READY] = f[o, READY]
    f[o, OLD_LENGTH] = f[o, LENGTH]
    f[o, OLD_LATE] = f[o, LATE]
    n[0, LOGGED] = j + 1


@inlined
def start_at(n: Array, f: Array, w: Array, queue: Array, price: Array, o: int, t: float) -> bool:
    """Set a start, note what it was, and mark what follows. Returns: whether it changed."""
    was = f[o, START]
    if abs(t - was) <= TINY:
        return False
    note(n, f, w, o)
    f[1, ALL_LATE] += moment_cost(n, f, price, o, t) - moment_cost(n, f, price, o, was)
    f[o, START] = t
    touch(n, f, w, n[o, TURN])
    q = n[o, NEXT]
    if q >= 0:
        mark(n, f, queue, q)
    return True


@inlined
def time_pair(
    n: Array, f: Array, w: Array, queue: Array, travel: Array, price: Array, it: int
) -> None:
    """Start two simultaneous tasks when both carers are there."""
    a, b = n[it, FIRST_TASK], n[it, SECOND_TASK]
    t = open_at(n, f, price, a, max(reach(n, f, travel, a), reach(n, f, travel, b)))
    start_at(n, f, w, queue, price, a, t)
    start_at(n, f, w, queue, price, b, t)


@inlined
def time_former(
    n: Array, f: Array, w: Array, queue: Array, travel: Array, price: Array, it: int
) -> None:
    """Start the former of an ordered pair, not sooner than its latter allows as it stands."""
    a = n[it, FIRST_TASK]
    b = n[a, MATE]
    base = open_at(n, f, price, a, reach(n, f, travel, a))
    t = max(base, f[b, START] - f[b, MOST])
    if start_at(n, f, w, queue, price, a, t) or t > base:  # held back: the latter may release it
        mark(n, f, queue, b)


@inlined
def time_latter(
    n: Array, f: Array, w: Array, queue: Array, travel: Array, price: Array, it: int
) -> None:
    """Start the latter of an ordered pair, and push or release its former, from both routes."""
    b = n[it, FIRST_TASK]
    a = n[b, MATE]
    base = open_at(n, f, price, a, reach(n, f, travel, a))
    t = open_at(n, f, price, b, max(reach(n, f, travel, b), base + f[b, LEAST]))
    start_at(n, f, w, queue, price, b, t)
    start_at(n, f, w, queue, price, a, max(base, t - f[b, MOST]))


@inlined
def lunch_mode(f: Array, here: float, there: float, has_before: bool, has_after: bool) -> int:
    """Choose where a lunch is taken: after the way to the next client, else before it."""
    if has_after and max(there, f[0, LUNCH_OPENS]) <= f[0, LUNCH_LATEST] + TINY:
        return AT_NEXT
    if not has_after or has_before:
        if max(here, f[0, LUNCH_OPENS]) <= f[0, LUNCH_LATEST] + TINY:
            return AT_LAST
    return MISSED


@inlined
def set_lunch(
    n: Array,
    f: Array,
    w: Array,
    queue: Array,
    o: int,
    t: float,
    ready: float,
    length: float,
    mode: int,
) -> None:
    """Book a lunch; what follows is marked where it changes."""
    note(n, f, w, o)
    touch(n, f, w, n[o, TURN])
    if abs(ready - f[o, READY]) > TINY and n[o, NEXT] >= 0:
        mark(n, f, queue, n[o, NEXT])
    f[o, START] = t
    f[o, READY] = ready
    f[o, LENGTH] = length
    f[o, LATE] = mode


@compiled
def time_lunch(n: Array, f: Array, w: Array, queue: Array, travel: Array, o: int) -> None:
    """Have lunch between two visits, at one of the two homes, or miss it."""
    k, p, q = n[o, TURN], n[o, PREV], after(n, o)
    here = f[k, OPENS] if p < 0 else f[p, START] + f[p, LENGTH]
    at = n[k, FROM] if p < 0 else n[p, PLACE]
    way = 0.0 if q < 0 else travel[at, n[q, PLACE]]
    mode = lunch_mode(f, here, here + way, p >= 0, q >= 0)
    t, ready, length = here, here + way, 0.0
    if mode == AT_NEXT:
        t, length = max(here + way, f[0, LUNCH_OPENS]), f[0, LUNCH_MINUTES]
        ready = t + length
    elif mode == AT_LAST:
        t, length = max(here, f[0, LUNCH_OPENS]), f[0, LUNCH_MINUTES]
        ready = t + length + way
    set_lunch(n, f, w, queue, o, t, ready, length, mode)


@compiled
def rest(n: Array, f: Array, w: Array, queue: Array, price: Array, it: int) -> None:
    """Let what is not served stand where it costs no time."""
    for z in range(2):
        o = n[it, z]
        if o >= 0:
            start_at(
                n,
                f,
                w,
                queue,
                price,
                o,
                f[o, PUBLISHED] if f[o, SHIFT_PRICE] > 0.0 else f[o, EARLY],
            )


@inlined
def time_item(
    n: Array, f: Array, w: Array, queue: Array, travel: Array, price: Array, it: int
) -> None:
    """Compute an item's start from what stands before it."""
    kind, o = n[it, ITEM_KIND], n[it, FIRST_TASK]
    if n[o, TURN] == n[1, UNSERVED]:
        rest(n, f, w, queue, price, it)
    elif kind == SINGLE:
        start_at(n, f, w, queue, price, o, open_at(n, f, price, o, reach(n, f, travel, o)))
    elif kind == PAIR:
        time_pair(n, f, w, queue, travel, price, it)
    elif kind == FORMER:
        time_former(n, f, w, queue, travel, price, it)
    elif kind == LATTER:
        time_latter(n, f, w, queue, travel, price, it)
    else:
        time_lunch(n, f, w, queue, travel, o)


@compiled
def propagate(n: Array, f: Array, w: Array, queue: Array, travel: Array, price: Array) -> bool:
    """Compute all marked starts, and what follows from them.

    Returns: False where an ordered pair can never be kept: everybody would wait for ever.
    """
    steps = 0
    while n[0, PENDING] > 0:
        steps += 1
        if steps > n[0, LIMIT]:
            return False
        time_item(n, f, w, queue, travel, price, next_marked(n, f, queue))
    return True


@inlined
def clear_marks(n: Array, queue: Array) -> None:
    """Forget what was marked."""
    for i in range(n[0, PENDING]):
        n[queue[i], QUEUED] = 0
    n[0, PENDING] = 0


@inlined
def restore_starts(n: Array, f: Array, w: Array) -> None:
    """Give every start its value from before the move."""
    for i in range(n[0, LOGGED]):
        o = w[i, LOG_TASK]
        f[o, START] = f[o, OLD_START]
        f[o, READY] = f[o, OLD_READY]
        f[o, LENGTH] = f[o, OLD_LENGTH]
        f[o, LATE] = f[o, OLD_LATE]
        n[o, IN_LOG] = 0
    n[0, LOGGED] = 0


@inlined
def forget_starts(n: Array, w: Array) -> None:
    """Keep the new starts."""
    for i in range(n[0, LOGGED]):
        n[w[i, LOG_TASK], IN_LOG] = 0
    n[0, LOGGED] = 0


@compiled
def rescan_worst(n: Array, f: Array, price: Array) -> None:
    """Find the latest task among all."""
    worst, who = 0.0, -1
    for o in range(FIRST_ROW, n[1, SERVICES_END]):
        if n[o, KIND] != LUNCH:
            late = lateness(n, f, price, o, f[o, START])
            if late > worst:
                worst, who = late, o
    f[1, WORST] = worst
    n[0, WORST_TASK] = who


@compiled
def update_worst(n: Array, f: Array, w: Array, price: Array) -> None:
    """Bring the worst lateness up to date from what changed."""
    who = n[0, WORST_TASK]
    if who >= 0 and n[who, IN_LOG]:
        if lateness(n, f, price, who, f[who, START]) < f[1, WORST] - TINY:
            rescan_worst(n, f, price)
            return
    for i in range(n[0, LOGGED]):
        o = w[i, LOG_TASK]
        if n[o, KIND] != LUNCH:
            late = lateness(n, f, price, o, f[o, START])
            if late > f[1, WORST]:
                f[1, WORST] = late
                n[0, WORST_TASK] = o
