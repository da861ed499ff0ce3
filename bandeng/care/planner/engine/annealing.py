"""Annealing at one temperature for a number of trials, and building the memory from a plan."""

import numpy as np

from bandeng.care.planner.engine.compiled import compiled, entry
from bandeng.care.planner.engine.links import (
    after,
    before,
    leg,
    link,
    mark,
    number_keys,
    put_in,
)
from bandeng.care.planner.engine.moves import (
    change_carer,
    drop,
    exchange,
    move_visit,
    relocate,
    shift_order,
    swap,
)
from bandeng.care.planner.engine.routes import cost_shared, cost_turn
from bandeng.care.planner.engine.series import cost_client
from bandeng.care.planner.engine.state import (
    AIMS,
    ALL_LATE,
    ALL_ROUTES,
    ALL_SERIES,
    ALL_SHARED,
    ALL_STATIC,
    ALL_TRAVEL,
    CLOCK,
    COLUMN,
    COST,
    EARLIEST,
    EARLY,
    FIRST_ROW,
    GROUP_COST,
    GROUPS_END,
    HAS_ROUTES,
    HAS_SERIES,
    HEAD,
    IN_LOG,
    ITEMS_END,
    KIND,
    LATER,
    LENGTH,
    LUNCH,
    MOVED,
    NEXT,
    PENDING,
    QUEUED,
    ROUTE_COST,
    SAVED,
    SERVICE,
    SHIFTED,
    START,
    TAIL,
    TAKEN,
    TASKS_END,
    TOUCHED,
    TRAVEL,
    TRIED,
    TURN,
    TURNS_END,
    UNDONE,
    UNSERVED,
    Array,
)  # fmt: skip
from bandeng.care.planner.engine.timing import (
    clear_marks,
    forget_starts,
    moment_cost,
    propagate,
    rescan_worst,
)
from bandeng.care.planner.engine.trial import attempt, whole_cost

RENUMBERED = 16  # moves kept between two numberings of the keys: few enough to halve them


@compiled
def empty(n: Array, f: Array) -> None:
    """Forget all routes and sums."""
    for k in range(n[1, ITEMS_END], n[1, TURNS_END]):
        n[k, HEAD] = -1
        n[k, TAIL] = -1
        f[k, SERVICE] = 0.0
        f[k, TRAVEL] = 0.0
    for total in range(SAVED):
        f[1, total] = 0.0
    for o in range(FIRST_ROW, n[1, TASKS_END]):
        n[o, IN_LOG] = 0
    for it in range(n[1, TASKS_END], n[1, ITEMS_END]):
        n[it, QUEUED] = 0
    n[0, PENDING] = 0
    n[0, TOUCHED] = 0
    n[0, UNDONE] = 0
    n[0, SHIFTED] = 0
    n[0, CLOCK] += 1


@compiled
def fill(n: Array, f: Array, order: Array, queue: Array, price: Array) -> None:
    """Link every item into the order of work, and every task into its turn."""
    n[0, EARLIEST] = -1
    for x in range(order.shape[0]):
        put_in(n, order[x], order[x - 1] if x else -1)
    number_keys(n, f)
    for x in range(order.shape[0]):
        for z in range(2):
            o = n[order[x], z]
            if o >= 0:
                k = n[o, TURN]
                link(n, o, k, n[k, TAIL])
                f[1, ALL_STATIC] += price[o, n[k, COLUMN]]
                f[o, START] = f[o, EARLY]
    for o in range(FIRST_ROW, n[1, TASKS_END]):
        mark(n, f, queue, o)


@compiled
def book(n: Array, f: Array, travel: Array) -> None:
    """Sum up travel and service of every turn."""
    for k in range(n[1, ITEMS_END], n[1, TURNS_END]):
        o = n[k, HEAD]
        while o >= 0:
            d = leg(n, travel, before(n, o), o, k) if n[o, KIND] != LUNCH else 0.0
            if k != n[1, UNSERVED] and n[o, KIND] != LUNCH:
                if after(n, o) < 0:
                    d += leg(n, travel, o, -1, k)
                f[k, TRAVEL] += d
                f[k, SERVICE] += f[o, LENGTH]
                f[1, ALL_TRAVEL] += d
            o = n[o, NEXT]


