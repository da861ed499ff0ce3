"""What the search tries: one function per kind of move, written into the table of moves."""

import numpy as np

from bandeng.care.planner.engine.compiled import compiled, inlined
from bandeng.care.planner.engine.links import after, before, detour, leg
from bandeng.care.planner.engine.state import (
    ABLE_COUNT,
    AIM_BEHIND,
    AIM_BESIDE,
    AIM_ITEM,
    AIMS,
    ALL_FREE,
    CARER,
    COLUMN,
    DAY,
    FIRST_ROW,
    FIXED,
    ITEM,
    ITEMS_END,
    KEY,
    KIND,
    LATER,
    LUNCH,
    LUNCH_TASK,
    MATE,
    MOVE_TASK,
    MOVE_TURN,
    MOVED,
    NEAR,
    NEVER,
    NEXT,
    P_TRAVEL,
    PAIR,
    PREV,
    SERVICES_END,
    SINGLE,
    SOONER,
    TASKS_END,
    TURN,
    UNSERVED,
    Array,
)  # fmt: skip
from bandeng.care.planner.engine.trial import certain

LARGEST = 24  # tasks in one exchange


@inlined
def below(n: int) -> int:
    """Draw a whole number below n."""
    return int(np.random.random() * n)


@inlined
def put(n: Array, w: Array, o: int, k: int) -> None:
    """Write down that a task goes to a turn."""
    j = n[0, MOVED]
    w[j, MOVE_TASK] = o
    w[j, MOVE_TURN] = k
    n[0, MOVED] = j + 1


@inlined
def beside(n: Array, w: Array, it: int, other: int, behind: int) -> None:
    """Write down that an item goes right before or behind another."""
    j = n[0, AIMS]
    w[j, AIM_ITEM] = it
    w[j, AIM_BESIDE] = other
    w[j, AIM_BEHIND] = behind
    n[0, AIMS] = j + 1


@inlined
def fits(n: Array, price: Array, o: int, k: int) -> bool:
    """Tell whether a task may be done in a turn at all."""
    return price[o, n[k, COLUMN]] < NEVER


@inlined
def agree(n: Array, o: int, k: int, m: int) -> bool:
    """Tell whether task o in turn k and its mate in turn m go together."""
    out = n[1, UNSERVED]
    if k == out or m == out:
        return k == m
    if n[k, DAY] != n[m, DAY]:
        return False
    loose = n[o, KIND] == SINGLE
    return loose or n[k, CARER] != n[m, CARER]


@inlined
def turn_for_mate(n: Array, price: Array, lists: Array, o: int, k: int, mate: int) -> int:
    """Find the mate of a task that goes to turn k a turn that agrees; -1: none found."""
    old = n[o, TURN]
    if fits(n, price, mate, old) and agree(n, o, k, old):
        return old
    if k == n[1, UNSERVED]:
        return k if fits(n, price, mate, k) else -1
    for _try in range(6):
        m = lists[mate, n[1, NEAR] + below(n[mate, ABLE_COUNT])]
        if agree(n, o, k, m) and fits(n, price, mate, m):
            return m
    return -1


@inlined
def put_with_mate(n: Array, w: Array, price: Array, lists: Array, o: int, k: int) -> bool:
    """Write down that a task goes to turn k, and what its mate must do then."""
    mate = n[o, MATE]
    if mate >= 0 and not agree(n, o, k, n[mate, TURN]):
        m = -1 if n[mate, FIXED] else turn_for_mate(n, price, lists, o, k, mate)
        if m < 0:
            return False
        put(n, w, o, k)
        put(n, w, mate, m)
        return True
    put(n, w, o, k)
    if n[o, KIND] == PAIR:
        put(n, w, mate, n[mate, TURN])
    return True


@inlined
def relocation_gain(
    n: Array, f: Array, travel: Array, price: Array, o: int, q: int, behind: int
) -> float:
    """Give the certain cost of putting a task right beside another one."""
    k = n[q, TURN]
    a, b = (q, after(n, q)) if behind else (before(n, q), q)
    if n[q, KIND] == LUNCH:
        a, b = n[q, PREV], n[q, NEXT]
    if a == o or b == o:
        return 0.0
    way = (
        leg(n, travel, a, o, k)
        + leg(n, travel, o, b, k)
        - leg(n, travel, a, b, k)
        - detour(n, travel, o)
    )
    return f[0, P_TRAVEL] * way + price[o, n[k, COLUMN]] - price[o, n[n[o, TURN], COLUMN]]


