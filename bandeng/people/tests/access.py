"""Who may open the people's addresses: Alice, Bob, Charlie, Dora, nobody."""

from bandeng.people.models import HomeRelation, Purpose

WORK = (403, 200, 403, 200, 302)  # who works for the office
ALICES = (200, 200, 404, 404, 302)  # about Alice: herself, and who answers for her home
KEEPS = (403, 200, 404, 404, 302)
KEPT = (403, 302, 404, 404, 302)
NO = (403, 403, 404, 404, 302)  # about Alice, administrators only
ALL, IN, OUT = (200,) * 5, (200, 200, 200, 200, 302), (302, 302, 302, 302, 200)
AWAY = (302,) * 5
GONE = (404, 404, 404, 404, 302)
ACCESS = {
    # whoever is in already is sent to their start page
    "account_login": {"GET": OUT, "POST": OUT},
    "account_request_login_code": {"GET": OUT, "POST": OUT},  # no text messages here
    "account_confirm_login_code": {"GET": AWAY, "POST": AWAY},  # nothing waits for a code
    "account_inactive": {"GET": ALL},
    "account_logout": {"GET": IN, "POST": AWAY},
    "account_reauthenticate": {"GET": IN, "POST": IN},
    "account_signup": {"GET": OUT, "POST": OUT},
    "people:sign-up-code": {"GET": AWAY, "POST": AWAY},
    "people:account": {"GET": IN},
    "people:password": {"GET": IN, "POST": (302,) * 5},
    "people:phone": {"GET": IN, "POST": IN},
    "people:phone-code": {"GET": AWAY, "POST": AWAY},
    "people:email": {"GET": IN, "POST": IN},
    "people:email-code": {"GET": AWAY, "POST": AWAY},
    "people:preferences": {"GET": IN, "POST": AWAY},
    "people:add-passkey": {"GET": IN, "POST": AWAY},  # signed in by neither password nor code
    "people:remove-passkey": {"GET": GONE, "POST": GONE},  # another's
    "people:consent": {"POST": AWAY},
    "people:people": {"GET": WORK},
    "people:find": {"GET": WORK, "POST": (403, 302, 403, 200, 302)},
    "people:add": {"GET": WORK, "POST": (403, 302, 403, 302, 302)},
    "people:person": {"GET": ALICES},
    "people:change": {"GET": KEEPS, "POST": KEPT},
    "people:unmask": {"POST": KEEPS},
    "people:relate": {"GET": KEEPS, "POST": KEPT},
    "people:end-relation": {"GET": KEEPS, "POST": KEPT},
    "people:assign": {"GET": NO, "POST": NO},
    "people:end-role": {"GET": NO, "POST": NO},
    "people:lock": {"GET": NO, "POST": NO},
    "people:texts": {"GET": (403, 403, 403, 403, 302), "POST": (403, 403, 403, 403, 302)},
    "people:organisations": {"GET": IN},
    "people:add-organisation": {
        "GET": (403, 403, 403, 403, 302),
        "POST": (403, 403, 403, 403, 302),
    },
    "people:organisation": {"GET": (404, 200, 404, 200, 302)},
    "people:change-organisation": {
        "GET": (404, 403, 404, 403, 302),
        "POST": (404, 403, 404, 403, 302),
    },
}


def values(world):
    alice = {"pk": world.people["Alice"].pk}
    relation = HomeRelation.objects.get(person=world.people["Alice"])
    company = {"pk": world.company.pk}
    about = ("person", "change", "unmask", "relate", "assign", "lock")
    return {
        "people:consent": {"purpose": Purpose.SHARING},
        "people:end-relation": {**alice, "relation": relation.pk},
        "people:end-role": {**alice, "role": 1},
        "people:remove-passkey": {"pk": 1},
        "people:organisation": company,
        "people:change-organisation": company,
    } | {f"people:{name}": alice for name in about}


def data(world):
    phone = {"phone": "138 0000 0077"}
    new = "乌云散去终见青天"
    return {
        "account_login": {"login": "138 0000 0001", "password": "x"},
        "account_request_login_code": phone,
        "account_reauthenticate": {"GET": IN, "POST": IN},
        "account_signup": {"name": "Eve", "agreed": "on", **phone},
        "people:password": {"new": new, "again": new},
        "people:phone": phone,
        "people:email": {"address": "a@example.org"},
        "people:preferences": {"language": "en", "elder_mode": "on"},
        "people:consent": {"give": "yes"},
        "people:find": {"number": "138 0000 0001"},
        "people:add": {"name": "赵钱"},
        "people:change": {"name": "Alice"},
        "people:unmask": {"reason": "回访"},
        "people:relate": {
            "estate": world.estate.pk,
            "home": "3-2-1502",
            "kind": "payer",
            "since_on": "2024-03-01",
            "source": "登门",
        },
        "people:end-relation": {"until_on": "2024-03-01"},
    }
