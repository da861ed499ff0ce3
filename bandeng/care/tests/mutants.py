"""Run with NUMBA_DISABLE_JIT=1: change the engine, plan, and see that somebody notices.

Prints every change that nobody noticed. Words name files whose changes are tried; none: all.
"""

import importlib
import sys
import types
from pathlib import Path

from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.generating import generate_month
from bandeng.care.planner.timetable import routes_of
from bandeng.care.tests import small

ENGINE = "bandeng.care.planner.engine"
CHANGES = {
    "timing": (
        ("if z < f[o, EARLY]:", "if False:"),
        ("max(reach(n, f, travel, a), reach(n, f, travel, b))", "reach(n, f, travel, a)"),
        ("base + f[b, LEAST]", "base"),
        ("max(base, t - f[b, MOST])", "base"),
        ("    if start_at(n, f, w, queue, price, a, t) or t > base:", "    if t > base:"),
        ("        mark(n, f, queue, q)\n    return True", "        pass\n    return True"),
        ("f[o, START] = f[o, OLD_START]", "pass"),
        ("f[o, READY] = f[o, OLD_READY]", "pass"),
        ("f[o, LENGTH] = f[o, OLD_LENGTH]", "pass"),
        ("ready = t + length + way", "ready = t + length"),
        ("t, ready, length = here, here + way, 0.0", "t, ready, length = here, here, 0.0"),
        ("        mark(n, f, queue, n[o, NEXT])\n    f[o, START] = t", "        pass\n    f[o, START] = t"),
        ("latest = price[o, j + 1]", "latest = price[o, j]"),
        ("late > wait * (f[0, P_WAIT] + 0.1)", "False"),
        ("f[p, START] + f[p, LENGTH] + travel", "f[p, START] + travel"),
        ("        return f[p, READY]", "        return f[p, START] + f[p, LENGTH]"),
        ("return f[k, OPENS] + travel[n[k, FROM], n[o, PLACE]]", "return f[k, OPENS]"),
        ("            rescan_worst(n, f, price)\n            return", "            return"),
    ),
    "routes": (
        ("        return f[o, START] - f[p, READY]", "        return 0.0"),
        ("    if n[o, KIND] != SINGLE or", "    if"),
        ("room = min(room, waits + leeway(n, f, price, o))", "room = waits + leeway(n, f, price, o)"),
        ("return min(room, waits)", "return room"),
        ("        later = max(0.0, later - wait)\n", ""),
        ("f[0, P_WAIT] * (waited - later)", "f[0, P_WAIT] * waited"),
        ("waited - uncounted)", "waited)"),
        (" and not lunch_first(n, f, k)", ""),
        ("over = max(0.0, back - f[k, CLOSES])", "over = back - f[k, CLOSES]"),
        ("        f[k, ROUTE_COST] = f[k, OLD_COST]", "        pass"),
        ("        f[k, IDLE] = f[k, OLD_IDLE]", "        pass"),
        ("        f[k, WAIT] = f[k, OLD_WAIT]", "        pass"),
        ("        length -= f[0, LUNCH_MINUTES]", "        pass"),
        ("    uneven = n[1, RESTING] * np.ceil(mean - 1e-9)", "    uneven = 0.0"),
    ),
    "links": (
        ("    f[1, ALL_STATIC] -= price[o, n[k, COLUMN]]", "    pass"),
        ("    if p >= 0 and n[p, KIND] == LUNCH:\n        return n[p, PREV]\n", ""),
        ("        f[k, SERVICE] += sign * f[o, LENGTH]", "        pass"),
        ("    if p >= 0 and n[p, KIND] == LUNCH:\n        mark(n, f, queue, p)\n", ""),
        ("        put_in(n, it, w[i, SHIFT_AFTER])", "        put_in(n, it, -1)"),
        ("        set_key(n, f, it, f[it, OLD_KEY])", "        pass"),
        ("            carry(n, f, travel, o, k, 1.0)\n", "            pass\n"),
    ),
    "trial": (
        ("        + f[0, P_WORST] * f[1, WORST]", "        + f[1, WORST]"),
        ("        f[1, total] = f[1, SAVED + total]", "        pass"),
        ("    n[0, WORST_TASK] = n[0, SAVED_WORST]", "    pass"),
        ("        update_worst(n, f, w, price)", "        pass"),
    ),
    "series": (
        ("beyond = different - n[c, NEEDED]", "beyond = different - 1"),
        ("1.0 + FURTHER * (beyond - 1)", "float(beyond)"),
        ("gap - n[c, MOST_DAYS])", "gap)"),
        ("n[c, LEAST_DAYS] * twice_a_day(n, lists, c)", "0"),
        ("last - first - f[0, TOLERANCE]", "last - first"),
        ("        f[c, GROUP_COST] = f[c, OLD_GROUP_COST]", "        pass"),
        ("            change_client(n, f, w, lists, n[w[i, LOG_TASK], SERIES])", "            pass"),
    ),
}  # fmt: skip


