import pytest
from django.db import IntegrityError, transaction

from bandeng.kit.crypto import keyed_hash
from bandeng.people.actions import enrol_person
from bandeng.people.models import Person
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
ALICE = "+8613800000001"


def test_a_person_is_found_by_phone_and_known_by_token(people):
    key = keyed_hash(text=ALICE, context="phone")
    assert Person.objects.get(phone_key=key) == people["Alice"]
    assert Person.objects.get(phone_key=key).phone == ALICE
    assert len({person.token for person in people.values()}) == len(people)


def test_a_verified_phone_belongs_to_one_person(people):
    with pytest.raises(IntegrityError, match="phone"), transaction.atomic():
        enrol_person(name="Eve", phone=ALICE, verified=True, by=HOUSE, at=NOW)


def test_a_household_may_share_a_number_that_one_of_them_has_verified(people):
    enrol_person(name="Eve", phone=ALICE, by=HOUSE, at=NOW)
    key = keyed_hash(text=ALICE, context="phone")
    assert Person.objects.filter(phone_key=key).count() == 2
