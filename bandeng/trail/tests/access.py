"""The signed log is open to everybody; a cosignature is known by its signature."""

ALL = (200,) * 5
PAGES = (
    "log",
    "check",
    "check-file",
    "witness",
    "growth",
    "checkpoint",
    "witnessed",
    "keys",
    "key-changes",
    "tile",
    "now",
)
ACCESS = {f"trail:{name}": {"GET": ALL} for name in PAGES} | {
    "trail:cosignature": {"POST": (409,) * 5}
}


def values(world):
    return {
        "trail:tile": {"name": "0/000.p/1"},
        "trail:now": {"name": "000"},
        "trail:growth": {"old": 0, "size": 1},
    }
