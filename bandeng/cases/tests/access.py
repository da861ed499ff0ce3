"""Who may open the room's addresses: Alice reported, Bob answers for the place.

A secret link is the key itself: whoever has it may open it. Verbs that the case's state does
not allow at this moment are 403 for those who see the case (tests/test_journeys.py walks on).
"""

EVERYBODY = (200, 200, 200, 200, 200)
NOBODY = (404, 404, 404, 404, 404)
THANKED = (302, 302, 302, 302, 302)
HIDDEN = (403, 403, 404, 404, 302)  # of a seen case, but not now or not for them
OFFICE = (403, 200, 403, 200, 302)  # work that every community worker has

SHOWN = {"GET": EVERYBODY}
FORM = {"GET": EVERYBODY, "POST": THANKED}
LOCKED = {"GET": HIDDEN, "POST": HIDDEN}
SCOPE = {"GET": (403, 200, 404, 404, 302), "POST": (403, 302, 404, 404, 302)}
OFFICERS = {"GET": (403, 403, 403, 403, 302)}
OFFICERS_FORM = OFFICERS | {"POST": OFFICERS["GET"]}

ACCESS = {
    "cases:where": SHOWN,
    "cases:report": FORM,
    "cases:me_too": {"GET": NOBODY, "POST": NOBODY},  # reported too long ago
    "cases:lookup": FORM,
    "cases:status": SHOWN,
    "cases:slip": SHOWN,
    "cases:status_answer": {"GET": EVERYBODY, "POST": EVERYBODY},  # refused: no result yet
    "cases:status_message": FORM,
    "cases:status_photos": {"GET": EVERYBODY, "POST": EVERYBODY},  # no file: shown again
    "cases:status_photo": {"GET": NOBODY},
    "cases:status_again": {"GET": EVERYBODY, "POST": EVERYBODY},  # refused: still open
    "cases:status_withdraw": FORM,
    "cases:list": {"GET": (200, 200, 200, 200, 302)},
    "cases:mine": {"GET": (200, 200, 200, 200, 302)},
    "cases:enter": {"GET": OFFICE, "POST": (403, 302, 403, 200, 302)},  # not Dora's estate
    "cases:rates": {"GET": OFFICE},
    "cases:posters": {"GET": OFFICE},
    "cases:poster": {"GET": (404, 200, 404, 404, 302)},
    "cases:poster_pdf": {"GET": (404, 200, 404, 404, 302)},
    "cases:published": SHOWN,
    "cases:published_case": {"GET": NOBODY},  # nobody has signed for it
    "cases:categories": OFFICERS,
    "cases:add_category": OFFICERS_FORM,
    "cases:end_category": OFFICERS_FORM,
    "cases:rules": OFFICERS,
    "cases:add_rule": OFFICERS_FORM,
    "cases:end_rule": OFFICERS_FORM,
    "cases:unmask": {"GET": (403, 200, 404, 404, 302), "POST": (403, 200, 404, 404, 302)},
    "cases:answer_for": LOCKED,
    "cases:detail": {"GET": (302, 200, 404, 404, 302)},  # Alice: to her status page
    "cases:photo": {"GET": (404, 404, 404, 404, 302)},
    "cases:route": SCOPE,
    "cases:accept": LOCKED,
    "cases:dispute": LOCKED,
    "cases:start": LOCKED,
    "cases:wait": LOCKED,
    "cases:make_safe": LOCKED,
    "cases:result": LOCKED,
    "cases:ask": LOCKED,
    "cases:close": LOCKED,
    "cases:reopen": LOCKED,
    "cases:set_aside": LOCKED,
    "cases:merge": {"GET": SCOPE["GET"], "POST": (403, 200, 404, 404, 302)},  # no such number
    "cases:describe": SCOPE,
    "cases:place": SCOPE,
    "cases:buildings": SCOPE,
    "cases:publish": LOCKED,
    "cases:unpublish": LOCKED,
    "cases:comment": SCOPE,
    "cases:photos": {"GET": SCOPE["GET"], "POST": (403, 200, 404, 404, 302)},  # no file
}
BY_CASE = {name for name, row in ACCESS.items() if row in (LOCKED, SCOPE)}
BY_CASE |= {"cases:merge", "cases:photos", "cases:detail", "cases:published_case"}
BY_REPORT = {"cases:unmask", "cases:answer_for"}
SECRET = {name for name in ACCESS if name.startswith("cases:status")} | {"cases:slip"}


def values(world):
    place = {"place": world.building.token}
    return (
        {name: {"number": world.case.number} for name in BY_CASE - BY_REPORT}
        | {name: {"number": world.report.number} for name in BY_REPORT}
        | {name: {"secret": world.secret} for name in SECRET}
        | {
            "cases:report": place,
            "cases:poster": place,
            "cases:poster_pdf": place,
            "cases:me_too": place | {"number": world.case.number},
            "cases:status_photo": {"secret": world.secret, "photo": world.building.token},
            "cases:photo": {"number": world.case.number, "photo": world.building.token},
            "cases:end_category": {"token": world.lamps.token},
            "cases:end_rule": {"token": world.rule.token},
        }
    )


def data(world):
    report = {"category": "other", "danger": "no", "text": "灯坏了"}
    return {
        "cases:report": report | {"client_id": world.building.token},
        "cases:me_too": {"text": "", "client_id": world.estate.token},
        "cases:lookup": {"number": world.report.number, "phone": "13800000001"},
        "cases:status_answer": {"solved": "yes", "satisfied": "yes"},
        "cases:status_message": {"text": "还没好"},
        "cases:status_again": {"reason": "还没好"},
        "cases:enter": {"where": "槐园3栋", "text": "来电反映灯坏了", "channel": "phone"},
        "cases:unmask": {"reason": "回访"},
        "cases:route": {"organisation": world.subdistrict.pk},
        "cases:describe": {"title": "槐园3栋楼道灯", "kind": "complaint"},
        "cases:place": {"area": world.here.pk, "place": "槐路公交站"},
        "cases:buildings": {"buildings": [world.building.pk]},
        "cases:merge": {"into": "20200101-003001-9"},
        "cases:comment": {"text": "已联系物业", "audience": "internal"},
    }
