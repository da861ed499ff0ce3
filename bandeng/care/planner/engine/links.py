"""Routes as linked lists, and the order of work; every change can be taken back."""

from bandeng.care.planner.engine.compiled import compiled, inlined
from bandeng.care.planner.engine.state import (
    ALL_STATIC,
    ALL_TRAVEL,
    CLOCK,
    COLUMN,
    EARLIEST,
    FIRST_TASK,
    FROM,
    HAS_ROUTES,
    HEAD,
    IDLE,
    ITEM,
    KEY,
    KIND,
    LATER,
    LENGTH,
    LUNCH,
    NEXT,
    OLD_COST,
    OLD_IDLE,
    OLD_KEY,
    OLD_WAIT,
    PENDING,
    PLACE,
    PREV,
    QUEUED,
    ROUTE_COST,
    SECOND_TASK,
    SERVICE,
    SHIFT_AFTER,
    SHIFT_ITEM,
    SHIFTED,
    SOONER,
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
def place_in(n: Array, f: Array, k: int, key: float) -> int:
    """Give the task of turn k after which one with that key stands; -1: none."""
    p = n[k, TAIL]
    while p >= 0 and f[p, KEY] > key:
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
    link(n, o, k, place_in(n, f, k, f[o, KEY]))
    touch(n, f, w, k)
    carry(n, f, travel, o, k, 1.0)
    f[1, ALL_STATIC] += price[o, n[k, COLUMN]]


@compiled
def put_back(n: Array, f: Array, w: Array, travel: Array) -> None:
    """Undo shifts and moves, the last first."""
    for i in range(n[0, SHIFTED] - 1, -1, -1):
        it = w[i, SHIFT_ITEM]
        take_out(n, it)
        put_in(n, it, w[i, SHIFT_AFTER])
        set_key(n, f, it, f[it, OLD_KEY])
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
def take_out(n: Array, it: int) -> None:
    """Take an item out of the order of work."""
    p, q = n[it, SOONER], n[it, LATER]
    if p >= 0:
        n[p, LATER] = q
    else:
        n[0, EARLIEST] = q
    if q >= 0:
        n[q, SOONER] = p


@inlined
def put_in(n: Array, it: int, p: int) -> None:
    """Put an item into the order of work right after another one (-1: first)."""
    q = n[p, LATER] if p >= 0 else n[0, EARLIEST]
    n[it, SOONER] = p
    n[it, LATER] = q
    if p >= 0:
        n[p, LATER] = it
    else:
        n[0, EARLIEST] = it
    if q >= 0:
        n[q, SOONER] = it


@inlined
def set_key(n: Array, f: Array, it: int, key: float) -> None:
    """Give an item and its tasks their key."""
    f[it, KEY] = key
    f[n[it, FIRST_TASK], KEY] = key
    if n[it, SECOND_TASK] >= 0:
        f[n[it, SECOND_TASK], KEY] = key


@inlined
def key_between(n: Array, f: Array, it: int) -> float:
    """Give a key for where an item stands now."""
    p, q = n[it, SOONER], n[it, LATER]
    if p < 0:
        return f[q, KEY] - 1.0 if q >= 0 else 0.0
    return (f[p, KEY] + f[q, KEY]) / 2 if q >= 0 else f[p, KEY] + 1.0


@compiled
def shift(n: Array, f: Array, w: Array, it: int, p: int) -> None:
    """Shift an item right after another one (-1: to the front), remembering where it was."""
    m = n[0, SHIFTED]
    w[m, SHIFT_ITEM] = it
    w[m, SHIFT_AFTER] = n[it, SOONER]
    f[it, OLD_KEY] = f[it, KEY]
    n[0, SHIFTED] = m + 1
    take_out(n, it)
    put_in(n, it, p)
    set_key(n, f, it, key_between(n, f, it))


@compiled
def number_keys(n: Array, f: Array) -> None:
    """Give all items whole keys again: between two of them halves fit 50 times at least."""
    it, key = n[0, EARLIEST], 0.0
    while it >= 0:
        set_key(n, f, it, key)
        it = n[it, LATER]
        key += 1.0


@inlined
def mark(n: Array, f: Array, queue: Array, o: int) -> None:
    """Say that a task's start must be computed anew."""
    it = n[o, ITEM]
    if n[it, QUEUED]:
        return
    n[it, QUEUED] = 1
    i, key = n[0, PENDING], f[it, KEY]
    n[0, PENDING] = i + 1
    while i > 0:
        above = (i - 1) >> 1
        if f[queue[above], KEY] <= key:
            break
        queue[i] = queue[above]
        i = above
    queue[i] = it


@compiled
def next_marked(n: Array, f: Array, queue: Array) -> int:
    """Take the first marked item in the order of work."""
    first, m = queue[0], n[0, PENDING] - 1
    n[first, QUEUED] = 0
    n[0, PENDING] = m
    last = queue[m]
    i, key = 0, f[last, KEY]
    while True:
        c = 2 * i + 1
        if c >= m:
            break
        if c + 1 < m and f[queue[c + 1], KEY] < f[queue[c], KEY]:
            c += 1
        if f[queue[c], KEY] >= key:
            break
        queue[i] = queue[c]
        i = c
    queue[i] = last
    return first


@inlined
def mark_with_neighbours(n: Array, f: Array, queue: Array, o: int) -> None:
    """Mark a moved task, what follows it and a lunch before it."""
    mark(n, f, queue, o)
    q, p = n[o, NEXT], n[o, PREV]
    if q >= 0:
        mark(n, f, queue, q)
    if p >= 0 and n[p, KIND] == LUNCH:
        mark(n, f, queue, p)


@compiled
def mark_moved(n: Array, f: Array, w: Array, queue: Array) -> None:
    """Mark everything whose start a move may have changed at first hand."""
    for i in range(n[0, UNDONE]):
        mark_with_neighbours(n, f, queue, w[i, UNDO_TASK])
        p, q = w[i, UNDO_PREV], w[i, UNDO_NEXT]
        if q >= 0:
            mark(n, f, queue, q)
        if p >= 0 and n[p, KIND] == LUNCH:
            mark(n, f, queue, p)
