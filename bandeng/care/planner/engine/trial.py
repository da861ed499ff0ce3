"""One move: applied, priced, kept or taken back."""

from bandeng.care.planner.engine.compiled import compiled, inlined
from bandeng.care.planner.engine.links import attach, detach, mark_moved, put_back, shift
from bandeng.care.planner.engine.routes import restore_routes, update_routes
from bandeng.care.planner.engine.series import restore_series, update_series
from bandeng.care.planner.engine.state import (
    AIM_BEHIND,
    AIM_BESIDE,
    AIM_ITEM,
    AIMS,
    ALL_LATE,
    ALL_ROUTES,
    ALL_SERIES,
    ALL_SHARED,
    ALL_STATIC,
    ALL_TRAVEL,
    ASKED,
    CHANGED,
    CLOCK,
    COST,
    FORMER,
    ITEM_KIND,
    ITEM_MATE,
    KEY,
    LATTER,
    MOVE_TASK,
    MOVE_TURN,
    MOVED,
    P_TRAVEL,
    P_WORST,
    SAVED,
    SAVED_WORST,
    SHIFTED,
    SOONER,
    TOUCHED,
    UNDONE,
    WORST,
    WORST_TASK,
    Array,
)  # fmt: skip
from bandeng.care.planner.engine.timing import (
    clear_marks,
    forget_starts,
    propagate,
    restore_starts,
    update_worst,
)


@inlined
def in_order(n: Array, f: Array, it: int) -> bool:
    """Tell whether a former stands before its latter."""
    kind, mate = n[it, ITEM_KIND], n[it, ITEM_MATE]
    if kind == FORMER:
        return f[it, KEY] < f[mate, KEY]
    if kind == LATTER:
        return f[it, KEY] > f[mate, KEY]
    return True


@inlined
def shift_items(n: Array, f: Array, w: Array) -> bool:
    """Shift items to where they aim. Returns: False where a former would follow its latter."""
    for i in range(n[0, AIMS]):
        it, other = w[i, AIM_ITEM], w[i, AIM_BESIDE]
        p = other if w[i, AIM_BEHIND] else n[other, SOONER]
        if p == it or n[it, SOONER] == p:
            continue
        shift(n, f, w, it, p)
        if not in_order(n, f, it):
            return False
    return True


@inlined
def apply_move(n: Array, f: Array, w: Array, travel: Array, price: Array) -> bool:
    """Take out, shift, put in."""
    for i in range(n[0, MOVED]):
        detach(n, f, w, travel, price, w[i, MOVE_TASK])
    if not shift_items(n, f, w):
        return False
    for i in range(n[0, MOVED]):
        attach(n, f, w, travel, price, w[i, MOVE_TASK], w[i, MOVE_TURN])
    return True


@inlined
def certain(f: Array) -> float:
    """Give the part of the cost that no time can lower."""
    return f[0, P_TRAVEL] * f[1, ALL_TRAVEL] + f[1, ALL_STATIC]


@inlined
def whole_cost(f: Array) -> float:
    """Sum the cost up."""
    return (
        certain(f)
        + f[1, ALL_LATE]
        + f[0, P_WORST] * f[1, WORST]
        + f[1, ALL_ROUTES]
        + f[1, ALL_SHARED]
        + f[1, ALL_SERIES]
    )


@inlined
def begin(n: Array, f: Array) -> None:
    """Start a trial with empty logs."""
    for total in range(SAVED):
        f[1, SAVED + total] = f[1, total]
    n[0, SAVED_WORST] = n[0, WORST_TASK]
    n[0, CLOCK] += 1
    n[0, TOUCHED] = 0
    n[0, UNDONE] = 0
    n[0, SHIFTED] = 0


@compiled
def revert(n: Array, f: Array, w: Array, queue: Array, travel: Array) -> None:
    """Take a move back."""
    clear_marks(n, queue)
    restore_starts(n, f, w)
    restore_routes(n, f, w)
    restore_series(n, f, w)
    put_back(n, f, w, travel)
    for total in range(SAVED):
        f[1, total] = f[1, SAVED + total]
    n[0, WORST_TASK] = n[0, SAVED_WORST]


@compiled
def priced(
    n: Array,
    f: Array,
    w: Array,
    queue: Array,
    travel: Array,
    price: Array,
    lists: Array,
    limit: float,
) -> bool:
    """Time and price an applied move. Returns: whether it costs at most the limit."""
    if certain(f) > limit:
        return False
    n[0, ASKED] += 1
    mark_moved(n, f, w, queue)
    if not propagate(n, f, w, queue, travel, price):
        return False
    if f[0, P_WORST] > 0.0:
        update_worst(n, f, w, price)
    update_routes(n, f, w, travel, price)
    update_series(n, f, w, lists)
    f[1, COST] = whole_cost(f)
    return f[1, COST] <= limit


@compiled
def attempt(
    n: Array,
    f: Array,
    w: Array,
    queue: Array,
    travel: Array,
    price: Array,
    lists: Array,
    limit: float,
) -> bool:
    """Try the move that is written down; keep it if it costs at most the limit."""
    begin(n, f)
    if apply_move(n, f, w, travel, price) and priced(n, f, w, queue, travel, price, lists, limit):
        clear_marks(n, queue)
        forget_starts(n, w)
        n[0, CHANGED] = 0
        return True
    revert(n, f, w, queue, travel)
    return False