@inlined
def anchor(n: Array, lists: Array, o: int) -> int:
    """Draw a task to stand beside: mostly a near one."""
    if np.random.random() < 0.92:
        return lists[o, below(n[1, NEAR])]
    return FIRST_ROW + below(n[1, SERVICES_END] - FIRST_ROW)


@inlined
def relocate(
    n: Array,
    f: Array,
    w: Array,
    travel: Array,
    price: Array,
    lists: Array,
    free: Array,
    limit: float,
) -> None:
    """Put a task right before or behind another one, in its turn."""
    o = free[below(free.shape[0])]
    q = anchor(n, lists, o)
    it, other, k = n[o, ITEM], n[q, ITEM], n[q, TURN]
    if it == other or k == n[1, UNSERVED] or not fits(n, price, o, k):
        return
    behind = below(2)
    if not put_with_mate(n, w, price, lists, o, k):
        return
    if n[0, MOVED] == 1 and certain(f) + relocation_gain(n, f, travel, price, o, q, behind) > limit:
        n[0, MOVED] = 0
        return
    beside(n, w, it, other, behind)


@compiled
def change_carer(n: Array, w: Array, price: Array, lists: Array, free: Array) -> None:
    """Give a task to another turn, at its place in the order of work."""
    o = free[below(free.shape[0])]
    k = lists[o, n[1, NEAR] + below(n[o, ABLE_COUNT])]
    if k != n[o, TURN]:
        if not put_with_mate(n, w, price, lists, o, k):
            n[0, MOVED] = 0


@inlined
def keep_turns(n: Array, w: Array, it: int) -> None:
    """Write down that an item's tasks are placed anew in their own turns."""
    for z in range(2):
        o = n[it, z]
        if o >= 0:
            put(n, w, o, n[o, TURN])


@compiled
def shift_lunch(n: Array, w: Array, lunch: int) -> None:
    """Shift a lunch by one visit of its turn."""
    q = n[lunch, NEXT] if np.random.random() < 0.5 else n[lunch, PREV]
    if q >= 0:
        keep_turns(n, w, n[lunch, ITEM])
        beside(n, w, n[lunch, ITEM], n[q, ITEM], 1 if q == n[lunch, NEXT] else 0)


@inlined
def walk(n: Array, it: int, way: int, steps: int) -> int:
    """Give the item so many steps sooner or later in the order of work; -1: none."""
    while it >= 0 and steps > 0:
        it = n[it, way]
        steps -= 1
    return it


