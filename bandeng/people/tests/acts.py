"""What each action of this room is called with (tests/test_actions.py)."""

from datetime import date

from bandeng.kit.tests.keys import SoftKey
from bandeng.people import actions
from bandeng.people.models import (
    Assignment,
    ConsentText,
    HomeRelation,
    OrganisationKind,
    Purpose,
    RelationKind,
    Role,
)
from bandeng.places.rules.roster import read_roster
from bandeng.places.rules.roster.workbook import Sheet
from bandeng.trail.rules import HOUSE

TODAY = date(2024, 3, 1)
ROWS = [["楼栋", "房号", "业主", "电话"], ["5栋", "101", "张三", "13900139000"]]


def acts(world):
    charlie, alice = world.people["Charlie"], world.people["Alice"]
    text = ConsentText.objects.get(purpose=Purpose.ACCOUNT)
    reason = {"reason": "回访"}
    key = actions.add_passkey(
        person=alice, name="手机", credential=SoftKey().created(), by=HOUSE, at=world.now
    )
    given = {
        "add_passkey": {"person": charlie, "name": "手机", "credential": SoftKey().created()},
        "remove_passkey": {"person": alice, "key": key},
        "change_person": {"person": charlie, "name": "Charles", "phone": "+8613800000098"},
        "end_relation": {"relation": HomeRelation.objects.get(person=alice), "until_on": TODAY},
        "unmask_person": {"person": charlie, "fields": ["phone"], **reason},
        "erase_person": {"person": charlie},
        "sign_up": {"name": "Eve", "phone": "+8613800000097", "text": text},
        "create_administrator": {
            "name": "Ivy",
            "phone": "+8613800000095",
            "password": "乌云散去终见青天",
            "office": "某街道办事处",
            "kind": OrganisationKind.SUBDISTRICT,
        },
        "note_sign_in": {"person": charlie, "how": "code"},
        "change_password": {"person": charlie, "password": "乌云散去终见青天"},
        "verify_phone": {"person": charlie, "phone": "+8613800000096"},
        "set_preferences": {"person": charlie, "language": "en", "elder_mode": True},
        "close_account": {"person": alice},
        "note_copy": {"person": charlie},
        "lock_person": {"person": charlie, **reason},
        "unlock_person": {"person": charlie, **reason},
        "publish_consent_text": {"purpose": Purpose.ACCOUNT, "text_zh": "同意", "text_en": "Yes"},
        "give_consent": {"person": charlie, "text": text},
        "withdraw_consent": {"person": alice, "purpose": Purpose.ACCOUNT},
        "change_organisation": {
            "organisation": world.company,
            "name": "某某物业公司",
            "kind": OrganisationKind.PROPERTY_COMPANY,
        },
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
        "import_roster": {
            "estate": world.estate,
            "roster": read_roster(sheets=[Sheet("", [[*row] for row in ROWS])]),
            "file_name": "册.xlsx",
            "content_hash": b"0" * 32,
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
