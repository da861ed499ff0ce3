"""Run with NUMBA_DISABLE_JIT=1: change the propagation, plan, and see that somebody notices.

Prints every change that nobody noticed.
"""

import importlib
import sys
import types
from pathlib import Path

from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.timetable import routes_of
from bandeng.care.tests import small

ENGINE = "bandeng.care.planner.engine"
CHANGES = (
    ("if z < f[o, EARLY]:", "if False:"),
    ("max(reach(n, f, travel, a), reach(n, f, travel, b))", "reach(n, f, travel, a)"),
    ("base + f[b, LEAST]", "base"),
    ("max(base, t - f[b, MOST])", "base"),
    ("        mark(n, dirty, q)\n    return True", "        pass\n    return True"),
    ("f[o, START] = f[o, OLD_START]", "pass"),
    ("ready = t + length + way", "ready = t + length"),
    ("latest = price[o, j + 1]", "latest = price[o, j]"),
    ("f[p, START] + f[p, LENGTH] + travel", "f[p, START] + travel"),
)  # fmt: skip


def load_with(change):
    """Import the engine with one change in its propagation."""
    for name in [name for name in sys.modules if name.startswith(ENGINE)]:
        del sys.modules[name]
    for name in ("planning", "search"):
        sys.modules.pop(f"bandeng.care.planner.{name}", None)
    package = importlib.import_module(ENGINE)
    source = Path(package.__path__[0], "timing.py").read_text()
    if change is not None:
        assert change[0] in source, change
        source = source.replace(*change)
    module = types.ModuleType(f"{ENGINE}.timing")
    sys.modules[module.__name__] = module
    setattr(package, "timing", module)  # noqa: B010
    exec(compile(source, "timing.py", "exec"), module.__dict__)
    return importlib.import_module("bandeng.care.planner.search")


def noticed(change):
    """Plan small days; tell whether evaluator or timetable contradict."""
    search = load_with(change)
    track = importlib.import_module(f"{ENGINE}.track")
    for seed in range(8):
        instance = small.read(small.day(seed=seed, visits=7, carers=3, far=seed > 4))
        try:
            found = search.solve(
                instance=instance, seed=seed, workers=1, budget=track.Budget(trials=250),
                rounds=(search.Round(1.0, (60.0, 10.0)),),
            )  # fmt: skip
        except (search.Disagreement, IndexError):
            return True
        again = small.timed(instance=instance, routes=routes_of(plan=found.plan))
        cost = evaluate(instance=instance, plan=again).cost
        if found.assessment.violations or abs(cost - found.assessment.cost) > 1e-6:
            return True
    return False


if __name__ == "__main__":
    assert not noticed(None), "the engine as it is contradicts the evaluator"
    print([change for change in CHANGES if not noticed(change)])  # noqa: T201
