"""Alice, Bob, Charlie, Dora, Erin, Frank and Ivy, and whom they work for."""

from datetime import date

from bandeng.people import actions
from bandeng.people.models import ConsentText, OrganisationKind, Purpose, RelationKind, Role
from bandeng.places.tests.world import ELSEWHERE, HERE, SUBDISTRICT
from bandeng.trail.rules import HOUSE

SINCE = date(2020, 1, 1)
NAMES = ("Alice", "Bob", "Charlie", "Dora", "Erin", "Frank", "Ivy")


def furnish(world):
    by = {"by": HOUSE, "at": world.now}
    world.people = {
        name: actions.enrol_person(name=name, phone=f"+861380000000{n}", verified=True, **by)
        for n, name in enumerate(NAMES, start=1)
    }

    def organisation(name, kind, area_code):
        return actions.add_organisation(name=name, kind=kind, area_code=area_code, **by)

    kinds = OrganisationKind
    world.community = organisation("甲社区居委会", kinds.COMMUNITY, HERE)
    world.other_community = organisation("乙社区居委会", kinds.COMMUNITY, ELSEWHERE)
    world.subdistrict = organisation("某街道办事处", kinds.SUBDISTRICT, SUBDISTRICT)
    world.company = organisation("某物业公司", kinds.PROPERTY_COMPANY, HERE)
    for name, where, role in (
        ("Bob", world.community, Role.COMMUNITY_WORKER),
        ("Dora", world.other_community, Role.COMMUNITY_WORKER),
        ("Erin", world.subdistrict, Role.OFFICER),
        ("Frank", world.company, Role.HANDLER),
        ("Ivy", world.subdistrict, Role.ADMINISTRATOR),
    ):
        actions.assign_role(
            person=world.people[name], organisation=where, role=role, since_on=SINCE, **by
        )
    actions.give_consent(
        person=world.people["Alice"], text=ConsentText.objects.get(purpose=Purpose.ACCOUNT), **by
    )
    actions.relate_home(
        person=world.people["Alice"],
        home=world.home,
        kind=RelationKind.OWNER,
        since_on=SINCE,
        source="名册",
        **by,
    )
