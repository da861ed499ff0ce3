"""What each action of this room is called with (tests/test_actions.py)."""

from datetime import date

from bandeng.people.models import Assignment, OrganisationKind, RelationKind, Role
from bandeng.trail.rules import HOUSE

TODAY = date(2024, 3, 1)


def acts(world):
    charlie = world.people["Charlie"]
    given = {
        "enrol_person": {"name": "Eve", "phone": "+8613800000099"},
        "add_organisation": {"name": "某开发商", "kind": OrganisationKind.DEVELOPER},
        "assign_role": {
            "person": charlie,
            "organisation": world.community,
            "role": Role.GRID_WORKER,
            "since_on": TODAY,
        },
        "end_role": {
            "assignment": Assignment.objects.get(person=world.people["Bob"]),
            "until_on": TODAY,
        },
        "relate_home": {
            "person": charlie,
            "home": world.home,
            "kind": RelationKind.OCCUPANT,
            "since_on": TODAY,
            "source": "登门",
        },
    }
    return {name: {**arguments, "by": HOUSE} for name, arguments in given.items()}
