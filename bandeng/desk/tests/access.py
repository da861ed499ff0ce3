"""Who may open the desk's addresses: Alice, Bob, Charlie, Dora, nobody."""

IN, NO = (200, 200, 200, 200, 302), (403, 403, 403, 403, 302)
AWAY = (302,) * 5
ACCESS = {
    "desk:start": {"GET": IN},
    "desk:behind": {"GET": NO},  # officers only
    "desk:inbox": {"GET": IN},
    "desk:read-all": {"POST": AWAY},
    "desk:read": {"POST": (302, 404, 404, 404, 302)},
    "desk:health": {"GET": NO},  # administrators only
    "desk:healthz": {"GET": (200,) * 5},
}


def values(world):
    return {"desk:behind": {"key": "open"}, "desk:read": {"token": world.told.token}}
