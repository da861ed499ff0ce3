"""Who answers for which place on which day."""

from datetime import date

import pytest
from django.db import connection

from bandeng.people import permissions, reads
from bandeng.people.actions import assign_role, end_role
from bandeng.people.actions.organisations import RoleEnded
from bandeng.people.models import Organisation, Role
from bandeng.places.models import Estate
from bandeng.places.tests.world import ELSEWHERE, HERE, SUBDISTRICT
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY, TOMORROW = date(2024, 3, 1), date(2024, 2, 29), date(2024, 3, 2)


def assign(world, since_on=TODAY, role=Role.GRID_WORKER, **scope):
    return assign_role(
        person=world.people["Charlie"], organisation=world.community, role=role,
        since_on=since_on, **scope, by=HOUSE, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "area_code", "covered"),
    [
        ("Bob", HERE, True),
        ("Bob", ELSEWHERE, False),
        ("Dora", HERE, False),
        ("Erin", HERE, True),
        ("Erin", ELSEWHERE, True),
        ("Erin", SUBDISTRICT, True),
        ("Erin", "430203004001", False),
        ("Erin", "", False),
        ("Alice", HERE, False),
    ],
)
def test_a_scope_is_where_a_code_begins(people, name, area_code, covered):
    assert permissions.covers(person=people[name], area_code=area_code) is covered


def test_the_right_place_with_another_role_does_not_count(people):
    asked = {"area_code": HERE, "person": people["Bob"]}
    assert permissions.covers(roles={Role.COMMUNITY_WORKER}, **asked)
    assert not permissions.covers(roles={Role.OFFICER, Role.DIRECTOR}, **asked)


def test_a_role_begins_and_ends(world):
    charlie = world.people["Charlie"]

    def on(day):
        return permissions.covers(person=charlie, area_code=HERE, on=day)

    given = assign(world, since_on=TODAY)
    assert [on(YESTERDAY), on(TODAY), on(TOMORROW)] == [False, True, True]
    end_role(assignment=given, until_on=TOMORROW, by=HOUSE, at=NOW)
    charlie.__dict__.pop("held", None)  # as in the next request
    assert [on(YESTERDAY), on(TODAY), on(TOMORROW)] == [False, True, False]
    with pytest.raises(RoleEnded):
        end_role(assignment=given, until_on=TOMORROW, by=HOUSE, at=NOW)


def test_somebody_who_is_locked_out_has_no_role(people):
    bob = people["Bob"]
    bob.is_active = False
    assert permissions.roles(person=bob) == []


def test_an_assignment_to_one_estate_is_not_one_to_its_area(world):
    charlie = world.people["Charlie"]
    assign(world, estate=world.estate)
    assert permissions.covers(person=charlie, estate=world.estate)
    assert not permissions.covers(person=charlie, area_code=HERE)
    other = Estate(pk=0, area=world.here)
    assert not permissions.covers(person=charlie, estate=other)


def test_an_estate_is_also_covered_by_its_area(world):
    covered = {
        name for name, who in world.people.items()
        if permissions.covers(person=who, estate=world.estate)
    }  # fmt: skip
    assert covered == {"Bob", "Erin", "Frank", "Ivy"}  # in whatever role


def test_without_a_code_nothing_is_covered(world):
    world.community.area_code = ""
    assign(world)
    assert not permissions.covers(person=world.people["Charlie"], area_code=HERE)
    q = permissions.scope_q(person=world.people["Charlie"])
    assert not Organisation.objects.filter(q).exists()


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Bob", {"甲社区居委会", "某物业公司"}),
        ("Dora", {"乙社区居委会"}),
        ("Erin", {"甲社区居委会", "乙社区居委会", "某街道办事处", "某物业公司"}),
        ("Alice", set()),
    ],
)
def test_a_list_is_narrowed_to_the_scope(people, name, seen):
    q = permissions.scope_q(person=people[name])
    assert set(Organisation.objects.filter(q).values_list("name", flat=True)) == seen


def test_a_list_is_narrowed_to_an_estate(world):
    assign(world, estate=world.estate)
    q = permissions.scope_q(person=world.people["Charlie"], field="area__code", estate="pk")
    assert list(Estate.objects.filter(q)) == [world.estate]


def test_a_wider_scope_swallows_a_narrower_one(world):
    assign(world, area_code=HERE)
    assign(world, area_code=SUBDISTRICT)
    sql = str(
        Organisation.objects.filter(permissions.scope_q(person=world.people["Charlie"])).query
    )
    assert sql.count("LIKE") == 1


def test_the_beginning_of_a_code_is_looked_up_in_an_index(people):
    organisations = Organisation.objects.filter(permissions.scope_q(person=people["Bob"]))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "area_code_" in organisations.explain()
    assert "Index" in organisations.explain()


def test_one_query_however_often_one_asks(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        for area_code in (HERE, ELSEWHERE):
            permissions.covers(person=people["Bob"], area_code=area_code)
        permissions.is_staff(person=people["Bob"])
        assert [o.name for o in permissions.organisations_of(person=people["Bob"])] == [
            "甲社区居委会"
        ]


@pytest.mark.parametrize(
    ("name", "staff"), [("Alice", False), ("Bob", True), ("Erin", True), ("Frank", False)]
)
def test_the_office_is_not_a_company(people, name, staff):
    assert permissions.is_staff(person=people[name]) is staff


def test_who_is_told_for_an_organisation(world):
    people = world.people
    assign(world, role=Role.COMMUNITY_WORKER, area_code=ELSEWHERE)
    assert reads.responsible_tokens(organisation=world.community) == [
        people["Bob"].token,
        people["Charlie"].token,
    ]
    for narrower, told in (
        ({"area_code": HERE}, ["Bob"]),
        ({"roles": {Role.GRID_WORKER}}, []),
        ({"on": date(2019, 12, 31)}, []),
    ):
        found = reads.responsible_tokens(organisation=world.community, **narrower)
        assert found == [people[name].token for name in told]
