"""Who may open the people's addresses: Alice, Bob, Charlie, Dora, nobody."""

from bandeng.people.models import Purpose

ALL, IN, OUT = (200,) * 5, (200, 200, 200, 200, 302), (302, 302, 302, 302, 200)
AWAY = (302,) * 5
ACCESS = {
    # whoever is in already is sent to their start page
    "account_login": {"GET": OUT, "POST": OUT},
    "account_request_login_code": {"GET": OUT, "POST": AWAY},
    "account_confirm_login_code": {"GET": AWAY, "POST": AWAY},  # nothing waits for a code
    "account_inactive": {"GET": ALL},
    "account_logout": {"GET": IN, "POST": AWAY},
    "account_signup": {"GET": OUT, "POST": AWAY},
    "people:sign-up-code": {"GET": AWAY, "POST": AWAY},
    "people:account": {"GET": IN},
    "people:password": {"GET": IN, "POST": (302,) * 5},
    "people:phone": {"GET": IN, "POST": (302,) * 5},
    "people:phone-code": {"GET": AWAY, "POST": AWAY},
    "people:preferences": {"GET": IN, "POST": AWAY},
    "people:consent": {"POST": AWAY},
    "people:copy": {"POST": IN},
}


def values(world):
    return {"people:consent": {"purpose": Purpose.SHARING}}


def data(world):
    phone = {"phone": "138 0000 0077"}
    new = "乌云散去终见青天"
    return {
        "account_login": {"login": "138 0000 0001", "password": "x"},
        "account_request_login_code": phone,
        "account_signup": {"name": "Eve", "agreed": "on", **phone},
        "people:password": {"new": new, "again": new},
        "people:phone": phone,
        "people:preferences": {"language": "en", "elder_mode": "on"},
        "people:consent": {"give": "yes"},
        "people:copy": {"format": "json"},
    }