@compiled
def shift_order(n: Array, w: Array, free: Array) -> None:
    """Shift an item in the order of work, or a lunch: also of those whose visits are locked."""
    o = free[below(free.shape[0])]
    if np.random.random() < 0.5:
        host = FIRST_ROW + below(n[1, SERVICES_END] - FIRST_ROW) if n[1, ALL_FREE] else o
        lunch = n[n[host, TURN], LUNCH_TASK]
        if lunch >= 0:
            shift_lunch(n, w, lunch)
            return
    count = n[1, ITEMS_END] - n[1, TASKS_END]
    behind = below(2)
    other = walk(n, n[o, ITEM], LATER if behind else SOONER, 1 + below(max(1, count // 8)))
    if other >= 0:
        keep_turns(n, w, n[o, ITEM])
        beside(n, w, n[o, ITEM], other, behind)


@inlined
def may_swap(n: Array, price: Array, o: int, k: int) -> bool:
    """Tell whether a task may go to a turn while its mate stays."""
    mate = n[o, MATE]
    if n[o, FIXED] or n[o, KIND] == PAIR or not fits(n, price, o, k):
        return False
    return mate < 0 or agree(n, o, k, n[mate, TURN])


@inlined
def change_places(n: Array, f: Array, w: Array, a: int, b: int) -> None:
    """Write down that two items change their places in the order of work."""
    behind = 1 if f[a, KEY] < f[b, KEY] else 0
    neighbour = n[a, SOONER] if behind else n[a, LATER]
    beside(n, w, a, b, behind)
    if neighbour >= 0:
        beside(n, w, b, neighbour, behind)
    else:
        beside(n, w, b, n[a, LATER] if behind else n[a, SOONER], 1 - behind)


@compiled
def swap(n: Array, f: Array, w: Array, price: Array, lists: Array, free: Array) -> None:
    """Let two near tasks change carers and places in the order."""
    o = free[below(free.shape[0])]
    q = lists[o, below(n[1, NEAR])]
    a, b = n[o, ITEM], n[q, ITEM]
    k, m = n[o, TURN], n[q, TURN]
    if a == b or k == m or n[o, MATE] == q:
        return
    if may_swap(n, price, o, m) and may_swap(n, price, q, k):
        put(n, w, o, m)
        put(n, w, q, k)
        change_places(n, f, w, a, b)


@compiled
def move_visit(n: Array, w: Array, price: Array, lists: Array, free: Array) -> None:
    """Put both services of a visit beside near ones at once."""
    o = free[below(free.shape[0])]
    mate = n[o, MATE]
    if mate < 0 or n[mate, FIXED]:
        return
    q, r = anchor(n, lists, o), anchor(n, lists, mate)
    k, m = n[q, TURN], n[r, TURN]
    if not (fits(n, price, o, k) and fits(n, price, mate, m) and agree(n, o, k, m)):
        return
    it, other = n[o, ITEM], n[mate, ITEM]
    if n[q, ITEM] in (it, other) or n[r, ITEM] in (it, other):
        return
    put(n, w, o, k)
    put(n, w, mate, m)
    beside(n, w, it, n[q, ITEM], below(2))
    if other != it:
        beside(n, w, other, n[r, ITEM], below(2))


@compiled
def drop(n: Array, w: Array, price: Array, lists: Array, free: Array) -> None:
    """Leave a visit out."""
    o = free[below(free.shape[0])]
    out = n[1, UNSERVED]
    if n[o, TURN] != out and fits(n, price, o, out):
        if not put_with_mate(n, w, price, lists, o, out):
            n[0, MOVED] = 0


@compiled
def put_segment(n: Array, f: Array, w: Array, price: Array, o: int, k: int, end: float) -> bool:
    """Write down that tasks from o on, before a position, go to turn k. Returns: all may."""
    while o >= 0 and f[o, KEY] < end:
        if n[o, KIND] != LUNCH:
            if n[0, MOVED] >= LARGEST or n[o, FIXED] or not fits(n, price, o, k):
                return False
            put(n, w, o, k)
        o = n[o, NEXT]
    return True


@compiled
def mates_agree(n: Array, w: Array) -> bool:
    """Tell whether every written task still agrees with its mate."""
    for i in range(n[0, MOVED]):
        o, k = w[i, MOVE_TASK], w[i, MOVE_TURN]
        mate = n[o, MATE]
        if mate >= 0:
            m = n[mate, TURN]
            for j in range(n[0, MOVED]):
                if w[j, MOVE_TASK] == mate:
                    m = w[j, MOVE_TURN]
            if not agree(n, o, k, m):
                return False
    return True


@compiled
def end_of_segment(n: Array, f: Array, o: int) -> float:
    """Draw where an exchange ends: the end of the day, or a few visits on."""
    if np.random.random() < 0.3:
        return NEVER
    for _step in range(1 + below(5)):
        o = n[o, NEXT]
        if o < 0:
            return NEVER
    return f[o, KEY]


@compiled
def exchange(n: Array, f: Array, w: Array, price: Array, lists: Array, free: Array) -> None:
    """Let two turns change what they do between two moments: segments, or all that is left."""
    o = free[below(free.shape[0])]
    q = lists[o, below(n[1, NEAR])]
    k, m = n[o, TURN], n[q, TURN]
    out = n[1, UNSERVED]
    if k == m or out in (k, m) or f[q, KEY] >= f[o, KEY]:
        return
    r = n[q, NEXT]
    while r >= 0 and f[r, KEY] < f[o, KEY]:
        r = n[r, NEXT]
    end = end_of_segment(n, f, o)
    whole = put_segment(n, f, w, price, o, m, end) and put_segment(n, f, w, price, r, k, end)
    if not (whole and mates_agree(n, w)):
        n[0, MOVED] = 0
