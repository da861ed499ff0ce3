"""Routes as linked lists, and the order of work; every change can be taken back."""

from bandeng.care.planner.engine.compiled import compiled, inlined
from bandeng.care.planner.engine.state import (
    ALL_STATIC,
    ALL_TRAVEL,
    CLOCK,
    COLUMN,
    FROM,
    HAS_ROUTES,
    HEAD,
    IDLE,
    ITEM,
    KIND,
    LENGTH,
    LOWEST,
    LUNCH,
    NEXT,
    OLD_COST,
    OLD_IDLE,
    OLD_WAIT,
    PENDING,
    PLACE,
    POSITION,
    PREV,
    ROUTE_COST,
    SERVICE,
    SHIFT_FROM,
    SHIFT_TO,
    SHIFTED,
    STAMP,
    TAIL,
    TO,
    TOUCHED,
    TOUCHED_TURN,
    TRAVEL,
    TURN,
    UNDO_NEXT,
    UNDO_PREV,
    UNDO_TASK,
    UNDO_TURN,
    UNDONE,
    UNSERVED,
    WAIT,
    Array,
)  # fmt: skip


@inlined
def leg(n: Array, travel: Array, a: int, b: int, k: int) -> float:
    """Give the minutes from task a to task b of turn k; -1 is where the turn begins or ends."""
    if a < 0 and b < 0:
        return 0.0
    p = n[k, FROM] if a < 0 else n[a, PLACE]
    q = n[k, TO] if b < 0 else n[b, PLACE]
    return travel[p, q]


@inlined
def before(n: Array, o: int) -> int:
    """Give the visit before a task, past a lunch."""
    p = n[o, PREV]
    if p >= 0 and n[p, KIND] == LUNCH:
        return n[p, PREV]
    return p


@inlined
def after(n: Array, o: int) -> int:
    """Give the visit after a task, past a lunch."""
    q = n[o, NEXT]
    if q >= 0 and n[q, KIND] == LUNCH:
        return n[q, NEXT]
    return q


@inlined
def detour(n: Array, travel: Array, o: int) -> float:
    """Give the minutes of travel that a task adds where it stands."""
    k = n[o, TURN]
    if k == n[1, UNSERVED] or n[o, KIND] == LUNCH:
        return 0.0
    a, b = before(n, o), after(n, o)
    return leg(n, travel, a, o, k) + leg(n, travel, o, b, k) - leg(n, travel, a, b, k)


@inlined
def unlink(n: Array, o: int) -> None:
    """Take a task out of its turn."""
    k, p, q = n[o, TURN], n[o, PREV], n[o, NEXT]
    if p >= 0:
        n[p, NEXT] = q
    else:
        n[k, HEAD] = q
    if q >= 0:
        n[q, PREV] = p
    else:
        n[k, TAIL] = p


@inlined
def link(n: Array, o: int, k: int, p: int) -> None:
    """Put a task into turn k after task p (-1: first)."""
    if p >= 0:
        q = n[p, NEXT]
        n[p, NEXT] = o
    else:
        q = n[k, HEAD]
        n[k, HEAD] = o
    if q >= 0:
        n[q, PREV] = o
    else:
        n[k, TAIL] = o
    n[o, TURN] = k
    n[o, PREV] = p
    n[o, NEXT] = q


@inlined
def position(n: Array, o: int) -> int:
    """Give a task's place in the order of work."""
    return n[n[o, ITEM], POSITION]


@inlined
def place_in(n: Array, k: int, x: int) -> int:
    """Give the task of turn k after which one at position x stands; -1: none."""
    p = n[k, TAIL]
    while p >= 0 and position(n, p) > x:
        p = n[p, PREV]
    return p


@inlined
def touch(n: Array, f: Array, w: Array, k: int) -> None:
    """Note a turn whose cost may change, with what it was."""
    if n[k, STAMP] == n[0, CLOCK]:
        return
    j = n[0, TOUCHED]
    n[k, STAMP] = n[0, CLOCK]
    w[j, TOUCHED_TURN] = k
    f[k, OLD_COST] = f[k, ROUTE_COST]
    f[k, OLD_IDLE] = f[k, IDLE]
    f[k, OLD_WAIT] = f[k, WAIT]
    n[0, TOUCHED] = j + 1