def load_with(file, change):
    """Import the engine with one change in one of its files."""
    for name in [name for name in sys.modules if name.startswith(ENGINE)]:
        del sys.modules[name]
    for name in ("planning", "search", "tracks", "rounds"):
        sys.modules.pop(f"bandeng.care.planner.{name}", None)
    package = importlib.import_module(ENGINE)
    source = Path(package.__path__[0], f"{file}.py").read_text()
    if change is not None:
        assert change[0] in source, (file, change)
        source = source.replace(*change)
    module = types.ModuleType(f"{ENGINE}.{file}")
    sys.modules[module.__name__] = module
    setattr(package, file, module)
    exec(compile(source, file, "exec"), module.__dict__)
    planning = importlib.import_module("bandeng.care.planner.planning")
    search = importlib.import_module("bandeng.care.planner.search")
    return search, planning


def days():
    """Give small days with every feature, two made for one rule each, and a month."""
    for seed in range(8):
        raw = small.day(seed=seed, visits=7, carers=3, far=seed > 4, at_end=seed == 3)
        if seed % 2:
            raw["metadata"]["cost_components"] |= {"max_waiting_time": 3, "workload_balance": 2}
        yield small.read(raw)
    yield small.read(small.two_visits(lunch=False))
    yield small.read(small.two_visits(lunch=True, later=260))
    raw = generate_month(visits=30, seed=1)
    raw["cost_components"] |= {"workload_balance": 1, "highest_tardiness": 1, "max_waiting_time": 1}
    raw["caregivers"][-1]["days"] = []
    yield small.read(raw)


def noticed(file, change):
    """Move at random; tell whether what moves left, evaluator or timetable contradict."""
    search, planning = load_with(file, change)
    track = importlib.import_module(f"{ENGINE}.track")
    annealing = importlib.import_module(f"{ENGINE}.annealing")
    try:
        for instance in days():
            one, other = (_laid_out(search, planning, track, instance) for _memory in range(2))
            best = track.snapshot(search=one)
            for seed in range(24):
                heat, trials = ((1e4, 6), (1.0, 20))[seed % 2]  # most are kept, most are taken back
                annealing.anneal(*one.state, seed, heat, trials, best.cost, best.order, best.turn)
                if not _holds(search, track, one, other):
                    return True
    except (search.Disagreement, IndexError, ValueError):
        return True
    return False


def _laid_out(search, planning, track, instance):
    start = planning.start_of(instance=instance, budget=track.Budget(trials=1))
    memory = search.build_search(instance=instance)
    search.first_plan(search=memory, given=start.given)
    track.restore(search=memory, best=track.snapshot(search=memory))
    return memory


def _holds(search, track, one, other):
    """Compare a memory with one that is built anew, and its plan with the evaluator's."""
    now = track.snapshot(search=one)
    if not track.restore(search=other, best=now):
        return False
    if not all(abs(one.state.f[1, :8] - other.state.f[1, :8]) <= 1e-6):
        return False
    plan = search.plan_of(search=other)
    search.checked(instance=one.instance, plan=plan, cost=now.cost)
    return _timed_alike(one.instance, plan)


def _timed_alike(instance, plan):
    found = evaluate(instance=instance, plan=plan)
    again = small.timed(instance=instance, routes=routes_of(plan=plan))
    cost = evaluate(instance=instance, plan=again).cost
    return not found.violations and abs(cost - found.cost) <= 1e-6


if __name__ == "__main__":
    assert not noticed("timing", None), "the engine as it is contradicts the evaluator"
    files = sys.argv[1:] or list(CHANGES)
    print([(f, c) for f in files for c in CHANGES[f] if not noticed(f, c)])  # noqa: T201
