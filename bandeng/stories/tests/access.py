"""Who may open the newsroom's addresses: the page is public."""

EVERYBODY = {"GET": (200, 200, 200, 200, 200)}
ACCESS = {
    "stories:front": EVERYBODY,
    "stories:pdf": EVERYBODY,
    "stories:story": EVERYBODY,
    "stories:figures": EVERYBODY,
    "stories:figure": EVERYBODY,
    "stories:figure-proof": EVERYBODY,
}


def values(world):
    return {
        "stories:story": {"slug": world.story.slug},
        "stories:figure": {"key": world.homes.key},
        "stories:figure-proof": {"key": world.homes.key},
    }
