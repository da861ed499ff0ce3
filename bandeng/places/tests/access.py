"""Who may open the addresses of places: Alice, Bob, Charlie, Dora, nobody.

Alice owns a home here, but keeps no register; Bob keeps it, Dora keeps another community's.
"""

import io
from datetime import date
from typing import Any

from bandeng.places import actions
from bandeng.places.models import AliasKind, HomeCondition
from bandeng.trail.rules import HOUSE

BOB, DONE = (404, 200, 404, 404, 302), (404, 302, 404, 404, 302)
STAFF, CLOSED = (403, 200, 403, 200, 302), (403, 403, 403, 403, 302)
FORM = {"GET": BOB, "POST": DONE}
ACCESS = {
    "places:estates": {"GET": STAFF},
    "places:add-estate": {"GET": CLOSED, "POST": CLOSED},
    "places:estate": {"GET": BOB},
    "places:change-estate": FORM,
    "places:homes": {"GET": BOB},
    "places:add-building": FORM,
    "places:import-roster": FORM,
    "places:check-roster": FORM,
    "places:roster-template": {"GET": STAFF},
    "places:building": {"GET": BOB},
    "places:add-alias": FORM,
    "places:remove-alias": FORM,
    "places:set-management": FORM,
    "places:home": {"GET": BOB},
    "places:change-home": FORM,
    "places:set-state": FORM,
    "places:end-state": FORM,
    "places:areas": {"GET": (404, 200, 404, 200, 302)},
    "places:add-area": {"GET": CLOSED, "POST": CLOSED},
    "places:rename-area": {"GET": (404, 403, 404, 404, 302), "POST": (404, 403, 404, 404, 302)},
    "places:calendar": {"GET": CLOSED},
    "places:calendar-year": {"GET": CLOSED, "POST": CLOSED},
    "places:calendar-day": {"GET": CLOSED, "POST": CLOSED},
}
ROSTER = "楼栋,单元,房号\n5栋,1单元,101\n".encode()


class AgainAndAgain(io.BytesIO):
    """A file that every person can send."""

    name = "名册.csv"

    def read(self, size=-1):
        self.seek(0)
        return super().read(size)


def values(world):
    by: Any = {"by": HOUSE, "at": world.now}
    alias = world.building.aliases.first() or actions.add_alias(
        building=world.building, kind=AliasKind.SALES, number="A3", **by
    )
    state = world.home.states.first() or actions.set_state(
        home=world.home,
        condition=HomeCondition.SOLD,
        since_on=date(2020, 1, 1),
        source="合同",
        **by,
    )
    upload = world.estate.uploads.first() or actions.keep_upload(
        estate=world.estate, file_name="名册.csv", content=ROSTER, **by
    )
    pk = {
        world.estate: "estate change-estate homes add-building import-roster",
        world.building: "building add-alias set-management",
        world.home: "home change-home set-state",
        alias: "remove-alias",
        state: "end-state",
        world.here: "rename-area",
    }
    found = {f"places:{name}": {"pk": it.pk} for it, names in pk.items() for name in names.split()}
    return found | {
        "places:check-roster": {"token": upload.token},
        "places:calendar-year": {"year": 2026},
    }


def data(world):
    since = {"since_on": "2024-03-01"}
    return {
        "places:change-estate": {"name": "槐树园", "area": world.here.pk},
        "places:add-building": {"number": "9"},
        "places:import-roster": {"file": AgainAndAgain(ROSTER)},
        "places:check-roster": {"answer": "yes"},
        "places:add-alias": {"kind": "police", "number": "12"},
        "places:set-management": {"status": "nobody", **since},
        "places:change-home": {"floor": 15, "floor_area": "88.51", "area_source": "register"},
        "places:set-state": {"condition": "sealed", "source": "裁定", **since},
        "places:end-state": {"until_on": "2024-03-01"},
    }
