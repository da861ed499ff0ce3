"""Who may open each address, by method: every room's own table, `tests/access.py` there.

    ACCESS = {"cases:close": {"GET": (403, 200, 404, 404, 302), "POST": (…)}}

The columns are Alice (whose it is), Bob (whose work it is), Charlie (a stranger), Dora (the
near miss: Bob's role elsewhere) and nobody signed in. A method that is not named is refused.
`values(world)` gives the parts of an address, by name: {"cases:close": {"pk": 7}};
`data(world)`, if there is any, what is posted, by name. A GET that may write is named in
`WRITES_ON_GET`, with its reason.
"""

from importlib import import_module, util

from tests.world import ROOMS

PERSONS = ("Alice", "Bob", "Charlie", "Dora", None)
MODULES = [
    import_module(f"bandeng.{room}.tests.access")
    for room in ROOMS
    if util.find_spec(f"bandeng.{room}.tests.access")
]
ACCESS = {name: row for module in MODULES for name, row in module.ACCESS.items()}
WRITES_ON_GET = {
    name: why for module in MODULES for name, why in getattr(module, "WRITES_ON_GET", {}).items()
}


def _gathered(part, world):
    return {
        key: value
        for module in MODULES
        for key, value in getattr(module, part, lambda world: {})(world).items()
    }


def values(world):
    return _gathered("values", world)


def data(world):
    return _gathered("data", world)