@inlined
def carry(n: Array, f: Array, travel: Array, o: int, k: int, sign: float) -> float:
    """Book a task's travel and service to turn k, or back (sign -1). Returns: the travel."""
    d = detour(n, travel, o)
    if k == n[1, UNSERVED]:
        return d
    f[k, TRAVEL] += sign * d
    if n[o, KIND] != LUNCH:
        f[k, SERVICE] += sign * f[o, LENGTH]
    f[1, ALL_TRAVEL] += sign * d
    return d


@inlined
def detach(n: Array, f: Array, w: Array, travel: Array, price: Array, o: int) -> None:
    """Take a task out, remembering how to put it back."""
    j = n[0, UNDONE]
    k = n[o, TURN]
    w[j, UNDO_TASK] = o
    w[j, UNDO_TURN] = k
    w[j, UNDO_PREV] = n[o, PREV]
    w[j, UNDO_NEXT] = n[o, NEXT]
    n[0, UNDONE] = j + 1
    touch(n, f, w, k)
    carry(n, f, travel, o, k, -1.0)
    f[1, ALL_STATIC] -= price[o, n[k, COLUMN]]
    unlink(n, o)
    n[o, TURN] = -1


@inlined
def attach(n: Array, f: Array, w: Array, travel: Array, price: Array, o: int, k: int) -> None:
    """Put a task into turn k, where the order of work says."""
    link(n, o, k, place_in(n, k, position(n, o)))
    touch(n, f, w, k)
    carry(n, f, travel, o, k, 1.0)
    f[1, ALL_STATIC] += price[o, n[k, COLUMN]]


@compiled
def put_back(n: Array, f: Array, w: Array, order: Array, travel: Array) -> None:
    """Undo shifts and moves, the last first."""
    for i in range(n[0, SHIFTED] - 1, -1, -1):
        slide(n, order, w[i, SHIFT_TO], w[i, SHIFT_FROM])
    n[0, SHIFTED] = 0
    for i in range(n[0, UNDONE] - 1, -1, -1):
        o = w[i, UNDO_TASK]
        if n[o, TURN] >= 0:
            if n[1, HAS_ROUTES]:
                carry(n, f, travel, o, n[o, TURN], -1.0)
            unlink(n, o)
            n[o, TURN] = -1
    for i in range(n[0, UNDONE] - 1, -1, -1):
        o, k = w[i, UNDO_TASK], w[i, UNDO_TURN]
        link(n, o, k, w[i, UNDO_PREV])
        if n[1, HAS_ROUTES]:
            carry(n, f, travel, o, k, 1.0)
    n[0, UNDONE] = 0


@inlined
def slide(n: Array, order: Array, f: int, t: int) -> None:
    """Move the item at position f to position t; those between make room."""
    it = order[f]
    if f < t:
        for x in range(f, t):
            order[x] = order[x + 1]
            n[order[x], POSITION] = x
    else:
        for x in range(f, t, -1):
            order[x] = order[x - 1]
            n[order[x], POSITION] = x
    order[t] = it
    n[it, POSITION] = t


@inlined
def mark(n: Array, dirty: Array, o: int) -> None:
    """Say that a task's start must be computed anew."""
    x = position(n, o)
    if not dirty[x]:
        dirty[x] = 1
        n[0, PENDING] += 1
    n[0, LOWEST] = min(n[0, LOWEST], x)


@inlined
def mark_with_neighbours(n: Array, dirty: Array, o: int) -> None:
    """Mark a moved task, what follows it and a lunch before it."""
    mark(n, dirty, o)
    q, p = n[o, NEXT], n[o, PREV]
    if q >= 0:
        mark(n, dirty, q)
    if p >= 0 and n[p, KIND] == LUNCH:
        mark(n, dirty, p)


@compiled
def mark_moved(n: Array, w: Array, dirty: Array) -> None:
    """Mark everything whose start a move may have changed at first hand."""
    for i in range(n[0, UNDONE]):
        mark_with_neighbours(n, dirty, w[i, UNDO_TASK])
        p, q = w[i, UNDO_PREV], w[i, UNDO_NEXT]
        if q >= 0:
            mark(n, dirty, q)
        if p >= 0 and n[p, KIND] == LUNCH:
            mark(n, dirty, p)
