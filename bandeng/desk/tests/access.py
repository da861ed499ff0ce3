"""Who may open the desk's addresses: Alice, Bob, Charlie, Dora, nobody."""

IN, NO = (200, 200, 200, 200, 302), (403, 403, 403, 403, 302)
AWAY = (302,) * 5
ABOUT_ALICE = (403, 403, 404, 404, 302)  # administrators only; others do not even see her
ACCESS = {
    "desk:start": {"GET": IN},
    "desk:behind": {"GET": NO},  # officers only
    "desk:inbox": {"GET": IN},
    "desk:read-all": {"POST": AWAY},
    "desk:read": {"POST": (302, 404, 404, 404, 302)},
    "desk:copy": {"POST": IN},
    "desk:erase": {"GET": ABOUT_ALICE, "POST": ABOUT_ALICE},
    "desk:health": {"GET": NO},  # administrators only
    "desk:healthz": {"GET": (200,) * 5},
}


def values(world):
    return {
        "desk:erase": {"pk": world.people["Alice"].pk},
        "desk:behind": {"key": "open"},
        "desk:read": {"token": world.told.token},
    }


def data(world):
    return {"desk:copy": {"format": "json"}}