@compiled
def sum_up(n: Array, f: Array, travel: Array, price: Array, lists: Array) -> None:
    """Compute every total."""
    for o in range(FIRST_ROW, n[1, TASKS_END]):
        f[1, ALL_LATE] += moment_cost(n, f, price, o, f[o, START])
    rescan_worst(n, f, price)
    if n[1, HAS_ROUTES]:
        for k in range(n[1, ITEMS_END], n[1, UNSERVED]):
            cost_turn(n, f, travel, price, k)
            f[1, ALL_ROUTES] += f[k, ROUTE_COST]
        f[1, ALL_SHARED] = cost_shared(n, f)
    if n[1, HAS_SERIES]:
        for c in range(n[1, TURNS_END], n[1, GROUPS_END]):
            f[c, GROUP_COST] = cost_client(n, f, lists, c)
            f[1, ALL_SERIES] += f[c, GROUP_COST]
    f[1, COST] = whole_cost(f)


@entry
def build(
    n: Array,
    f: Array,
    w: Array,
    order: Array,
    queue: Array,
    travel: Array,
    price: Array,
    lists: Array,
) -> bool:
    """Compute everything from the order of work and each task's turn.

    Returns: False where an ordered pair cannot be kept.
    """
    empty(n, f)
    fill(n, f, order, queue, price)
    book(n, f, travel)
    fine = propagate(n, f, w, queue, travel, price)
    clear_marks(n, queue)
    forget_starts(n, w)
    f[1, ALL_LATE] = 0.0
    sum_up(n, f, travel, price, lists)
    return fine


@compiled
def write_move(
    n: Array,
    f: Array,
    w: Array,
    travel: Array,
    price: Array,
    lists: Array,
    free: Array,
    mix: Array,
    limit: float,
) -> None:
    """Draw a kind of move and write one down."""
    kind = np.random.random()
    n[0, MOVED] = 0
    n[0, AIMS] = 0
    if kind < mix[0]:
        relocate(n, f, w, travel, price, lists, free, limit)
    elif kind < mix[1]:
        change_carer(n, w, price, lists, free)
    elif kind < mix[2]:
        shift_order(n, w, free)
    elif kind < mix[3]:
        swap(n, f, w, price, lists, free)
    elif kind < mix[4]:
        move_visit(n, w, price, lists, free)
    elif kind < mix[5]:
        exchange(n, f, w, price, lists, free)
    else:
        drop(n, w, price, lists, free)


@compiled
def keep(n: Array, best_order: Array, best_turn: Array) -> None:
    """Copy the plan."""
    it = n[0, EARLIEST]
    for x in range(best_order.shape[0]):
        best_order[x] = it
        it = n[it, LATER]
    for o in range(best_turn.shape[0]):
        best_turn[o] = n[FIRST_ROW + o, TURN]


@entry
def anneal(
    n: Array,
    f: Array,
    w: Array,
    queue: Array,
    travel: Array,
    price: Array,
    lists: Array,
    free: Array,
    mix: Array,
    seed: int,
    heat: float,
    trials: int,
    best: float,
    best_order: Array,
    best_turn: Array,
) -> float:
    """Try moves at one temperature; the best plan seen is kept in `best_order`, `best_turn`.

    Returns: the best cost seen, at most `best`.
    """
    np.random.seed(seed)
    for _trial in range(trials):
        limit = f[1, COST] - heat * np.log(np.random.random() + 1e-300)
        write_move(n, f, w, travel, price, lists, free, mix, limit)
        if n[0, MOVED] == 0:
            continue
        n[0, TRIED] += 1
        if attempt(n, f, w, queue, travel, price, lists, limit):
            n[0, TAKEN] += 1
            if n[0, TAKEN] % RENUMBERED == 0:
                number_keys(n, f)
            if f[1, COST] < best - 1e-7:
                best = f[1, COST]
                keep(n, best_order, best_turn)
    return best
