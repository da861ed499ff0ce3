"""Everything that can happen to a person's or an organisation's record."""

from bandeng.people.actions.accounts import (
    change_password,
    close_account,
    count_attempt,
    create_administrator,
    lock_person,
    note_copy,
    note_sign_in,
    set_preferences,
    sign_up,
    unlock_person,
    verify_phone,
)
from bandeng.people.actions.consents import (
    give_consent,
    publish_consent_text,
    withdraw_consent,
)
from bandeng.people.actions.organisations import (
    add_organisation,
    assign_role,
    change_organisation,
    end_role,
)
from bandeng.people.actions.passkeys import add_passkey, remove_passkey
from bandeng.people.actions.persons import (
    change_person,
    end_relation,
    enrol_person,
    erase_person,
    relate_home,
    unmask_person,
)
from bandeng.people.actions.roster import import_roster

__all__ = [
    "add_organisation",
    "add_passkey",
    "assign_role",
    "change_organisation",
    "change_password",
    "change_person",
    "close_account",
    "count_attempt",
    "create_administrator",
    "end_relation",
    "end_role",
    "enrol_person",
    "erase_person",
    "give_consent",
    "import_roster",
    "lock_person",
    "note_copy",
    "note_sign_in",
    "publish_consent_text",
    "relate_home",
    "remove_passkey",
    "set_preferences",
    "sign_up",
    "unlock_person",
    "unmask_person",
    "verify_phone",
    "withdraw_consent",
]
